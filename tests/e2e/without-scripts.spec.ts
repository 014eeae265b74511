import { repairing, choiceIn } from './content.ts';
import { expect, test } from './fixtures.ts';
import {
	comeInAsStaff,
	finishWhatIsTrauma,
	finishWhenItHeatsUp,
	goToTheStory,
	lookAtTeam,
	readShare,
	rowOfStaff
} from './journey.ts';
import type { Visitor } from './visitor.ts';

test.use({ changesState: true, javaScriptEnabled: false });

test('without JavaScript, a staff member finishes both modules and the leader sees it', async ({
	visitor,
	another,
	say
}) => {
	const { page, language } = visitor;
	const before = await lookAtTeam(await another());

	await comeInAsStaff(visitor);
	await finishWhatIsTrauma(visitor);
	await goToTheStory(visitor);
	for (const [position, way] of repairing.entries()) {
		await visitor.isAtDecision(position + 1);
		await visitor.choose(way);
		await expect(page).toHaveURL(new RegExp(`#consequence-${position}$`));
		const consequence = page.getByText(choiceIn(way).consequence[language]).first();
		await expect(consequence).toBeInViewport();
	}
	await expect(visitor.heading(say('scenario_look_back'), 2)).toBeVisible();
	await visitor.press(visitor.decision(repairing[0]).locator('summary'));
	await expect(page.getByText(choiceIn(repairing[0]).why[language])).toBeVisible();
	await finishWhenItHeatsUp(visitor);

	await visitor.press(visitor.link(say('player_finished_home')));
	await visitor.signOut();
	await visitor.pressAccount('leader');
	await visitor.press(visitor.link(say('shell_overview')));
	expect(await readShare(visitor)).toEqual({ ...before, completed: before.completed + 1 });
	await expect(rowOfStaff(visitor)).toContainText(say('team_completed'));
});

test('without JavaScript, the pause is a page that leads back to the step or the story', async ({
	visitor,
	say
}) => {
	await visitor.signIn('staff');
	await visitor.open('/learn/basic/what-is-trauma?step=hard-to-see');
	await pauseAndGoOn(visitor);
	await visitor.isAtStep(3, 6);
	await visitor.open('/scenarios/reception-full-house');
	await visitor.press(visitor.button(say('scenario_start')));
	await visitor.choose(repairing[0]);
	await pauseAndGoOn(visitor);
	await visitor.isAtDecision(2);
});

test('without JavaScript, leaving opens a page that could be any intranet’s', async ({
	visitor,
	say
}) => {
	await visitor.signIn('staff');
	for (const address of [
		'/learn/basic/what-is-trauma?step=hard-to-see',
		'/scenarios/reception-full-house'
	]) {
		await visitor.open(address);
		await visitor.press(visitor.link(say('player_leave')));
		await expect(visitor.page).toHaveTitle('Intranet');
	}
});

async function pauseAndGoOn(visitor: Visitor): Promise<void> {
	await visitor.press(visitor.link(visitor.say('player_pause')));
	await expect(visitor.heading(visitor.say('player_pause_title'))).toBeVisible();
	await visitor.press(visitor.link(visitor.say('player_pause_go_on')));
}
