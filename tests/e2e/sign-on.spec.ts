import { resolve } from 'node:path';
import { closeStores, openStores } from '#lib/server/db/stores.server.ts';
import { createAdministrator } from '#lib/workplaces/first-administrator.server.ts';
import { startProvider } from '#tests/support/oidc.ts';
import { showCode } from '#tests/support/second-factor.ts';
import { expect, expectAccessible, test as base } from './fixtures.ts';
import { startServer, type TestServer } from './server.ts';
import type { Visitor } from './visitor.ts';

const password = 'stol lampe flod gryde';
const email = 'ada@acme.example';
const halfMinute = 30_000;

/** A real installation: no demonstration, where factors are demanded. */
const test = base.extend({
	// Playwright reads which fixtures are asked for off the pattern, which must be there.
	// eslint-disable-next-line no-empty-pattern
	server: async ({}, use) => {
		const own = await startServer(undefined, { DEMO: '0' });
		await use(own);
		await own.stop();
	}
});

/** As `npm run admin -- create` does beside the running platform. */
async function makeAdministrator({ dataDir }: TestServer): Promise<string> {
	const stores = openStores(dataDir, resolve('drizzle'));
	try {
		const created = await createAdministrator(stores.platform, {
			email,
			name: 'Ada Holm',
			organisation: 'Acme',
			now: new Date()
		});
		if (created.outcome !== 'created') throw new Error(created.outcome);
		return `/invitations/${created.token}`;
	} finally {
		await closeStores(stores);
	}
}

/** Comes in by the link, and sets up an app because nothing else is offered; returns its seed. */
async function comeInFirst(visitor: Visitor, server: TestServer) {
	const { page, say } = visitor;
	await visitor.open(await makeAdministrator(server));
	await page.getByLabel(say('password_label')).fill(password);
	await visitor.press(visitor.button(say('password_button')));
	await expect(visitor.heading(say('factor_setup_title'))).toBeVisible();
	await visitor.open('/admin');
	await expect(visitor.heading(say('factor_setup_title'))).toBeVisible();
	const seed = (await page.locator('ol code').textContent()) ?? '';
	return seed;
}

async function setUp(visitor: Visitor, seed: string): Promise<string> {
	const { page, say } = visitor;
	await page.getByLabel(say('factor_app_code')).fill(showCode(seed, new Date()));
	await visitor.press(visitor.button(say('factor_app_button')));
	await expect(page.getByText(say('factor_codes_once'))).toBeVisible();
	const [first = ''] = await page.locator('li code').allTextContents();
	return first;
}

async function signInByPassword(visitor: Visitor): Promise<void> {
	const { page, say } = visitor;
	await visitor.open('/sign-in');
	await page.getByLabel(say('sign_in_name')).fill(email);
	await page.getByLabel(say('sign_in_password'), { exact: true }).fill(password);
	await visitor.press(visitor.button(say('sign_in_button')));
	await expect(visitor.heading(say('factor_step_title'))).toBeVisible();
}

const isIn = (visitor: Visitor) =>
	expect(visitor.button(visitor.say('shell_sign_out'))).toBeVisible();

async function typeCode(visitor: Visitor, code: string): Promise<void> {
	await visitor.page.getByLabel(visitor.say('factor_code')).fill(code);
	await visitor.press(visitor.button(visitor.say('factor_go_on')));
}

test('6.3.3: the first administrator sets up an app, and comes in with it, then with a passkey', async ({
	visitor,
	server,
	complaints,
	say
}) => {
	const { page } = visitor;
	// What is refused is answered so.
	complaints.expect(/status of 401/);
	const seed = await comeInFirst(visitor, server);
	await expectAccessible(page);
	await setUp(visitor, seed);
	await expectAccessible(page);
	await visitor.press(visitor.link(say('factor_in_go_on')));
	await isIn(visitor);
	await visitor.press(visitor.button(say('shell_sign_out')));

	await signInByPassword(visitor);
	await expectAccessible(page);
	await typeCode(visitor, '000000');
	await expect(page.getByText(say('factor_refused'))).toBeVisible();
	await typeCode(visitor, showCode(seed, new Date(Date.now() + halfMinute)));
	await isIn(visitor);

	const devtools = await page.context().newCDPSession(page);
	await devtools.send('WebAuthn.enable');
	await devtools.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true
		}
	});
	await visitor.open('/me/sign-in');
	await page.getByLabel(say('passkey_name_new')).fill('Min telefon');
	await visitor.press(visitor.button(say('passkey_make')));
	await expect(page.getByText(say('ways_done_passkey'))).toBeVisible();
	await expect(page.getByLabel(say('passkey_name'), { exact: true })).toHaveValue('Min telefon');
	await expectAccessible(page);
	await visitor.press(visitor.button(say('shell_sign_out')));

	await visitor.open('/sign-in/passkey?to=/admin/sign-on');
	await visitor.press(visitor.button(say('passkey_use')));
	await expect(visitor.heading(say('sign_on_title'))).toBeVisible();
	await visitor.open('/me/sign-in');
	await visitor.press(visitor.button(new RegExp(`^${say('passkey_remove')}`)));
	await expect(page.getByText(say('ways_done_removed'))).toBeVisible();
	await visitor.press(visitor.button(say('shell_sign_out')));
	await visitor.open('/sign-in/passkey');
	await visitor.press(visitor.button(say('passkey_use')));
	await expect(page.getByText(say('passkey_refused'))).toBeVisible();
});

test('6.8.1: somebody links their account at work, and comes in with it', async ({
	visitor,
	server,
	complaints,
	say
}) => {
	const { page } = visitor;
	const tidying: (() => void | Promise<void>)[] = [];
	const provider = await startProvider((work) => tidying.push(work), {
		back: `${server.origin}/sign-in/with/acme/back`,
		accounts: { u1: { name: 'Ada Holm' } },
		amr: ['pwd', 'mfa']
	});
	await server.restart({ OIDC_INSIDE: provider.issuer });
	complaints.expect(new RegExp(`^elsewhere: ${provider.issuer}/`));
	await page.context().addCookies([{ name: 'account', value: 'u1', url: provider.issuer }]);
	await setUp(visitor, await comeInFirst(visitor, server));
	await visitor.open('/admin/sign-on');
	await visitor.press(page.getByText(say('sign_on_new')));
	await page.getByLabel(say('sign_on_name')).fill('Acme');
	await page.getByLabel(say('sign_on_issuer'), { exact: true }).fill(provider.issuer);
	await page.getByLabel(say('sign_on_client')).fill(provider.clientId);
	await page.getByLabel(say('sign_on_secret')).fill(provider.secret);
	await page.getByLabel(say('sign_on_factor_words')).fill('mfa');
	await page.getByLabel(say('sign_on_open')).check();
	await visitor.press(visitor.button(say('admin_save')).last());
	await expect(visitor.heading('Acme', 3)).toBeVisible();
	await visitor.press(visitor.button(new RegExp(`^${say('sign_on_check')}`)));
	await expect(page.getByText(say('sign_on_check_reached'))).toBeVisible();
	await expectAccessible(page);

	await visitor.open('/me/sign-in');
	await visitor.press(visitor.link('Knyt Acme til dig'));
	await expect(page.getByText(say('ways_done_linked'))).toBeVisible();
	await visitor.press(visitor.button(say('shell_sign_out')));
	await visitor.open('/sign-in');
	await visitor.press(visitor.link('Log ind med Acme'));
	await isIn(visitor);
	await visitor.press(visitor.button(say('shell_sign_out')));
	await expect(visitor.heading(say('provider_out_title'))).toBeVisible();
	await expectAccessible(page);
	for (const work of tidying) await work();

	// It is down now, and what was read of it an hour ago is not asked for again: the person says where.
	await visitor.open('/sign-in?trouble=down');
	await expect(page.getByText(say('provider_down'))).toBeVisible();
	await expect(page.getByLabel(say('sign_in_name'))).toBeVisible();
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('6.5.1: an app is set up, and a recovery code lets in', async ({ visitor, server, say }) => {
		const code = await setUp(visitor, await comeInFirst(visitor, server));
		await visitor.press(visitor.link(say('factor_in_go_on')));
		await visitor.press(visitor.button(say('shell_sign_out')));
		await signInByPassword(visitor);
		await typeCode(visitor, code);
		await isIn(visitor);
		await visitor.press(visitor.button(say('shell_sign_out')));
		await visitor.open('/sign-in/passkey');
		await expect(visitor.page.getByText(say('passkey_needs_script'))).toBeVisible();
	});
});
