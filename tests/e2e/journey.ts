import { expect, type Page } from '@playwright/test';
import {
	checkOf,
	repairing,
	shelter,
	titleOfLesson,
	whatIsTrauma,
	whenItHeatsUp,
	type Check
} from './content.ts';
import type { Visitor } from './visitor.ts';

/** What is looked at on every page that is reached on the way. */
type Look = (page: Page) => Promise<void>;

const pass: Look = async () => undefined;

/** From the front page of the demonstration to the staff member's own. */
export async function comeInAsStaff(visitor: Visitor, look = pass): Promise<void> {
	const { page, say } = visitor;
	await visitor.open('/');
	await expect(visitor.heading(say('front_title'))).toBeVisible();
	await look(page);
	await visitor.pressAccount('staff');
	await expect(visitor.heading(say('home_greeting', { name: 'Mette' }))).toBeVisible();
	await look(page);
}

/** From the staff member's own page through the first module to its end. */
export async function finishWhatIsTrauma(visitor: Visitor, look = pass): Promise<void> {
	const { page, language, say } = visitor;
	const lesson = (name: string) => titleOfLesson('01-what-is-trauma', name, language);
	await visitor.press(visitor.link(say('home_begin', { number: 1, minutes: 8 })));
	await expect(visitor.heading(whatIsTrauma.title[language])).toBeVisible();
	await expect(page.getByText(whatIsTrauma.contentNote[language])).toBeVisible();
	await look(page);
	await visitor.press(visitor.link(say('player_begin')));
	await read(visitor, { step: 1, of: 6, title: lesson('too-much') }, look);
	await answer(
		visitor,
		{ step: 2, of: 6, check: checkOf(whatIsTrauma, 'same-accident') },
		[0],
		look
	);
	await read(visitor, { step: 3, of: 6, title: lesson('hard-to-see') }, look);
	const rare = checkOf(whatIsTrauma, 'common-or-rare');
	await answer(visitor, { step: 4, of: 6, check: rare }, [0, 2], look);
	await reflectAndLand(visitor, { step: 5, of: 6 }, look);
}

/** From the end of the first module to the story in the second. */
export async function goToTheStory(visitor: Visitor, look = pass): Promise<void> {
	const { page, language, say } = visitor;
	const lesson = (name: string) => titleOfLesson('05-when-it-heats-up', name, language);
	await visitor.press(visitor.link(say('player_finished_go', { minutes: 13 })));
	await expect(visitor.heading(whenItHeatsUp.title[language])).toBeVisible();
	await expect(page.getByText(whenItHeatsUp.contentNote[language])).toBeVisible();
	await look(page);
	await visitor.press(visitor.link(say('player_begin')));
	await read(visitor, { step: 1, of: 7, title: lesson('you-first') }, look);
	await read(visitor, { step: 2, of: 7, title: lesson('when-somebody-tells-you') }, look);
	await answer(
		visitor,
		{ step: 3, of: 7, check: checkOf(whenItHeatsUp, 'first-thing') },
		[1],
		look
	);
	await visitor.isAtStep(4, 7);
	await expect(visitor.heading(say('player_scenario_choose'))).toBeVisible();
	await look(page);
	await visitor.beginStory(shelter);
	await visitor.isAtDecision(1);
	await look(page);
}

/** The story to its ending, looking where it begins, after the first choice, and back. */
export async function playTheStory(visitor: Visitor, look = pass): Promise<void> {
	const { page, language, say } = visitor;
	const [first, ...others] = repairing;
	await visitor.choose(first);
	await visitor.isAtDecision(2);
	await look(page);
	for (const way of others) await visitor.choose(way);
	await expect(visitor.heading(say('scenario_look_back'), 2)).toBeVisible();
	await expect(page.getByText(shelter.scenes.mended!.takeaway![language])).toBeVisible();
	await look(page);
}

/** From the look back on the story to the end of the module. */
export async function finishWhenItHeatsUp(visitor: Visitor, look = pass): Promise<void> {
	await visitor.goOn();
	const told = checkOf(whenItHeatsUp, 'told-something-hard');
	await answer(visitor, { step: 5, of: 7, check: told }, [1, 2], look);
	await reflectAndLand(visitor, { step: 6, of: 7 }, look);
}

/** Reads "N af M" where the page of a team begins. */
export async function readShare({ page, language }: Visitor) {
	const sentence = page.getByRole('heading', { level: 1 });
	const pattern = { da: /^\s*(\d+) af (\d+) /, en: /^\s*(\d+) of (\d+) / }[language];
	await expect(sentence).toHaveText(pattern);
	const [, completed, total] = pattern.exec((await sentence.textContent()) ?? '') ?? [];
	return { completed: Number(completed), total: Number(total) };
}

/** The leader's line about the staff member of the demonstration. */
export function rowOfStaff({ page }: Visitor) {
	return page.getByRole('row', { name: 'Mette Holm' });
}

/** What a leader sees who comes in by another browser. */
export async function lookAtTeam(leader: Visitor) {
	await leader.signIn('leader');
	await leader.open('/team');
	return readShare(leader);
}

interface Place {
	step: number;
	of: number;
}

async function read(visitor: Visitor, { step, of, title }: Place & { title: string }, look: Look) {
	await visitor.isAtStep(step, of);
	await expect(visitor.heading(title)).toBeVisible();
	await look(visitor.page);
	await visitor.goOn();
}

async function answer(
	visitor: Visitor,
	{ step, of, check }: Place & { check: Check },
	chosen: number[],
	look: Look
) {
	const { page, language, say } = visitor;
	await visitor.isAtStep(step, of);
	await expect(visitor.heading(check.question[language])).toBeVisible();
	await look(page);
	await visitor.answer(check, ...chosen);
	for (const { why } of check.options) await expect(page.getByText(why[language])).toBeVisible();
	await expect(page.getByText(say('player_check_yours'))).toHaveCount(chosen.length);
	await look(page);
	await visitor.goOn();
}

async function reflectAndLand(visitor: Visitor, { step, of }: Place, look: Look) {
	const { page, say } = visitor;
	await visitor.isAtStep(step, of);
	await look(page);
	await page.getByLabel(say('player_reflection_label')).fill('En stol ved vinduet.');
	await visitor.goOn();
	await visitor.isAtStep(step + 1, of);
	await expect(visitor.heading(say('player_landing_title'))).toBeVisible();
	await look(page);
	await visitor.press(visitor.button(say('player_landing_end')));
	await expect(visitor.heading(say('player_finished_title'))).toBeVisible();
	await look(page);
}
