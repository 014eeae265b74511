import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { Phone } from './phone.ts';
import type { Visitor } from './visitor.ts';

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

/** Presses a button on the control, and waits until the control has moved on. */
async function press(key: Visitor, name: string): Promise<void> {
	const before = await keyOf(key.page);
	await key.button(name).click();
	await expect.poll(() => keyOf(key.page)).not.toBe(before);
}

const keyOf = (page: Page) => page.locator('[data-view]').getAttribute('data-key');

async function enterRoom(phone: Visitor, code: string): Promise<void> {
	await phone.open('/join');
	await phone.page.locator('[name=code]').fill(code);
	await phone.press(phone.button(phone.say('join_go')));
	await phone.press(phone.button(phone.say('join_in_go')));
	await expect(phone.heading(phone.say('join_lobby'))).toBeVisible();
}

test('a house plays S1 with a wall and sixty phones, through a crash in a vote, to its agreements', async ({
	visitor: key,
	another,
	server,
	complaints
}) => {
	test.setTimeout(240_000);
	// While the server is away, and a phone without network, browsers say that nobody answers.
	complaints.expect(/ERR_(INCOMPLETE_CHUNKED|CONNECTION|INTERNET_DISCONNECTED|EMPTY)/);
	const code = await openRoom(key);
	const { say } = key;

	const wall = await another();
	await wall.page.setViewportSize({ width: 1920, height: 1080 });
	await wall.page.context().addCookies(await key.page.context().cookies());
	await wall.open(`${new URL(key.page.url()).pathname}/screen`);
	await expect(wall.page.getByText(code.replace(/(\d{4})/, '$1 '))).toBeVisible();
	await expectAccessible(wall.page);

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
	await expect(hands[1]!.page.locator('.way[value=greet]')).toHaveAttribute('aria-pressed', 'true');
	await press(key, say('plenary_reveal'));
	await expect(wall.page.getByText(say('plenary_share', { count: '32', all: '60' }))).toBeVisible();
	await expect(wall.page.getByText(say('plenary_share', { count: '27', all: '60' }))).toBeVisible();
	await expectAccessible(wall.page);
	expect(await phones[3]!.vote('wait', '1')).toBe(false);

	// A late one sees what is there now.
	const late = await Phone.join(server.origin, code);
	expect(await late.open()).toContain(say('join_vote_closed'));

	await key.page.locator('button[name=move][value=greet]').click();
	await expect(wall.heading(say('plenary_stage_consequence'))).toBeVisible();
	await key.page.locator('button[name=choice][value=send-on]').click();
	await expect(wall.heading(say('plenary_stage_elsewhere'))).toBeVisible();
	await press(key, say('plenary_look_back'));

	await press(key, say('plenary_pause'));
	for (const page of [wall.page, ...hands.map((hand) => hand.page)])
		await expect(page.getByText(say('plenary_pause_text'))).toBeVisible();
	await press(key, say('plenary_resume'));
	await expect(wall.heading(say('plenary_stage_consequence'))).toBeVisible();

	// To an ending, without asking at the other stops.
	for (let scene = 0; scene < 8; scene++) {
		await press(key, say('plenary_next_consequence'));
		const ways = key.page.locator('button[name=move]');
		if ((await ways.count()) === 0) break;
		const before = await keyOf(key.page);
		await ways.first().click();
		await expect.poll(() => keyOf(key.page)).not.toBe(before);
	}
	await expect(wall.heading(say('plenary_stage_ending'))).toBeVisible();
	await press(key, say('plenary_next_ending'));
	await hands[0]!.page.locator('textarea').fill('Her hos os ser vi op først');
	await hands[0]!.press(hands[0]!.button(say('join_suggest_go')));
	await phones[5]!.suggest('Her hos os siger vi, hvor længe det tager');
	await expect(wall.page.getByText('Her hos os ser vi op først')).toBeVisible();
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
	const file = new SqliteDatabase(join(server.dataDir, 'platform.db'), { readonly: true });
	for (const table of ['votes', 'seats', 'suggestions', 'backings'])
		expect(file.prepare(`SELECT * FROM plenary_${table}`).all()).toEqual([]);
	const kept = file.prepare<[], { body: string }>('SELECT body FROM agreements').all();
	expect(kept.map(({ body }) => body)).toContain('Her hos os ser vi op først');
	file.close();
});

test('a room of three talks and chooses: no screen tells how the answers are spread', async ({
	visitor: key,
	another,
	server
}) => {
	const code = await openRoom(key);
	const { say } = key;
	const wall = await another();
	await wall.page.setViewportSize({ width: 1024, height: 768 });
	await wall.page.context().addCookies(await key.page.context().cookies());
	await wall.open(`${new URL(key.page.url()).pathname}/screen`);
	await key.page.setViewportSize({ width: 768, height: 1024 });
	const phones = await Promise.all([1, 2, 3].map(() => Phone.join(server.origin, code)));
	for (const name of ['plenary_next_lobby', 'plenary_next_frame', 'plenary_next_setting'] as const)
		await press(key, say(name));
	await press(key, say('plenary_ask'));
	await expect.poll(() => phones.every(({ round }) => round === '1')).toBe(true);
	for (const phone of phones) expect(await phone.vote('greet')).toBe(true);
	await expect(wall.page.getByText(say('plenary_answered', { count: '3' }))).toBeVisible();
	await press(key, say('plenary_reveal'));
	await expect(wall.heading(say('plenary_few_title'))).toBeVisible();
	await expectAccessible(wall.page);
	await expectAccessible(key.page);
	for (const page of [wall.page, key.page]) {
		const text = await page.locator('main').innerText();
		expect(text).not.toContain(say('plenary_share', { count: '3', all: '3' }));
		expect(text).not.toContain(say('plenary_choose_most'));
	}
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
			await press(key, say(name));
		await hand.link(say('join_refresh')).click();
		await hand.page.locator('.way').first().click();
		await expect(hand.page.locator('.way').first()).toHaveAttribute('aria-pressed', 'true');
		await expect(hand.page.getByText(say('join_vote_in'))).toBeVisible();
	});
});
