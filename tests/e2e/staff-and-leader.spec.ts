import { expect, expectAccessible, test } from './fixtures.ts';
import {
	comeInAsStaff,
	finishWhatIsTrauma,
	finishWhenItHeatsUp,
	goToTheStory,
	lookAtTeam,
	playTheStory,
	readShare,
	rowOfStaff
} from './journey.ts';
import { languages, nameOf } from './words.ts';

test.use({ changesState: true });

for (const language of languages) {
	test.describe(`in ${nameOf[language]}`, () => {
		test.use({ language });

		test('a staff member finishes both modules, and the leader sees one more who has completed', async ({
			visitor,
			another,
			say
		}) => {
			test.slow();
			const leader = await another();
			const before = await lookAtTeam(leader);
			await expect(rowOfStaff(leader)).toContainText(say('team_in_progress'));

			await comeInAsStaff(visitor, expectAccessible);
			await finishWhatIsTrauma(visitor, expectAccessible);
			await goToTheStory(visitor, expectAccessible);
			await playTheStory(visitor, expectAccessible);
			await expect(visitor.page.getByText(say('scenario_saved')).first()).toBeVisible();
			await finishWhenItHeatsUp(visitor, expectAccessible);
			await visitor.press(visitor.link(say('player_finished_home')));
			await expect(visitor.heading(say('home_greeting', { name: 'Mette' }))).toBeVisible();
			await expectAccessible(visitor.page);

			await visitor.signOut();
			await visitor.pressAccount('leader');
			await visitor.press(visitor.link(say('shell_overview')));
			expect(await readShare(visitor)).toEqual({ ...before, completed: before.completed + 1 });
			await expect(rowOfStaff(visitor)).toContainText(say('team_completed'));
			await expectAccessible(visitor.page);
		});
	});
}
