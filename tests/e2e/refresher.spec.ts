import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { parse } from 'yaml';
import { root } from '../../src/commands/install.mjs';
import { listEncounters, repairing, type Story } from './content.ts';
import { expect, expectAccessible, test } from './fixtures.ts';
import { tabAndEnter } from './keyboard.ts';
import type { Visitor } from './visitor.ts';
import { languages, nameOf, type Language } from './words.ts';

const file = join(root, 'courses/basic/07-refresher/module.yaml');
// The checks of courses see to it that the file has its shape.
const { title } = parse(readFileSync(file, 'utf8')) as { title: Record<Language, string> };

for (const language of languages) {
	test.describe(`in ${nameOf[language]}`, () => {
		test.use({ language });

		test('who has completed a track finds its refresher there, which has no number', async ({
			visitor,
			say
		}) => {
			const { page } = visitor;
			await visitor.signIn('key');
			await visitor.open('/learn/basic');
			await expectAccessible(page);
			await visitor.press(visitor.link(title[language]));
			await expect(visitor.heading(title[language])).toBeVisible();
			await expect(page.getByText(`, ${say('player_refresher')}`)).toBeVisible();
			await expect(page).toHaveTitle(new RegExp(`^${say('player_refresher_tab')} `));
		});
	});
}

test('who has not yet completed it does not', async ({ visitor, say }) => {
	await visitor.signIn('staff');
	await visitor.open('/learn/basic');
	await expect(visitor.heading(say('player_refresher'), 2)).toHaveCount(0);
});

type Press = (target: Locator) => Promise<void>;

/** The encounter whose title heads the page. */
async function readEncounter({ page, language }: Visitor): Promise<Story> {
	const heading = page.getByRole('heading', { level: 1 });
	await expect(heading).toBeVisible();
	const title = (await heading.textContent())?.trim();
	const found = listEncounters().find((story) => story.title[language] === title);
	if (!found) throw new Error(`No encounter is called ${title}.`);
	return found;
}

/** Plays an encounter by what is good in it, to its ending. */
async function playEncounter(visitor: Visitor, story: Story, press: Press): Promise<void> {
	const { page, language, say } = visitor;
	await press(visitor.button(say('player_begin')));
	let scene = story.scenes[story.start]!;
	for (let number = 1; scene.choices; number += 1) {
		await visitor.isAtDecision(number);
		const good = Object.values(scene.choices).find(({ kind }) => kind === 'good')!;
		await press(visitor.button(good.text[language]));
		await expect(page.getByText(good.consequence[language]).first()).toBeVisible();
		scene = story.scenes[good.to]!;
	}
	await expect(visitor.heading(say('scenario_look_back'), 2)).toBeVisible();
	await expect(page.getByText(scene.takeaway![language])).toBeVisible();
}

/** From a costly story to the end of a refresher made from it: played, read and skipped. */
async function refresh(visitor: Visitor, press: Press): Promise<void> {
	const { page, say } = visitor;
	await visitor.signIn('key');
	await visitor.open('/scenarios/reception-full-house');
	await visitor.press(visitor.button(say('scenario_start')));
	for (const way of repairing) await visitor.choose(way);

	await visitor.open('/learn/basic/refresher?view=choose');
	await expect(visitor.button(say('refresher_own_start'))).toBeVisible();
	await expect(visitor.link(say('refresher_standard_start'))).toBeVisible();
	await press(visitor.button(say('refresher_own_start')));
	await expect(page.getByText(say('refresher_encounter_lead'))).toBeVisible();
	await expect(page).toHaveTitle(new RegExp(`^${say('player_refresher_tab')}, `));
	await playEncounter(visitor, await readEncounter(visitor), press);
	await press(visitor.button(say('player_onward')));

	const landing = visitor.heading(say('player_landing_title'));
	const skip = visitor.button(say('player_skip'));
	await expect(skip).toBeVisible();
	await press(visitor.link(say('player_short_text')));
	await press(visitor.button(say('player_onward')));
	await expect(skip.or(landing).first()).toBeVisible();
	if (!(await landing.isVisible())) await press(skip);
	await expect(landing).toBeVisible();
	await press(visitor.button(say('player_landing_end')));
	await expect(visitor.heading(say('player_finished_title'))).toBeVisible();
}

test.describe('a refresher made from what one has met', () => {
	test.use({ changesState: true });

	test('is played, read or skipped, and counts as the other', async ({ visitor }) => {
		await refresh(visitor, (target) => visitor.press(target));
	});

	test('goes on where it was left', async ({ visitor, say }) => {
		await visitor.signIn('key');
		await visitor.open('/scenarios/reception-full-house');
		await visitor.press(visitor.button(say('scenario_start')));
		await visitor.choose(repairing[0]);
		await visitor.open('/learn/basic/refresher');
		await visitor.press(visitor.button(say('refresher_own_start')));
		await expect(visitor.page.getByText(say('refresher_encounter_lead'))).toBeVisible();
		const { title } = await readEncounter(visitor);
		await visitor.open('/learn/basic/refresher');
		await expect(visitor.heading(title[visitor.language])).toBeVisible();
		await visitor.press(visitor.link(say('refresher_instead')));
		await expect(visitor.page).toHaveURL(/refresher\?step=/);
	});

	test.describe('by keyboard alone', () => {
		test('is taken to its end', async ({ visitor }) => {
			await refresh(visitor, async (target) => {
				await visitor.awaken();
				await tabAndEnter(target);
			});
		});
	});

	test.describe('without JavaScript', () => {
		test.use({ javaScriptEnabled: false });

		test('is taken to its end', async ({ visitor }) => {
			await refresh(visitor, (target) => visitor.press(target));
		});
	});
});
