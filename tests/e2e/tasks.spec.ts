import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { parse } from 'yaml';
import { root } from '../../src/commands/install.mjs';
import { expect, expectAccessible, test } from './fixtures.ts';
import { tabAndEnter, tabTo } from './keyboard.ts';
import type { Visitor } from './visitor.ts';
import { languages, nameOf, type Language } from './words.ts';

/** A track with the steps that no course of ours has yet. */
const moreCourses = 'tests/support/courses';

type Text = Record<Language, string>;

interface House {
	steps: [
		{ question: Text; items: { text: Text; why: Text }[] },
		{ question: Text; pairs: { left: Text; right: Text; why: Text }[] },
		{ title: Text; fields: { id: string; label: Text }[] },
		{ intro: Text },
		unknown
	];
}

const file = join(root, moreCourses, 'house/01-a-quiet-room/module.yaml');
// The checks of courses see to it that the file has its shape.
const [order, match, task, stories] = (parse(readFileSync(file, 'utf8')) as House).steps;
const address = '/learn/house/a-quiet-room';

test.use({ changesState: true, moreCourses });

test('by keyboard alone one puts things in order, and hears where each is now', async ({
	visitor,
	say
}) => {
	const { page, language } = visitor;
	await visitor.signIn('staff');
	await visitor.open(`${address}?step=first-things-first`);
	await expect(visitor.heading(order.question[language])).toBeVisible();
	await expect(page.getByRole('combobox')).toHaveCount(0);
	for (const [place, { text }] of order.items.entries()) {
		const words = text[language];
		const up = visitor.button(`${say('player_order_up')} ${words}`);
		const above = () => itemsOf(page).allInnerTexts();
		for (;;) {
			const now = (await above()).findIndex((item) => item.includes(words));
			if (now === place) break;
			await tabAndEnter(up);
			await expect(itemsOf(page).nth(now - 1)).toContainText(words);
			await expect(up).toBeFocused();
			const told = { place: now, of: order.items.length, item: words };
			await expect(page.getByRole('status')).toHaveText(say('player_order_moved', told));
		}
	}
	// It stands at the top already, and says so instead of doing nothing.
	const first = order.items[0]!.text[language];
	await tabAndEnter(visitor.button(`${say('player_order_up')} ${first}`));
	await expect(page.getByRole('status')).toHaveText(say('player_order_at_end', { item: first }));

	await tabAndEnter(visitor.button(say('player_check_answer')));
	await expect(visitor.heading(say('player_check_reasons_title'), 2)).toBeFocused();
	for (const { why } of order.items) await expect(page.getByText(why[language])).toBeVisible();
	await expect(page.getByText(say('player_order_same'))).toHaveCount(order.items.length);
	await tabAndEnter(visitor.link(say('player_check_again')));
	await expect(visitor.button(say('player_check_answer'))).toBeVisible();
});

test('an order that nobody has touched is answered as it stands', async ({ visitor, say }) => {
	const { page } = visitor;
	await visitor.signIn('staff');
	await visitor.open(`${address}?step=first-things-first`);
	await visitor.press(visitor.button(say('player_check_answer')));
	await expect(visitor.heading(say('player_check_reasons_title'), 2)).toBeVisible();
	await expect(page.getByText(say('player_order_none'))).toHaveCount(0);
	await expect(page.getByText(say('player_check_empty'))).toHaveCount(0);
});

test('by keyboard alone one matches pairs, and reads what belongs together', async ({
	visitor,
	say
}) => {
	const { page, language } = visitor;
	await visitor.signIn('staff');
	await visitor.open(`${address}?step=what-helps-what`);
	for (const { left } of match.pairs) {
		const choice = choiceFor(page, left[language]);
		await tabTo(choice);
		await page.keyboard.press('ArrowDown');
		await expect(choice).toHaveValue('1');
	}
	await tabAndEnter(visitor.button(say('player_check_answer')));
	await expect(visitor.heading(say('player_check_reasons_title'), 2)).toBeFocused();
	for (const { why } of match.pairs) await expect(page.getByText(why[language])).toBeVisible();
	await expect(page.getByText(say('player_match_same'))).toHaveCount(1);
});

test('a plan that key staff write is found again by a leader, and printed', async ({
	visitor,
	another,
	say
}) => {
	const { page, language } = visitor;
	const label = (index: number) => task.fields[index]!.label[language];
	await visitor.signIn('key');
	await visitor.open(`${address}?step=our-room`);
	await expect(page.getByText(say('task_whose'))).toBeVisible();
	await expect(page.getByText(say('task_nobody'))).toBeVisible();
	await page.getByLabel(label(0)).fill('Kontoret');
	await page.getByLabel(label(1)).fill('Mal væggen\nFlyt reolen');
	await visitor.press(visitor.button(say('task_save')));
	await expect(page.getByText(say('task_saved'))).toBeVisible();
	await expect(page.locator('#saved')).toBeFocused();
	await expect(page.getByLabel(label(0))).toHaveValue('Kontoret');

	const leader = await another();
	await leader.signIn('leader');
	await leader.open('/team');
	await leader.press(leader.link('Herberget Lanternen'));
	await expect(leader.heading(say('task_plans'), 2)).toBeVisible();
	await expectAccessible(leader.page);
	await leader.press(leader.link(task.title[language]));
	await expect(leader.heading(task.title[language])).toBeVisible();
	await expect(leader.page.getByText('Anders Kjær')).toBeVisible();
	await expect(leader.page.getByText('Mal væggen')).toBeVisible();
	await expect(leader.page.getByText(say('task_empty'))).toHaveCount(1);
	await expectAccessible(leader.page);
	await leader.page.evaluate(() => {
		window.print = () => (document.documentElement.dataset['printed'] = '');
	});
	await leader.press(leader.button(say('print')));
	await expect(leader.page.locator('html[data-printed]')).toHaveCount(1);
	await leader.page.emulateMedia({ media: 'print' });
	await expect(leader.link(say('task_write'))).toBeHidden();
	await expect(leader.page.getByRole('banner')).toBeHidden();
	await expect(leader.page.getByText('Mal væggen')).toBeVisible();
	await leader.page.emulateMedia({ media: 'screen' });

	// Both have the plan open; the leader saves first.
	await leader.press(leader.link(say('task_write')));
	await leader.page.getByLabel(label(0)).fill('Kælderen');
	await leader.page.getByLabel(label(2)).fill('2026-05-01');
	await leader.press(leader.button(say('task_later')));
	await expect(leader.page.getByText(stories.intro[language])).toBeVisible();
	await expect(leader.page).toHaveURL(/step=a-day-like-yours$/);
	await page.getByLabel(label(0)).fill('Loftet');
	await visitor.press(visitor.button(say('task_done')));
	await expect(page.getByText(say('task_meanwhile_title'))).toBeVisible();
	await expect(page.getByText('Kælderen')).toBeVisible();
	await expect(page.getByLabel(label(0))).toHaveValue('Loftet');
	await expect(page.getByLabel(label(2))).toHaveValue('2026-05-01');
	await expectAccessible(page);
	await visitor.press(visitor.button(say('task_done')));
	await expect(page.getByText(stories.intro[language])).toBeVisible();
	await expect(page).toHaveURL(/step=a-day-like-yours$/);
});

test('who only learns sees that their workplace has a plan, and goes on', async ({
	visitor,
	say
}) => {
	const { page } = visitor;
	await visitor.signIn('staff');
	await visitor.open(`${address}?step=our-room`);
	const name = 'Herberget Lanternen';
	await expect(page.getByText(say('task_own_not_begun', { name }))).toBeVisible();
	await expect(page.getByRole('textbox')).toHaveCount(0);
	await expectAccessible(page);
	await visitor.press(visitor.button(say('task_later')));
	await expect(page).toHaveURL(/step=a-day-like-yours$/);
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('an order is given by numbers and pairs by lists', async ({ visitor, say }) => {
		const { page, language } = visitor;
		await visitor.signIn('staff');
		await visitor.open(`${address}?step=first-things-first`);
		await expect(visitor.button(new RegExp(say('player_order_up')))).toHaveCount(0);
		for (const [place, { text }] of order.items.entries()) {
			const name = `${say('player_order_number')} ${text[language]}`;
			await page.getByRole('combobox', { name, exact: true }).selectOption(`${place + 1}`);
		}
		await visitor.press(visitor.button(say('player_check_answer')));
		await expect(page.getByText(say('player_order_same'))).toHaveCount(order.items.length);
		await visitor.goOn();

		for (const { left, right } of match.pairs) {
			const plain = right[language].replaceAll('*', '');
			const letter = await page
				.getByRole('listitem')
				.filter({ hasText: plain })
				.first()
				.innerText();
			await choiceFor(page, left[language]).selectOption(`${letter.trim().slice(0, 1)}: ${plain}`);
		}
		await visitor.press(visitor.button(say('player_check_answer')));
		await expect(page.getByText(say('player_match_same'))).toHaveCount(match.pairs.length);
	});

	test('a plan is kept, and the task put behind', async ({ visitor, say }) => {
		const { page, language } = visitor;
		const room = page.getByLabel(task.fields[0]!.label[language]);
		await visitor.signIn('leader');
		await visitor.open(`${address}?step=our-room`);
		await page.getByLabel(say('task_workplace')).selectOption('Herberget Lanternen');
		await visitor.press(visitor.button(say('task_show')));
		await expect(visitor.heading('Herberget Lanternen', 2)).toBeVisible();
		await room.fill('Kontoret');
		await visitor.press(visitor.button(say('task_save')));
		await expect(page.getByText(say('task_saved'))).toBeVisible();
		await expect(room).toHaveValue('Kontoret');
		await visitor.press(visitor.button(say('task_done')));
		await expect(page.getByText(stories.intro[language])).toBeVisible();
		await visitor.press(visitor.link(new RegExp(say('player_kind_task'))));
		// Its own workplace is shown first; the plan of the house is still there.
		await page.getByLabel(say('task_workplace')).selectOption('Herberget Lanternen');
		await visitor.press(visitor.button(say('task_show')));
		await expect(room).toHaveValue('Kontoret');
	});
});

for (const language of languages) {
	test.describe(`in ${nameOf[language]}`, () => {
		test.use({ language });

		test('the track for those who teach others opens where somebody leads, and says so elsewhere', async ({
			visitor,
			say,
			server,
			complaints
		}) => {
			complaints.expect(/status of 403/);
			await visitor.signIn('key');
			expect((await visitor.open('/learn/pass-it-on/begin')).status()).toBe(200);
			takeLeadersAway(server.dataDir);
			await visitor.open('/learn/pass-it-on');
			await expect(visitor.page.getByText(say('error_no_leader_text'))).toBeVisible();
			await expectAccessible(visitor.page);
			expect((await visitor.open('/learn/pass-it-on/begin')).status()).toBe(403);
			await expect(visitor.heading(say('error_no_leader_title'))).toBeVisible();
			await expect(visitor.page.getByText(say('error_no_leader_text'))).toBeVisible();
			await expectAccessible(visitor.page);
		});
	});
}

for (const language of languages) {
	test.describe(`on a small phone, in ${nameOf[language]}`, () => {
		test.use({ language, viewport: { width: 320, height: 640 } });

		test('every face of these steps fits and is accessible', async ({ visitor }) => {
			test.slow();
			await visitor.signIn('leader');
			for await (const place of goThrough(visitor)) {
				const { page } = visitor;
				const width = await page.evaluate(() => document.scrollingElement?.scrollWidth);
				expect.soft(width, place).toBeLessThanOrEqual(320);
				await expectAccessible(page);
			}
		});
	});
}

async function* goThrough(visitor: Visitor): AsyncGenerator<string> {
	for (const [name, step] of [
		['order', 'first-things-first'],
		['match', 'what-helps-what']
	] as const) {
		await visitor.open(`${address}?step=${step}`);
		yield name;
		await visitor.press(visitor.button(visitor.say('player_check_answer')));
		await expect(visitor.heading(visitor.say('player_check_reasons_title'), 2)).toBeVisible();
		yield `${name}-answered`;
	}
	for (const [name, path] of [
		['task', `${address}?step=our-room`],
		['plan', `${address}/task/quiet-room`],
		['stories', `${address}?step=a-day-like-yours`]
	] as const) {
		await visitor.open(path);
		yield name;
	}
}

/** Nobody leads anywhere any more. */
function takeLeadersAway(dataDir: string): void {
	const store = new Database(join(dataDir, 'platform.db'));
	store.prepare("delete from grants where role = 'leader'").run();
	store.close();
}

function itemsOf(page: Page): Locator {
	return page.getByRole('group').getByRole('listitem');
}

/** The list of what may belong to a left side. */
function choiceFor(page: Page, left: string): Locator {
	return page.getByRole('combobox', { name: new RegExp(`^${left} `) });
}
