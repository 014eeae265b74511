import { expect, test } from './fixtures.ts';
import { hireWithLetter, invite, readMailedLink } from './newcomer.ts';
import type { Visitor } from './visitor.ts';

test.use({ changesState: true });

const password = 'stol lampe flod gryde';
const firstModule = 'Hvad er et traume?';

async function choosePassword(visitor: Visitor, chosen = password): Promise<void> {
	const { page, say } = visitor;
	await page.getByLabel(say('password_label')).fill(chosen);
	await visitor.press(visitor.button(say('password_button')));
}

async function isHome(visitor: Visitor, name: string): Promise<void> {
	await expect(visitor.heading(visitor.say('home_greeting', { name }))).toBeVisible();
}

test('6.4.1: an invitation by mail leads to the first module, once', async ({
	visitor,
	another,
	server,
	say,
	complaints
}) => {
	// The mail comes when the next job is looked for.
	test.slow();
	complaints.expect(/status of 4(04|22)/);
	await invite(server, 'Alma Friis', 'alma@fjordby.example');
	const path = await readMailedLink(server, 'alma@fjordby.example');

	// Mailboxes look at links before people do.
	for (let look = 0; look < 3; look += 1) await visitor.page.request.get(path);
	const response = await visitor.open(path);
	expect(response.headers()).toMatchObject({
		'referrer-policy': 'no-referrer',
		'cache-control': 'no-store'
	});
	await expect(visitor.heading(say('invitation_title', { name: 'Alma Friis' }))).toBeVisible();
	await choosePassword(visitor, 'Fjordby Kommune 1');
	await expect(visitor.page.getByText(say('password_common'))).toBeVisible();
	await choosePassword(visitor);
	await isHome(visitor, 'Alma');
	await expect(visitor.page.getByRole('heading', { name: firstModule })).toBeVisible();

	const thief = await another();
	await thief.open(path);
	await expect(thief.heading(say('invitation_over_title'))).toBeVisible();
	await expect(thief.link(say('invitation_over_new'))).toHaveAttribute('href', '/forgotten');
});

test('expired, used and forged links are answered the same', async ({
	visitor,
	server,
	complaints
}) => {
	complaints.expect(/status of 404/);
	const month = 30 * 24 * 60 * 60 * 1000;
	const old = await hireWithLetter(server, 'Ib Bro', 'ib.bro', month);
	const used = await hireWithLetter(server, 'Ea Bro', 'ea.bro');
	await visitor.open(used.path);
	await choosePassword(visitor);
	await isHome(visitor, 'Ea');
	await visitor.signOut();
	const pages = [];
	for (const path of [old.path, used.path, '/invitations/forged']) {
		expect((await visitor.open(path)).status()).toBe(404);
		pages.push(await visitor.page.getByRole('main').textContent());
	}
	expect(new Set(pages).size).toBe(1);
});

test('a code from a letter lets in on a shared tablet, which forgets', async ({
	visitor,
	server,
	say
}) => {
	const { page } = visitor;
	const { code } = await hireWithLetter(server, 'Sam Bo', 'sam.bo');
	await visitor.open('/sign-in');
	await visitor.press(visitor.link(say('sign_in_have_letter')));
	await page.getByLabel(say('sign_in_code_label')).fill(code.toLowerCase().replaceAll('-', ' '));
	await visitor.press(visitor.button(say('sign_in_code_button')));
	await page.getByLabel(say('sign_in_shared')).check();
	await choosePassword(visitor);
	await isHome(visitor, 'Sam');
	await expect(page.getByRole('heading', { name: firstModule })).toBeVisible();

	await page.evaluate(() => localStorage.setItem('somebody', 'was here'));
	await visitor.signOut();
	await expect(page.getByText(say('sign_in_left'))).toBeVisible();
	expect(await page.evaluate(() => localStorage.getItem('somebody'))).toBeNull();
	await expect(page.getByLabel(say('sign_in_shared'))).toBeChecked();
	await expect(page.getByLabel(say('sign_in_name'))).toHaveValue('');
	await expect(page.getByLabel(say('sign_in_name'))).toHaveAttribute('autocomplete', 'off');

	await page.getByLabel(say('sign_in_name')).fill('sam.bo');
	await page.getByLabel(say('sign_in_password'), { exact: true }).fill(password);
	await visitor.press(visitor.button(say('sign_in_button')));
	await isHome(visitor, 'Sam');
});

test('7.3.1: a shared tablet asks after fourteen quiet minutes and signs out after fifteen', async ({
	visitor,
	say
}) => {
	const { page } = visitor;
	await page.clock.install();
	await visitor.open('/sign-in');
	await page.getByLabel(say('sign_in_name')).fill('staff@demo.example');
	await page.getByLabel(say('sign_in_password'), { exact: true }).fill('holdepunkt-demo');
	await page.getByLabel(say('sign_in_shared')).check();
	await visitor.press(visitor.button(say('sign_in_button')));
	await visitor.open('/learn/basic/what-is-trauma?step=hard-to-see');
	const dialog = page.getByRole('dialog', { name: say('quiet_title') });
	await page.clock.fastForward('13:50');
	await expect(dialog).toBeHidden();
	await page.clock.fastForward('00:15');
	await expect(dialog).toBeVisible();
	await page.keyboard.press('Enter');
	await expect(dialog).toBeHidden();
	await page.clock.fastForward('14:05');
	await expect(dialog).toBeVisible();
	await page.clock.fastForward('01:00');
	await expect(page.getByText(say('sign_in_quiet'))).toBeVisible();
	await visitor.open('/learn');
	await expect(page).toHaveURL(/\/sign-in\?to=/);
});

test('6.3.1: whoever forgot their password hears the same, and gets a link where there is a mailbox', async ({
	visitor,
	server,
	say
}) => {
	const { page } = visitor;
	const answers = [];
	for (const name of ['nobody@demo.example', 'key@demo.example']) {
		await visitor.open('/sign-in');
		await visitor.press(visitor.link(say('sign_in_forgotten')));
		await page.getByLabel(say('sign_in_name')).fill(name);
		await visitor.press(visitor.button(say('forgotten_button')));
		await expect(page.getByText(say('forgotten_sent'))).toBeVisible();
		answers.push(await page.getByRole('main').textContent());
	}
	expect(answers[0]).toBe(answers[1]);
	await visitor.open(await readMailedLink(server, 'key@demo.example'));
	await choosePassword(visitor);
	await isHome(visitor, 'Anders');
});

test('7.5.1: what matters asks again who one is, and comes back', async ({ visitor, say }) => {
	await visitor.signIn('staff');
	await visitor.open('/sign-in/again?to=/sign-in/password');
	await visitor.press(visitor.button(say('sign_in_again_button')));
	await expect(visitor.heading(say('password_title'))).toBeVisible();
	await visitor.page.getByLabel(say('password_label')).fill(password);
	await visitor.press(visitor.button(say('password_save')));
	await expect(visitor.page.getByText(say('password_saved'))).toBeVisible();
});

test('everything on the way in is reached by keyboard', async ({ visitor, server, say }) => {
	const { page } = visitor;
	const { code } = await hireWithLetter(server, 'Kaj Lund', 'kaj.lund');
	await visitor.open('/sign-in/code');
	await page.getByLabel(say('sign_in_code_label')).focus();
	await page.keyboard.type(code);
	await page.keyboard.press('Enter');
	await expect(page.getByLabel(say('password_label'))).toBeVisible();
	await page.getByLabel(say('password_label')).focus();
	await page.keyboard.type(password);
	await page.keyboard.press('Tab');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Space');
	await expect(page.getByLabel(say('sign_in_shared'))).toBeChecked();
	await page.keyboard.press('Tab');
	await page.keyboard.press('Enter');
	await isHome(visitor, 'Kaj');
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('a letter lets in, also without a password for now', async ({ visitor, server, say }) => {
		const { path } = await hireWithLetter(server, 'Ane Rask', 'ane.rask');
		await visitor.open(path);
		await visitor.page.getByLabel('English').check();
		await visitor.press(visitor.button(say('password_wait')));
		await expect(visitor.page.getByRole('heading', { name: 'What is trauma?' })).toBeVisible();
	});
});
