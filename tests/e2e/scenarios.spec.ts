import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request } from '@playwright/test';
import type { Scenario } from '../../src/lib/scenario/model.ts';
import { expect, expectAccessible, test } from './fixtures.ts';
import type { Visitor } from './visitor.ts';
import { findWays, readOurs, textOfOurs, type Way } from './ways.ts';

const stories = ['reception-full-house', 'kitchen-lid', 'wrong-office'];

test.use({ changesState: true });

for (const slug of stories) {
	const scenario = readOurs(slug);
	const ways = findWays(scenario);
	const names = ways.map(({ ending }) => ending).join(', ');

	test.describe(`${slug} is played to ${names}`, () => {
		test('by mouse', async ({ visitor }) => {
			await playAll(visitor, scenario, ways, async (move) => {
				await visitor.press(button(visitor, scenario, move));
			});
			await expectAccessible(visitor.page);
		});

		test('by keyboard alone, with focus on what follows', async ({ visitor }) => {
			const { page } = visitor;
			await playAll(visitor, scenario, ways, async (move, position) => {
				await expect(button(visitor, scenario, move)).toBeVisible();
				const key = await button(visitor, scenario, move).getAttribute('aria-keyshortcuts');
				// A key within a moment of the last would be a slip of the finger, and is not taken. Once it has
				// been, the same key would choose at the next decision.
				await expect(async () => {
					const isTaken = (await page.locator(`#chosen-${position}`).count()) > 0;
					if (!isTaken) await page.keyboard.press(key ?? '');
					await expect(page.locator(`#consequence-${position}`)).toBeFocused({ timeout: 300 });
				}).toPass();
			});
		});

		test('without a connection from the first choice on, and then saved, each choice once', async ({
			visitor,
			context,
			complaints
		}) => {
			complaints.expect(/ERR_INTERNET_DISCONNECTED/);
			for (const [round, way] of ways.entries()) {
				const taken: unknown[] = [];
				const note = (request: Request) => {
					const isMove = request.method() === 'POST' && request.url().endsWith('/moves');
					if (isMove) taken.push(request.postDataJSON());
				};
				await begin(visitor, slug, round);
				for (const [position, move] of way.moves.entries()) {
					if (position === 1) await context.setOffline(true);
					await visitor.press(button(visitor, scenario, move));
				}
				await expectEnded(visitor, scenario, way);
				visitor.page.on('requestfinished', note);
				await context.setOffline(false);
				const [first, ...rest] = way.moves;
				await expect.poll(() => taken).toHaveLength(rest.length);
				expect(taken).toMatchObject(rest.map((move, index) => ({ position: index + 1, move })));
				visitor.page.off('requestfinished', note);
				await visitor.page.reload();
				await visitor.awaken();
				await expectEnded(visitor, scenario, way);
				await expect(visitor.page.locator('#chosen-0')).toContainText(
					textOf(visitor, scenario, first ?? '')
				);
			}
		});
	});

	test.describe(`${slug} is played to ${names} on a small phone`, () => {
		test.use({ viewport: { width: 320, height: 640 } });

		test('without anything standing over the edge', async ({ visitor }) => {
			await playAll(visitor, scenario, ways, async (move) => {
				await visitor.press(button(visitor, scenario, move));
				expect(await visitor.page.evaluate(() => document.scrollingElement?.scrollWidth)).toBe(320);
				await expect(visitor.page.locator('#save-status')).toBeInViewport();
			});
		});
	});

	test.describe(`${slug} is played to ${names} without JavaScript`, () => {
		test.use({ javaScriptEnabled: false });

		test('and one reads on at what follows', async ({ visitor }) => {
			await playAll(visitor, scenario, ways, async (move, position) => {
				await visitor.press(button(visitor, scenario, move));
				await expect(visitor.page).toHaveURL(new RegExp(`#consequence-${position}$`));
			});
		});
	});
}

test('a key pressed before one could see what followed does not choose in the next scene', async ({
	visitor
}) => {
	const { page } = visitor;
	await begin(visitor, 'reception-full-house', 0);
	// A slow tablet: what follows stands in the page, and is painted a good second later.
	await page.evaluate(() => {
		new MutationObserver((_, watching) => {
			if (!document.getElementById('consequence-0')) return;
			watching.disconnect();
			const until = performance.now() + 1200;
			while (performance.now() < until);
		}).observe(document.body, { childList: true, subtree: true, attributes: true });
	});
	await Promise.all([page.keyboard.press('1'), page.keyboard.press('2')]);
	await expect(page.locator('#consequence-0')).toBeFocused();
	await visitor.isAtDecision(2);
	await expect(page.locator('#chosen-1')).toHaveCount(0);
	// Somebody who has read it chooses by the same key.
	await page.waitForTimeout(900);
	await page.keyboard.press('1');
	await expect(page.locator('#consequence-1')).toBeFocused();
});

test('a screen reader meets what happens, what is said, how somebody seems and what one can do in this order', async ({
	visitor,
	say
}) => {
	const scenario = readOurs('reception-full-house');
	const { page } = visitor;
	await begin(visitor, 'reception-full-house', 0);
	await visitor.press(button(visitor, scenario, 'greet'));
	await expect(page.locator('#consequence-0')).toBeFocused();
	const tree = await page.getByRole('main').ariaSnapshot();
	const scene = scenario.scenes['raised-voice'];
	if (!scene || !('choices' in scene)) throw new Error('the story has changed');
	const order = [
		scenario.title.da,
		say('scenario_you_chose'),
		textOf(visitor, scenario, 'greet'),
		'Jonas stiller tasken på gulvet',
		say('scenario_decision', { number: 2 }),
		'Du går listen igennem',
		say('scenario_says', { name: 'Jonas' }),
		'Selvfølgelig er der fuldt',
		say('scenario_seems', { name: 'Jonas', words: '' }).split(' ').slice(0, 2).join(' '),
		say('scenario_what_do_you_do'),
		...Object.values(scene.choices).map(({ text }) => text.da.slice(0, 20))
	];
	let read = 0;
	for (const words of order) {
		const place = tree.indexOf(words, read);
		expect(place, `"${words}" after what stands before it in\n${tree}`).toBeGreaterThanOrEqual(0);
		read = place + words.length;
	}
});

test('a story that has changed since says so, and the person chooses which to go on with', async ({
	visitor,
	say,
	server
}) => {
	const scenario = readOurs('kitchen-lid');
	await begin(visitor, 'kitchen-lid', 0);
	await visitor.press(button(visitor, scenario, firstMove(scenario)));
	await saved(visitor);
	const folder = test.info().outputPath('courses');
	mkdirSync(join(folder, 'scenarios'), { recursive: true });
	writeFileSync(
		join(folder, 'scenarios', 'kitchen-lid.yaml'),
		textOfOurs('kitchen-lid').replace(/^minutes: \d+$/m, 'minutes: 9')
	);
	await server.restart({ COURSES_DIR: `courses:${folder}` });
	await visitor.open('/scenarios/kitchen-lid');
	await expect(visitor.page.getByText(say('scenario_newer_text'))).toBeVisible();
	await expect(visitor.page.locator('#chosen-0')).toBeVisible();
	await visitor.press(visitor.button(say('scenario_newer_start')));
	await expect(visitor.page.getByText(say('scenario_newer_text'))).toBeHidden();
	await expect(visitor.page.locator('#chosen-0')).toBeHidden();
	await visitor.isAtDecision(1);
});

/** The whole story once for each way, beginning anew in between. */
async function playAll(
	visitor: Visitor,
	scenario: Scenario,
	ways: readonly Way[],
	take: (move: string, position: number) => Promise<void>
): Promise<void> {
	for (const [round, way] of ways.entries()) {
		await begin(visitor, scenario.id, round);
		for (const [position, move] of way.moves.entries()) await take(move, position);
		await expectEnded(visitor, scenario, way);
	}
}

async function begin(visitor: Visitor, slug: string, round: number): Promise<void> {
	if (round === 0) {
		await visitor.signIn('staff');
		await visitor.open(`/scenarios/${slug}`);
		await visitor.press(visitor.button(visitor.say('scenario_start')));
	} else {
		await visitor.press(visitor.button(visitor.say('scenario_again')));
	}
	await expect(visitor.page.locator('#chosen-0')).toHaveCount(0);
	await visitor.isAtDecision(1);
	await visitor.awaken();
}

/** What is written on the button of a move, wherever in the story it is offered. */
function textOf({ language, say }: Visitor, scenario: Scenario, move: string): string {
	if (move === ':as-is') return say('scenario_as_is');
	if (move === ':gently') return say('scenario_gently');
	for (const scene of Object.values(scenario.scenes)) {
		const choice = 'choices' in scene ? scene.choices[move] : undefined;
		if (choice) return choice.text[language];
	}
	throw new Error(`${scenario.id} has no choice ${move}`);
}

function button(visitor: Visitor, scenario: Scenario, move: string) {
	// The same id may stand in several scenes; only what is offered now has a button.
	return visitor.page
		.locator(`button[name="move"][value="${move}"]`)
		.describe(`${scenario.id}: ${move}`);
}

async function expectEnded(visitor: Visitor, scenario: Scenario, way: Way): Promise<void> {
	const { page, language, say } = visitor;
	const scene = scenario.scenes[way.ending];
	if (!scene || !('ending' in scene)) throw new Error(`${way.ending} is no ending`);
	await expect(visitor.heading(say('scenario_look_back'), 2)).toBeVisible();
	const takeaway = page.getByRole('complementary', { name: say('scenario_takeaway') });
	await expect(takeaway).toContainText(plain(scene.takeaway[language]));
}

function plain(markdown: string): string {
	return markdown.replaceAll(/\*\*|:term\[([^\]]*)\]\{[^}]*\}/g, '$1').split('\n')[0] ?? '';
}

function firstMove(scenario: Scenario): string {
	const scene = scenario.scenes[scenario.start];
	return (scene && 'choices' in scene && Object.keys(scene.choices)[0]) || '';
}

async function saved({ page, say }: Visitor): Promise<void> {
	const at = new RegExp(say('scenario_saved_at', { time: '\\d\\d.\\d\\d' }));
	await expect(page.getByRole('banner').getByText(at)).toBeVisible();
}
