import { expect, test } from './fixtures.ts';
import { readMailedLink } from './newcomer.ts';
import type { Visitor } from './visitor.ts';
import { writeStaff, writeTree } from '#tests/support/staff-list.ts';

test.use({ changesState: true });

const staff = 2_000;
const password = 'stol lampe flod gryde';

async function bring(visitor: Visitor, kind: 'people' | 'workplaces', list: string) {
	const { page, say } = visitor;
	await visitor.press(visitor.link(say('admin_import')));
	await page.getByLabel(say(`import_kind_${kind}`), { exact: true }).check();
	const file = { name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(list) };
	await page.getByLabel(say('import_upload_file')).setInputFiles(file);
	await visitor.press(visitor.button(say('import_upload_button')));
	// Long lists are looked through while the page looks again by itself.
	const apply = visitor.button(say('import_apply_button'));
	await expect(apply).toBeVisible({ timeout: 60_000 });
	await visitor.press(apply);
	await expect(page.getByText(say('import_applied_title'))).toBeVisible({ timeout: 60_000 });
}

async function choosePassword(visitor: Visitor): Promise<void> {
	await visitor.page.getByLabel(visitor.say('password_label')).fill(password);
	await visitor.press(visitor.button(visitor.say('password_button')));
}

test('a municipality of forty houses is set up from two files, and a substitute comes in on a shared tablet', async ({
	visitor,
	another,
	server,
	say
}) => {
	test.slow();
	const { page } = visitor;
	await visitor.open('/');
	await visitor.pressAccount('admin');
	await visitor.press(visitor.link(say('shell_administration')));
	await bring(visitor, 'workplaces', writeTree());
	await bring(visitor, 'people', writeStaff(staff));

	// One of the leaders is invited.
	await visitor.open('/admin/people?q=person1@stor.example');
	await expect(page.getByText(say('people_found_one'))).toBeVisible();
	await visitor.press(visitor.link(/Åse Østergård/));
	await visitor.press(visitor.button(say('people_invite')));
	await expect(page.getByText(say('people_done_invited'))).toBeVisible();

	// The leader comes in, and adds a substitute who has no address at work.
	const leader = await another();
	await leader.open(await readMailedLink(server, 'person1@stor.example'));
	await choosePassword(leader);
	await leader.press(leader.link(say('shell_overview')));
	await leader.press(leader.link(say('team_add')));
	await leader.page.getByLabel(say('people_name'), { exact: true }).fill('Nanna Vikar');
	await leader.press(leader.button(say('people_add_button')));
	await expect(leader.heading('Nanna Vikar')).toBeVisible();
	await leader.press(leader.button(say('people_letter')));
	const code = await leader.page.locator('.code').innerText();

	// The substitute has the sheet of paper, and the tablet of the house.
	const substitute = await another();
	await substitute.open('/sign-in');
	await substitute.press(substitute.link(say('sign_in_have_letter')));
	await substitute.page.getByLabel(say('sign_in_code_label')).fill(code);
	await substitute.press(substitute.button(say('sign_in_code_button')));
	await substitute.page.getByLabel(say('sign_in_shared')).check();
	await choosePassword(substitute);
	await expect(substitute.heading(say('home_greeting', { name: 'Nanna' }))).toBeVisible();
	await expect(substitute.page.getByRole('heading', { name: 'Hvad er et traume?' })).toBeVisible();

	// The leader of one house sees that house alone.
	await leader.open('/team');
	await expect(leader.page.getByText('Hus 2', { exact: true })).toHaveCount(0);
});
