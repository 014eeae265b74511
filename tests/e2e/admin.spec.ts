import { expect, expectAccessible, test } from './fixtures.ts';
import { languages, nameOf } from './words.ts';
import type { Visitor } from './visitor.ts';

test.use({ changesState: true });

const fill = (visitor: Visitor, label: string, text: string) =>
	visitor.page.getByLabel(label, { exact: true }).fill(text);

/** Adds a workplace on the page of the tree; `under` as the choice writes it. */
async function addWorkplace(visitor: Visitor, name: string, under: string): Promise<void> {
	const { say, page } = visitor;
	await fill(visitor, say('admin_name'), name);
	await page.getByLabel(say('admin_under')).selectOption({ label: under });
	await visitor.press(visitor.button(say('admin_add_button')));
	await expect(page.getByText(say('admin_added', { name }))).toBeVisible();
}

for (const language of languages) {
	test.describe(`in ${nameOf[language]}`, () => {
		test.use({ language });

		test('an administrator builds a tree and names a leader, who adds a substitute; then only counts are shown', async ({
			visitor,
			another,
			complaints,
			say
		}) => {
			test.slow();
			complaints.expect(/status of 422/);
			const { page } = visitor;
			await visitor.open('/');
			await visitor.pressAccount('admin');
			await visitor.press(visitor.link(say('shell_administration')));
			await addWorkplace(visitor, 'Havneområdet', 'Fjordby Kommune');
			await addWorkplace(visitor, 'Østre Værested', '\u2003Havneområdet');
			await expectAccessible(page);

			// The administrator adds the leader, and gives the role.
			await visitor.press(visitor.link(say('people_add')));
			await fill(visitor, say('people_name'), 'Åse Ørsted');
			await page.getByLabel(say('people_email')).fill('leader@demo.example');
			await page
				.getByLabel(say('people_workplace'))
				.selectOption({ label: '\u2003\u2003Østre Værested' });
			await visitor.press(visitor.button(say('people_add_button')));
			await expect(page.getByLabel(say('people_name'), { exact: true })).toHaveValue('Åse Ørsted');
			await expect(page.getByText(say('duplicate_title'))).toBeVisible();
			await page.getByLabel(say('people_email')).fill('aase@fjordby.example');
			await visitor.press(visitor.button(say('people_add_button')));
			await expect(visitor.heading('Åse Ørsted')).toBeVisible();
			await visitor.press(visitor.button(say('people_invite')));
			await expect(page.getByText(say('people_done_invited'))).toBeVisible();
			await page
				.getByLabel(say('people_role'), { exact: true })
				.selectOption({ label: say('sign_in_role_leader') });
			await visitor.press(visitor.button(say('people_give')));
			await expect(page.getByText(say('people_done_role_given'))).toBeVisible();
			await expectAccessible(page);
			await visitor.open('/admin');
			await expect(page.getByText(say('admin_led_by', { names: 'Åse Ørsted' }))).toBeVisible();

			// A leader adds a substitute who has no address.
			const leader = await another();
			await leader.open('/');
			await leader.pressAccount('leader');
			await leader.press(leader.link(say('shell_overview')));
			await leader.press(leader.link('Herberget Lanternen'));
			await leader.press(leader.link(say('team_add')));
			await fill(leader, say('people_name'), 'Nanna Vikar');
			await leader.press(leader.button(say('people_add_button')));
			await expect(leader.heading('Nanna Vikar')).toBeVisible();
			await expect(
				leader.page.getByText(say('people_signs_in_with', { names: 'nanna.v' }))
			).toBeVisible();
			await leader.press(leader.button(say('people_letter')));
			await expect(leader.page.getByText('nanna.v').first()).toBeVisible();
			await expectAccessible(leader.page);

			// The administrator finds her as she is typed elsewhere.
			await visitor.open('/admin/people?q=NANNA+vik');
			await expect(visitor.link('Nanna Vikar')).toBeVisible();

			await visitor.press(visitor.link(say('admin_settings')));
			await visitor.press(visitor.link(say('settings_counts_begin')));
			await visitor.press(visitor.button(say('settings_counts_button')));
			await expect(page.getByText(say('settings_policy_done'))).toBeVisible();
			await expect(page.getByText(say('policy_counts'))).toBeVisible();

			await leader.open('/team');
			await expect(leader.heading(say('team_counts_title'), 2)).toBeVisible();
			await expect(leader.page.getByText('Søren Højlund')).toHaveCount(0);
			await expectAccessible(leader.page);
		});
	});
}

test('8.4.1 staff, leaders and others are refused where people are administered', async ({
	visitor,
	complaints
}) => {
	complaints.expect(/status of 403/);
	for (const account of ['staff', 'key', 'peer', 'editor', 'leader'] as const) {
		await visitor.signIn(account);
		for (const path of ['', '/people', '/people/new', '/settings'])
			expect((await visitor.open(`/admin${path}`)).status(), `${account} ${path}`).toBe(403);
	}
});
