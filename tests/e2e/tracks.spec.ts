import type { StepFile } from '../../src/lib/content/module-file.ts';
import { readTitle } from '../../src/lib/content/markdown.ts';
import { isSheet } from '../../src/lib/content/sheet.ts';
import { start } from '../../src/lib/scenario/run.ts';
import { wayOut } from '../../src/lib/scenario/ways.ts';
import { expect, test } from './fixtures.ts';
import { chooseStretches, nameKind, type Stretch } from './tracks.ts';
import type { Account, Visitor } from './visitor.ts';
import { readOurs } from './ways.ts';
import { languages, nameOf } from './words.ts';

/** Somebody for whom the track is meant. */
const travellers: Record<string, Account> = {
	basic: 'staff',
	practice: 'staff',
	'key-staff': 'key',
	leader: 'leader',
	peer: 'peer'
};

test.use({ changesState: true });

// Each language is met in some of the tracks; those of one share a platform, as it takes long to start.
for (const [index, language] of languages.entries()) {
	const tracks = chooseStretches().filter((_, place) => place % languages.length === index);

	test.describe(`in ${nameOf[language]}`, () => {
		test.use({ language });

		test(`every kind of step is met and passed in ${tracks.map(({ course }) => course).join(', ')}`, async ({
			visitor
		}) => {
			test.slow();
			for (const { course, kinds, modules } of tracks) {
				await test.step(`${course}: ${kinds.join(', ')}`, async () => {
					const met = new Set<string>();
					for (const module of modules) {
						// A refresher is for those who have completed the track.
						const traveller = module.isRefresher ? 'key' : travellers[course];
						await visitor.signIn(traveller ?? 'staff');
						await goThrough(visitor, module, met);
					}
					expect([...met]).toEqual(expect.arrayContaining(kinds));
				});
			}
		});
	});
}

/** From the content note to where the course says that the module is completed; adds the kinds of its steps. */
async function goThrough(visitor: Visitor, stretch: Stretch, met: Set<string>): Promise<void> {
	const { page, language, say } = visitor;
	const { course, data } = stretch;
	await begin(visitor, stretch);
	for (const [place, step] of data.steps.entries()) {
		await visitor.isAtStep(place + 1, data.steps.length);
		if (place === 0) await pause(visitor);
		await pass(visitor, stretch, step);
		met.add(nameKind(step));
	}
	await expect(visitor.heading(say('player_finished_title'))).toBeVisible();
	if (stretch.isRefresher) return;
	await visitor.open(`/learn/${course}`);
	const line = page.getByRole('listitem').filter({ hasText: data.title[language] });
	await expect(line).toContainText(say('learn_done_on', { day: '' }).trim());
}

/** From the content note to the first step. */
async function begin(visitor: Visitor, { course, slug, data }: Stretch): Promise<void> {
	const { page, language, say } = visitor;
	await visitor.open(`/learn/${course}/${slug}`);
	await expect(visitor.heading(data.title[language])).toBeVisible();
	await expect(page.getByText(data.contentNote[language])).toBeVisible();
	await visitor.press(visitor.link(say('player_begin')));
}

/** A pause, from which one comes back to where one was. */
async function pause(visitor: Visitor): Promise<void> {
	const { page, say } = visitor;
	await visitor.press(visitor.link(say('player_pause')));
	const dialog = page.getByRole('dialog', { name: say('player_pause_title') });
	await visitor.press(dialog.getByRole('button', { name: say('player_pause_go_on') }));
	await expect(dialog).toBeHidden();
}

/** Does what a step asks for, and goes on to the next. */
async function pass(visitor: Visitor, stretch: Stretch, step: StepFile): Promise<void> {
	const { page, language, say } = visitor;
	if ('lesson' in step) {
		const text = stretch.texts.get(step.lesson)?.[language]?.text ?? '';
		await expect(visitor.heading(readTitle(text) ?? '')).toBeVisible();
		const print = visitor.button(say('print'));
		await expect(print).toHaveCount(isSheet(step.lesson) ? 1 : 0);
		await visitor.goOn();
	} else if ('options' in step) {
		const role = step.check === 'one' ? 'radio' : 'checkbox';
		for (const [place, { right }] of step.options.entries()) {
			if (right) await page.getByRole(role).nth(place).check();
		}
		await visitor.press(visitor.button(say('player_check_answer')));
		await expect(visitor.heading(say('player_check_reasons_title'), 2)).toBeVisible();
		const fits = page.getByText(`${say('player_check_fits')}.`, { exact: true });
		await expect(fits).toHaveCount(step.options.filter(({ right }) => right).length);
		await visitor.goOn();
	} else if ('scenario' in step) {
		await playStory(visitor, step.scenario);
	} else if ('reflection' in step) {
		await page.getByLabel(say('player_reflection_label')).fill('En stol ved vinduet.');
		await visitor.goOn();
	} else if ('task' in step) {
		await expect(visitor.heading(step.title[language])).toBeVisible();
		for (const { label, kind } of step.fields) {
			const text = kind === 'date' ? '2027-03-01' : 'Stolen ved vinduet';
			await page.getByLabel(label[language], { exact: true }).fill(text);
		}
		await visitor.press(visitor.button(say('task_done')));
	} else if ('landing' in step) {
		await expect(visitor.heading(say('player_landing_title'))).toBeVisible();
		await visitor.press(visitor.button(say('player_landing_end')));
	} else {
		throw new Error(`nobody has told how to pass a step of the kind ${nameKind(step)}`);
	}
}

/** Plays the shortest way of the story, or of the first that is offered, to its end. */
async function playStory(visitor: Visitor, offered: string | string[]): Promise<void> {
	const { page, say } = visitor;
	const [slug = ''] = [offered].flat();
	const scenario = readOurs(slug);
	if (Array.isArray(offered) && offered.length > 1) await visitor.beginStory(scenario);
	else await visitor.press(visitor.button(say('player_begin')));
	for (const move of wayOut(start(scenario)) ?? []) {
		const button = page
			.locator(`button[name="move"][value="${move}"]`)
			.describe(`${slug}: ${move}`);
		await visitor.press(button);
	}
	await expect(visitor.heading(say('scenario_look_back'), 2)).toBeVisible();
	await visitor.goOn();
}
