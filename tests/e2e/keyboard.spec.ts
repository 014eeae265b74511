import { checkOf, choiceIn, repairing, shelter, titleOfLesson, whatIsTrauma } from './content.ts';
import { expect, test } from './fixtures.ts';
import { tabAndEnter, tabTo } from './keyboard.ts';

test.use({ changesState: true });

test('by keyboard alone one signs in, reads and answers, and focus is where one reads on', async ({
	visitor,
	say
}) => {
	const { page, language } = visitor;
	const lesson = (name: string) => titleOfLesson('01-what-is-trauma', name, language);
	await visitor.open('/');
	await page.keyboard.press('Tab');
	await expect(visitor.link(say('shell_skip'))).toBeFocused();
	await expect(visitor.link(say('shell_skip'))).toBeInViewport();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('main')).toBeFocused();
	await tabAndEnter(visitor.button(/staff@demo\.example/));
	await expect(visitor.heading(say('home_greeting', { name: 'Mette' }))).toBeVisible();
	await visitor.awaken();

	await tabAndEnter(visitor.link(say('home_begin', { number: 1, minutes: 8 })));
	await expect(visitor.heading(whatIsTrauma.title[language])).toBeFocused();
	await tabAndEnter(visitor.link(say('player_begin')));
	await expect(visitor.heading(lesson('too-much'))).toBeFocused();
	await tabAndEnter(visitor.button(say('player_onward')));

	const check = checkOf(whatIsTrauma, 'same-accident');
	await expect(visitor.heading(check.question[language])).toBeFocused();
	await tabTo(page.getByLabel(check.options[0]!.text[language]));
	await page.keyboard.press('ArrowDown');
	await expect(page.getByLabel(check.options[1]!.text[language])).toBeChecked();
	await tabAndEnter(visitor.button(say('player_check_answer')));
	await expect(visitor.heading(say('player_check_reasons_title'), 2)).toBeFocused();
	await tabAndEnter(visitor.button(say('player_onward')));
	await expect(visitor.heading(lesson('hard-to-see'))).toBeFocused();
	await tabAndEnter(visitor.button(say('player_onward')));

	const several = checkOf(whatIsTrauma, 'common-or-rare');
	await expect(visitor.heading(several.question[language])).toBeFocused();
	for (const option of [several.options[0]!, several.options[2]!]) {
		await tabTo(page.getByLabel(option.text[language]));
		await page.keyboard.press('Space');
		await expect(page.getByLabel(option.text[language])).toBeChecked();
	}
	await tabAndEnter(visitor.button(say('player_check_answer')));
	await expect(page.getByText(several.options[0]!.why[language])).toBeVisible();
});

test('by keyboard alone one plays a story to its ending, looks back, and goes on', async ({
	visitor,
	say
}) => {
	const { page, language } = visitor;
	await visitor.signIn('staff');
	await visitor.open('/learn/basic/when-it-heats-up?step=scenario-1');
	await tabAndEnter(visitor.button(visitor.named('player_begin', shelter.title)));
	await visitor.isAtDecision(1);
	await expect(visitor.heading(shelter.title[language])).toBeFocused();

	const [first, ...others] = repairing;
	// The key that stands on the choice, while focus is within the exercise.
	await page.keyboard.press((await visitor.choice(first).getAttribute('aria-keyshortcuts')) ?? '');
	await expect(visitor.consequence(0)).toBeFocused();
	await expect(visitor.consequence(0)).toContainText(choiceIn(first).consequence[language]);
	for (const [index, way] of others.entries()) {
		await visitor.isAtDecision(index + 2);
		await tabAndEnter(visitor.choice(way));
		await expect(visitor.consequence(index + 1)).toBeFocused();
		await expect(visitor.consequence(index + 1)).toBeInViewport();
	}

	const decision = visitor.decision(first);
	const summary = decision.locator('summary');
	await tabAndEnter(summary);
	await expect(decision.getByText(choiceIn(first).why[language])).toBeVisible();
	await tabAndEnter(decision.getByRole('button'));
	await visitor.isAtDecision(1);
	await tabAndEnter(visitor.button(say('scenario_trial_back')));
	await expect(summary).toBeFocused();
	await tabAndEnter(visitor.button(say('player_onward')));
	await visitor.isAtStep(5, 7);
});

test('a key that is pressed twice chooses once, and none chooses when focus is elsewhere', async ({
	visitor,
	say
}) => {
	const { page } = visitor;
	await visitor.signIn('staff');
	await visitor.open('/scenarios/reception-full-house');
	await visitor.press(visitor.button(say('scenario_start')));
	await visitor.isAtDecision(1);
	await tabTo(visitor.link(say('player_help')));
	await page.keyboard.press('1');
	await visitor.isAtDecision(1);
	await expect(visitor.consequence(0)).toHaveCount(0);
	await tabTo(visitor.choice(repairing[0]));
	await page.keyboard.press('2');
	await page.keyboard.press('2');
	await expect(visitor.consequence(0)).toBeFocused();
	await visitor.isAtDecision(2);
	await expect(visitor.consequence(1)).toHaveCount(0);
});
