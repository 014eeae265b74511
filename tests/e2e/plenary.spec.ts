import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Locator, Page } from '@playwright/test';
import { readPdf } from '../support/pdf.ts';
import { expect, expectAccessible, test } from './fixtures.ts';
import { tabAndEnter, tabTo } from './keyboard.ts';
import { choiceIn } from './content.ts';
import { Phone } from './phone.ts';
import type { Visitor } from './visitor.ts';
import { Wall } from './walls.ts';
import { sayIn } from './words.ts';

test.use({ changesState: true });

/** Plans an exercise on S1 and opens its room; the code of the room. */
async function openRoom(key: Visitor): Promise<string> {
	await key.signIn('key');
	await key.open('/plenary/new?kind=exercise');
	await key.page.locator('[name=title]').fill('Ved lugen');
	await key.page.locator('[name=scenario]').selectOption('reception-full-house');
	await key.page.locator('main form').last().locator('button').last().click();
	await key.page.waitForURL(/\/plenary\/[0-9a-f-]+\/plan$/);
	await key.open(new URL(key.page.url()).pathname.replace(/\/plan$/, ''));
	await key.press(key.button(key.say('plenary_open')));
	const digits = key.page.locator('.digits');
	await expect(digits).toBeVisible();
	return (await digits.innerText()).replace(/\D/g, '');
}

/** Presses something on the control, and waits until the control has moved on. */
async function pressOn(
	key: Visitor,
	what: string | Locator,
	hand: (target: Locator) => Promise<void> = (target) => target.click()
): Promise<void> {
	const before = await keyOf(key.page);
	await hand(typeof what === 'string' ? key.button(what) : what);
	await expect.poll(() => keyOf(key.page)).not.toBe(before);
}

/** Goes on from a consequence to an ending, without asking at the other stops. */
async function playToEnding(key: Visitor, press: typeof pressOn): Promise<void> {
	for (let scene = 0; scene < 9; scene++) {
		await press(key, key.say('plenary_next_consequence'));
		const ways = key.page.locator('button[name=move]');
		if ((await ways.count()) === 0) return;
		await press(key, ways.first());
	}
	throw new Error('The story does not end.');
}

/** What the house has afterwards: the way it took, and a poster to hang up, in the language it speaks. */
async function takeHome(key: Visitor, chosen: string): Promise<void> {
	const { page, say } = key;
	await key.press(key.link(say('plenary_control_after')));
	await key.press(key.link(say('plenary_to_plan')));
	await expect(key.heading(say('plenary_path_kept'), 2)).toBeVisible();
	expect(await page.locator('.path ol').innerText()).toBe(chosen);
	await expectAccessible(page);
	await key.press(key.link(say('plenary_agreements')));
	const download = page.waitForEvent('download');
	await page.getByRole('link', { name: say('certificates_pdf_da') }).click();
	const poster = await readPdf(new Uint8Array(readFileSync(await (await download).path())));
	expect(poster.language).toBe('da');
	expect(poster.source).toMatch(/\/MediaBox \[0 0 841\.8\d* 1190\.5\d*\]/);
	const inDanish = sayIn('da');
	for (const words of [
		inDanish('plenary_poster_title'),
		'Her hos os ser vi op først',
		'Her hos os siger vi, hvor længe det tager'
	])
		expect(poster.text.replace(/\s+/g, ' ')).toContain(words);
	// A change has somebody's name on it, and a wall is no place for that.
	expect(poster.text).not.toContain('Omar');
}

async function expectToFitAcross(page: Page): Promise<void> {
	expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
}

const keyOf = (page: Page) => page.locator('[data-view]').getAttribute('data-key');

async function enterRoom(phone: Visitor, code: string): Promise<void> {
	await phone.open('/join');
	await phone.page.locator('[name=code]').fill(code);
	await phone.press(phone.button(phone.say('join_go')));
	await phone.press(phone.button(phone.say('join_in_go')));
	await expect(phone.heading(phone.say('join_lobby'))).toBeVisible();
}

/** On a tablet in portrait, with a thumb. */
test.describe('on a tablet', () => {
	test.use({ hasTouch: true, viewport: { width: 768, height: 1024 } });

	test('a house plays S1 with a wall and sixty phones, through a crash in a vote, to its poster', async ({
		visitor: key,
		another,
		server,
		complaints
	}) => {
		test.setTimeout(400_000);
		const tap = (target: Locator) => target.tap();
		const press = (who: Visitor, what: string | Locator) => pressOn(who, what, tap);
		// While the server is away, and a phone without network, browsers say that nobody answers.
		complaints.expect(
			/ERR_(INCOMPLETE_CHUNKED|CONNECTION|INTERNET_DISCONNECTED|EMPTY)/,
			// What looks like a CPR number is held back.
			/status of 422/
		);
		const code = await openRoom(key);
		const { say } = key;

		const onWall = new Wall(await another());
		const wall = onWall.screen;
		await onWall.open(key);
		await expect(wall.page.getByText(code.replace(/(\d{4})/, '$1 '))).toBeVisible();
		const hands = [await another(), await another(), await another()];
		for (const hand of hands) {
			await hand.page.setViewportSize({ width: 320, height: 640 });
			await enterRoom(hand, code);
		}
		const phones: Phone[] = [];
		for (let at = 0; at < 57; at++) phones.push(await Phone.join(server.origin, code));
		await expect(wall.page.getByText(say('plenary_wall_seats', { count: '60' }))).toBeVisible();
		await expectAccessible(hands[0]!.page);
		await expectAccessible(key.page);

		await press(key, say('plenary_next_lobby'));
		await press(key, say('plenary_next_frame'));
		await press(key, say('plenary_next_setting'));
		await expect(wall.heading(say('plenary_stage_scene', { number: '1' }))).toBeVisible();
		await press(key, say('plenary_ask'));
		for (const hand of hands) await expect(hand.heading(say('plenary_stage_voting'))).toBeVisible();
		await expect.poll(() => phones.filter(({ round }) => round === '1').length).toBe(57);

		// Half have answered when the server goes down; two phones have lost their network before.
		const [left, right] = [phones[0]!, hands[1]!];
		left.drop();
		await right.page.context().setOffline(true);
		for (const phone of phones.slice(0, 25)) expect(await phone.vote('greet')).toBe(true);
		const way = hands[0]!.page.locator('.way').first();
		await way.click();
		await expect(hands[0]!.page.getByText(say('join_vote_in'))).toBeVisible();
		await expect(key.page.getByText(say('plenary_answered', { count: '26' }))).toBeVisible();
		await server.crash();

		for (const phone of phones) await phone.listen();
		await right.page.context().setOffline(false);
		await expect(wall.page.getByText(say('plenary_answered', { count: '26' }))).toBeVisible();
		for (const page of [key.page, wall.page, ...hands.map(({ page }) => page)])
			await expect(page.locator('html')).toHaveAttribute('data-room-live', '', { timeout: 20_000 });
		expect(await left.open()).toMatch(/value="greet"[^>]*aria-pressed="true"/);
		await expect(way).toHaveAttribute('aria-pressed', 'true');
		for (const phone of phones.slice(25)) expect(await phone.vote('send-on', '1')).toBe(true);
		for (const hand of hands.slice(1)) {
			await hand.page.locator('.way[value=greet]').click();
			await expect(hand.page.getByText(say('join_vote_in'))).toBeVisible();
		}
		await press(key, say('plenary_pair'));
		await expect(hands[1]!.page.locator('.way[value=greet]')).toHaveAttribute(
			'aria-pressed',
			'true'
		);
		await press(key, say('plenary_reveal'));
		await expect(
			wall.page.getByText(say('plenary_share', { count: '32', all: '60' }))
		).toBeVisible();
		await expect(
			wall.page.getByText(say('plenary_share', { count: '27', all: '60' }))
		).toBeVisible();
		await onWall.expectWhole();
		await expectToFitAcross(key.page);
		expect(await phones[3]!.vote('wait', '1')).toBe(false);

		// A late one sees what is there now.
		const late = await Phone.join(server.origin, code);
		expect(await late.open()).toContain(`>${say('plenary_stage_revealed')}</h1>`);

		await press(key, key.page.locator('button[name=move][value=greet]'));
		await expect(wall.heading(say('plenary_stage_consequence'))).toBeVisible();
		await press(key, key.page.locator('button[name=choice][value=send-on]'));
		await expect(wall.heading(say('plenary_stage_elsewhere'))).toBeVisible();
		await press(key, say('plenary_look_back'));

		await press(key, say('plenary_pause'));
		for (const page of [wall.page, ...hands.map((hand) => hand.page)])
			await expect(page.getByText(say('plenary_pause_text'))).toBeVisible();
		await press(key, say('plenary_resume'));
		await expect(wall.heading(say('plenary_stage_consequence'))).toBeVisible();

		await playToEnding(key, press);
		await expect(wall.heading(say('plenary_stage_ending'))).toBeVisible();
		await press(key, say('plenary_next_ending'));
		await expect(wall.page.getByRole('img', { name: say('plenary_path_curve') })).toBeVisible();
		const chosen = await key.page.locator('.path ol').innerText();
		expect(chosen).toContain(choiceIn(['at-the-hatch', 'greet']).text.da);
		await press(key, say('plenary_next_path'));
		const held = hands[0]!;
		await held.page.locator('textarea').fill('Her hos os ser vi Ib, 131170-2221');
		await held.press(held.button(say('join_suggest_go')));
		await expect(held.heading(say('held_title'))).toBeVisible();
		await held.page.getByRole('textbox').fill('Her hos os ser vi op først');
		await held.press(held.button(say('held_send_mended')));
		await phones[5]!.suggest('Her hos os siger vi, hvor længe det tager');
		for (const { page } of [wall, key])
			for (const words of [
				'Her hos os ser vi op først',
				'Her hos os siger vi, hvor længe det tager'
			])
				await expect(page.getByText(words).first()).toBeVisible();
		await hands[1]!.page.locator('.back').first().click();
		await expect(hands[1]!.page.locator('.back').first()).toHaveAttribute('aria-pressed', 'true');
		for (const box of await key.page.getByRole('checkbox').all()) await box.check();
		await press(key, say('plenary_keep_go'));
		await press(key, say('plenary_next_here'));
		await key.page.locator('[name=body]').fill('En stol ved lugen');
		await key.page.locator('[name=owner]').fill('Omar');
		await press(key, say('plenary_change_go'));
		await expect(wall.page.getByText('En stol ved lugen')).toBeVisible();
		await press(key, say('plenary_next_change'));
		await press(key, say('plenary_end'));
		await expect(key.link(say('plenary_control_after'))).toBeVisible();
		for (const hand of hands) await expect(hand.heading(say('join_gone_title'))).toBeVisible();

		for (const phone of [...phones, late]) phone.drop();
		await takeHome(key, chosen);
		const file = new SqliteDatabase(join(server.dataDir, 'platform.db'), { readonly: true });
		for (const table of ['votes', 'seats', 'suggestions', 'backings'])
			expect(file.prepare(`SELECT * FROM plenary_${table}`).all()).toEqual([]);
		const kept = file.prepare<[], { body: string }>('SELECT body FROM agreements').all();
		expect(kept.map(({ body }) => body)).toContain('Her hos os ser vi op først');
		file.close();
	});
});

test('ASVS 7.4.1: a room of three is led by keyboard alone to its end, and no screen tells how answers are spread', async ({
	visitor: key,
	another,
	complaints
}) => {
	test.setTimeout(300_000);
	// Somebody else signs in on the machine of the wall, who has no business there.
	complaints.expect(/status of 403/, /EventSource's response has a MIME type/);
	const code = await openRoom(key);
	const { page, say } = key;
	const walls = [new Wall(await another()), new Wall(await another())];
	const [wall, english] = walls.map(({ screen }) => screen) as [Visitor, Visitor];
	await walls[0]!.open(key, 'da');
	await walls[1]!.open(key, 'en');
	await expect(english.heading(sayIn('en')('plenary_stage_lobby'))).toBeVisible();
	const press = (who: Visitor, what: string | Locator) => pressOn(who, what, tabAndEnter);
	const expectWhole = async () => {
		for (const each of walls) await each.expectWhole();
	};
	const phones = await Promise.all(
		[1, 2, 3].map(() => Phone.join(new URL(page.url()).origin, code))
	);
	await expectWhole();
	await press(key, say('plenary_next_lobby'));
	await expectWhole();
	await press(key, say('plenary_next_frame'));
	await expectWhole();
	await press(key, say('plenary_next_setting'));
	await expectWhole();
	await press(key, say('plenary_ask'));
	await expect.poll(() => phones.every(({ round }) => round === '1')).toBe(true);
	for (const phone of phones) expect(await phone.vote('greet')).toBe(true);
	await expect(wall.page.getByText(say('plenary_answered', { count: '3' }))).toBeVisible();
	await expectWhole();
	await press(key, say('plenary_pair'));
	await press(key, say('plenary_reveal'));
	await expect(wall.heading(say('plenary_few_title'))).toBeVisible();
	await expectWhole();
	await expectAccessible(page);
	for (const { page: each } of [wall, key]) {
		const text = await each.locator('main').innerText();
		expect(text).not.toContain(say('plenary_share', { count: '3', all: '3' }));
		expect(text).not.toContain(say('plenary_choose_most'));
	}

	// At the wall somebody signs in as themselves, which ends the session of whoever leads.
	await wall.signIn('staff');
	for (const each of [wall, key]) {
		await expect(each.page.getByText(say('plenary_refused_text'))).toBeVisible({ timeout: 40_000 });
		await expect(each.page.locator('[data-view]')).toBeHidden();
	}
	await walls[0]!.expectWhole();
	await key.signIn('key');
	for (const each of walls) await each.share(key);
	for (const each of [wall, english, key]) {
		await expect(each.page.locator('[data-view]')).toBeVisible({ timeout: 20_000 });
		await expect(each.page.locator('[data-room-refused]')).toBeHidden();
	}

	await press(key, page.locator('button[name=move][value=greet]'));
	await expect(wall.heading(say('plenary_stage_consequence'))).toBeVisible();
	await expectWhole();
	await press(key, page.locator('button[name=choice][value=send-on]'));
	await expect(wall.heading(say('plenary_stage_elsewhere'))).toBeVisible();
	await expectWhole();
	await press(key, say('plenary_look_back'));
	await press(key, say('plenary_pause'));
	await expect(wall.heading(say('plenary_stage_paused'))).toBeVisible();
	await expectWhole();
	await press(key, say('plenary_resume'));
	await playToEnding(key, press);
	await expectWhole();
	await press(key, say('plenary_next_ending'));
	await expect(wall.heading(say('plenary_stage_path'))).toBeVisible();
	await expectWhole();
	await expectAccessible(page);
	await press(key, say('plenary_next_path'));
	for (const words of ['Her hos os ser vi op', 'Her hos os banker vi på']) {
		await tabTo(page.getByLabel(say('plenary_note_label')));
		await page.keyboard.type(words);
		await page.keyboard.press('Enter');
		await expect(wall.page.getByText(words)).toBeVisible();
	}
	await expectWhole();
	const box = page.getByRole('checkbox').first();
	await tabTo(box);
	await page.keyboard.press('Space');
	await expect(box).toBeChecked();
	await press(key, say('plenary_keep_go'));
	await press(key, say('plenary_next_here'));
	await tabTo(page.getByLabel(say('plenary_change_body')));
	await page.keyboard.type('En stol ved lugen');
	await tabTo(page.getByLabel(say('plenary_control_owner')));
	await page.keyboard.type('Omar');
	await tabTo(page.getByLabel(say('plenary_change_day')));
	await page.keyboard.type('12102030');
	await pressOn(key, page.getByLabel(say('plenary_change_day')), (day) => day.press('Enter'));
	await expect(wall.page.getByText('En stol ved lugen')).toBeVisible();
	await expect(wall.page.getByText('2030')).toBeVisible();
	await expectWhole();
	await press(key, say('plenary_next_change'));
	await expectWhole();
	await press(key, say('plenary_end'));
	await tabAndEnter(key.link(say('plenary_control_after')));
	await expect(key.heading(say('plenary_after'))).toBeVisible();
	await expect(wall.heading(say('plenary_stage_ended'))).toBeVisible();
	await expectWhole();
	for (const phone of phones) phone.drop();
});

test.describe('without scripts', () => {
	test.use({ javaScriptEnabled: false });

	test('a phone follows by reloading, and its answer is in', async ({ visitor: hand, another }) => {
		const key = await another();
		const code = await openRoom(key);
		const { say } = hand;
		await enterRoom(hand, code);
		for (const name of [
			'plenary_next_lobby',
			'plenary_next_frame',
			'plenary_next_setting',
			'plenary_ask'
		] as const)
			await pressOn(key, say(name));
		await hand.link(say('join_refresh')).click();
		await hand.page.locator('.way').first().click();
		await expect(hand.page.locator('.way').first()).toHaveAttribute('aria-pressed', 'true');
		await expect(hand.page.getByText(say('join_vote_in'))).toBeVisible();
	});
});
