import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { APIResponse, Locator } from '@playwright/test';
import { repairing } from './content.ts';
import { expect, test } from './fixtures.ts';
import type { Account, Visitor } from './visitor.ts';
import { sayIn } from './words.ts';

const say = sayIn('da');
const unknown = '0190f3a0-0000-7000-8000-000000000000';

test.describe('who is not signed in', () => {
	const closed = [
		'/learn',
		'/learn/basic',
		'/learn/basic/what-is-trauma',
		'/learn/basic/what-is-trauma?step=too-much',
		'/scenarios/reception-full-house',
		'/framework',
		'/toolbox',
		'/evidence',
		'/team',
		'/team?state=completed',
		`/team/${unknown}`,
		`/team/${unknown}/people`,
		`/team/${unknown}/report.csv`
	];
	for (const address of closed) {
		test(`is sent to sign in at ${address.replace(unknown, '…')}, with a way back`, async ({
			request
		}) => {
			const response = await request.get(address, { maxRedirects: 0 });
			expect(response.status()).toBe(303);
			expect(response.headers()['location']).toBe(`/sign-in?to=${encodeURIComponent(address)}`);
		});
	}

	for (const address of ['/', '/sign-in', '/help', '/privacy', '/accessibility', '/away']) {
		test(`may look at ${address}`, async ({ request }) => {
			expect((await request.get(address, { maxRedirects: 0 })).status()).toBe(200);
		});
	}

	test('comes back to where they wanted to go', async ({ visitor }) => {
		await visitor.open('/learn/basic/what-is-trauma?step=hard-to-see');
		await visitor.press(visitor.button(/staff@demo\.example/));
		await visitor.isAtStep(3, 6);
	});

	test('is never sent to another site', async ({ request, server }) => {
		for (const to of [
			'https://evil.example/',
			'//evil.example',
			'/\\evil.example',
			'/\t/evil.example'
		]) {
			const response = await request.post('/sign-in?/demonstration', {
				form: { account: 'staff@demo.example', to },
				headers: { origin: server.origin, accept: 'text/html' },
				maxRedirects: 0
			});
			const location = new URL(response.headers()['location'] ?? '', server.origin);
			expect(location.origin).toBe(server.origin);
		}
	});

	test('can record nothing', async ({ request, server: { origin } }) => {
		const step = await request.post('/learn/basic/what-is-trauma?/onward', {
			form: { step: 'too-much' },
			headers: { origin, accept: 'text/html' },
			maxRedirects: 0
		});
		expect(step.status()).toBe(303);
		expect(step.headers()['location']).toContain('/sign-in');
		const move = await request.post('/scenarios/reception-full-house/moves', {
			data: { attempt: unknown, position: 0, move: 'greet' },
			headers: { origin }
		});
		expect(move.status()).toBe(401);
	});

	test('hears the same of a wrong password as of an unknown person', async ({
		visitor,
		complaints
	}) => {
		complaints.expect(/status of 401/);
		const answers = [];
		for (const email of ['staff@demo.example', 'nobody@demo.example']) {
			await visitor.open('/sign-in');
			await visitor.page.getByLabel(say('sign_in_name')).fill(email);
			await visitor.page
				.getByLabel(say('sign_in_password'), { exact: true })
				.fill('not the password');
			await visitor.press(visitor.button(say('sign_in_button')));
			await expect(visitor.page.getByText(say('sign_in_refused'))).toBeVisible();
			await expect(visitor.page.getByLabel(say('sign_in_name'))).toHaveValue(email);
			answers.push(await visitor.page.getByRole('main').textContent());
		}
		expect(answers[0]).toBe(answers[1]);
	});

	test('signs in with the right password', async ({ visitor }) => {
		await visitor.open('/sign-in');
		await visitor.page.getByLabel(say('sign_in_name')).fill('Staff@demo.example');
		await visitor.page.getByLabel(say('sign_in_password'), { exact: true }).fill('holdepunkt-demo');
		await visitor.press(visitor.button(say('sign_in_button')));
		await expect(visitor.heading(say('home_greeting', { name: 'Mette' }))).toBeVisible();
	});
});

test.describe('the leader’s pages', () => {
	for (const account of ['staff', 'key', 'peer', 'editor', 'admin'] as const) {
		test(`are refused to ${account}, with a way on`, async ({ visitor, complaints }) => {
			complaints.expect(/status of 403/);
			await visitor.signIn(account);
			const response = await visitor.open('/team');
			expect(response.status()).toBe(403);
			await expect(visitor.heading(say('error_forbidden_title'))).toBeVisible();
			await expect(visitor.link(say('shell_overview'))).toHaveCount(0);
			await visitor.press(visitor.link(say('error_home')));
			await expect(visitor.page.getByRole('heading', { level: 1 })).toContainText('Hej');
			for (const page of ['', '/people', '/report.csv']) {
				expect((await visitor.page.request.get(`/team/${unknown}${page}`)).status()).toBe(403);
			}
		});
	}

	test('about an unknown or a foreign workplace are not there', async ({
		visitor,
		server,
		complaints
	}) => {
		complaints.expect(/status of 404/);
		await visitor.signIn('leader');
		for (const workplace of [unknown, 'lanternen', readTopOf(server.dataDir)]) {
			const response = await visitor.open(`/team/${workplace}`);
			expect(response.status()).toBe(404);
			await expect(visitor.heading(say('error_missing_title'))).toBeVisible();
			for (const page of ['/people', '/report.csv']) {
				const answer = await visitor.page.request.get(`/team/${workplace}${page}`);
				expect(answer.status()).toBe(404);
			}
		}
	});

	test('show one’s own house, its people and its file', async ({ visitor }) => {
		await visitor.signIn('leader');
		await visitor.open('/team');
		await visitor.press(visitor.link('Herberget Lanternen'));
		await expect(visitor.page.getByText('Mette Holm')).toBeVisible();
		await expect(visitor.page.getByText('Nadia Rahimi')).toHaveCount(0);
		const download = visitor.page.waitForEvent('download');
		await visitor.press(visitor.link(say('team_download')));
		expect((await download).suggestedFilename()).toMatch(/^holdepunkt-basic-.*\.csv$/);
	});
});

test.describe('a learner', () => {
	test('cannot put another module’s step behind them', async ({ visitor, complaints }) => {
		complaints.expect(/status of 404/);
		await visitor.signIn('staff');
		await visitor.open('/learn/basic/what-is-trauma?step=too-much');
		await forge(fieldsOf(visitor, 'step').first(), 'you-first');
		await visitor.goOn();
		await expect(visitor.heading(say('error_missing_title'))).toBeVisible();
		await expect(visitor.page.getByText(say('error_saved'))).toBeVisible();
		await expect(visitor.link(say('error_home'))).toBeVisible();
		for (const module of ['what-is-trauma', 'when-it-heats-up']) {
			await visitor.open(`/learn/basic/${module}`);
			await expect(visitor.link(say('player_begin'))).toBeVisible();
		}
	});

	test('gets nowhere with a module, step or story that is not there', async ({ visitor }) => {
		await visitor.signIn('staff');
		for (const address of [
			'/learn/nothing',
			'/learn/basic/nothing',
			'/learn/basic/what-is-trauma?step=nothing',
			'/learn/basic/what-is-trauma?step=you-first',
			'/learn/basic/when-it-heats-up?step=scenario-1&scenario=nothing',
			'/scenarios/nothing'
		]) {
			expect((await visitor.page.request.get(address)).status(), address).toBe(404);
		}
	});
});

test.describe('without JavaScript, a learner', () => {
	test.use({ changesState: true, javaScriptEnabled: false });

	test('cannot make a choice that is not offered', async ({ visitor, complaints }) => {
		complaints.expect(/status of 409/);
		await beginTheStory(visitor, 'staff');
		await forge(visitor.choice(repairing[0]), 'own-it');
		await visitor.press(visitor.choice(repairing[0]));
		await expect(visitor.heading(say('error_not_offered_title'))).toBeVisible();
		await visitor.press(visitor.link(say('error_open_again')));
		await visitor.isAtDecision(1);
	});

	test('cannot choose in a stranger’s attempt', async ({ visitor, another, complaints }) => {
		complaints.expect(/status of 404/);
		const stranger = await another();
		await beginTheStory(stranger, 'key');
		const theirs = await fieldsOf(stranger, 'attempt').first().inputValue();
		await beginTheStory(visitor, 'staff');
		await forge(fieldsOf(visitor, 'attempt').first(), theirs);
		await visitor.press(visitor.choice(repairing[0]));
		await expect(visitor.heading(say('error_missing_title'))).toBeVisible();
		await expect(visitor.link(say('error_home'))).toBeVisible();
		await stranger.page.reload();
		await stranger.isAtDecision(1);
		await visitor.open('/scenarios/reception-full-house');
		await visitor.isAtDecision(1);
	});
});

test.describe('the moves of a story', () => {
	test.use({ changesState: true });

	test('are recorded once each, in order, and from our own pages alone', async ({
		visitor,
		another,
		server: { origin }
	}) => {
		await beginTheStory(visitor, 'staff');
		const attempt = await fieldsOf(visitor, 'attempt').first().inputValue();
		const record = (by: Visitor, data: object, headers: Record<string, string> = { origin }) =>
			by.page.request.post('/scenarios/reception-full-house/moves', { data, headers });
		const first = { attempt, position: 0, move: 'greet' };

		await expectAnswer(await record(visitor, { ...first, move: 'own-it' }), 409, 'not-offered');
		await expectAnswer(await record(visitor, { ...first, move: 'nothing' }), 409, 'not-offered');
		await expectAnswer(await record(visitor, { ...first, position: 3 }), 409, 'moved-on');
		await expectAnswer(await record(visitor, { ...first, more: true }), 422, 'invalid');
		const elsewhere = await record(visitor, first, { origin: 'https://evil.example' });
		expect(elsewhere.status()).toBe(403);
		const stranger = await another();
		await stranger.signIn('key');
		expect((await record(stranger, first)).status()).toBe(404);
		await visitor.page.reload();
		await visitor.isAtDecision(1);

		for (const time of ['once', 'twice']) {
			const response = await record(visitor, first);
			expect(response.status(), time).toBe(200);
			expect(await response.json()).toEqual({ saved: 1, ended: false });
		}
		await expectAnswer(await record(visitor, { ...first, move: 'wait' }), 409, 'moved-on');
		await visitor.page.reload();
		await visitor.isAtDecision(2);
	});
});

test.describe('a form', () => {
	for (const [whence, headers] of [
		['nowhere', {}],
		['another site', { origin: 'https://evil.example' }],
		['another port', { origin: 'http://localhost:1' }],
		['a frame', { origin: 'null' }]
	] as const) {
		test(`from ${whence} is refused, and changes nothing`, async ({ visitor }) => {
			await visitor.signIn('staff');
			const response = await visitor.page.request.post('/learn/basic/what-is-trauma?/skip', {
				headers: {
					...headers,
					accept: 'text/html',
					'content-type': 'application/x-www-form-urlencoded'
				},
				maxRedirects: 0
			});
			expect(response.status()).toBe(403);
			await visitor.open('/learn/basic/what-is-trauma');
			await expect(visitor.link(say('player_begin'))).toBeVisible();
		});
	}

	test('with a field nobody asked for is refused', async ({ visitor, server: { origin } }) => {
		await visitor.signIn('staff');
		const response = await visitor.page.request.post('/learn/basic/what-is-trauma?/onward', {
			form: { step: 'too-much', person: unknown },
			headers: { origin, accept: 'text/html' },
			maxRedirects: 0
		});
		expect(response.status()).toBe(422);
		expect(await response.text()).toContain(say('error_invalid_title'));
	});
});

/** Hidden fields have no name that anybody could be told. */
function fieldsOf({ page }: Visitor, name: string): Locator {
	return page.locator(`input[name="${name}"]`);
}

/** Changes what a form sends, as only somebody who is up to something does. */
async function forge(field: Locator, value: string): Promise<void> {
	await field.evaluate((element, forged) => element.setAttribute('value', forged), value);
}

async function beginTheStory(visitor: Visitor, account: Account): Promise<void> {
	await visitor.signIn(account);
	await visitor.open('/scenarios/reception-full-house');
	await visitor.press(visitor.button(visitor.say('scenario_start')));
	await visitor.isAtDecision(1);
}

async function expectAnswer(response: APIResponse, status: number, reason: string): Promise<void> {
	expect(response.status()).toBe(status);
	expect(await response.json()).toEqual({ reason });
}

/** The municipality itself, which the leader of one of its departments does not reach. */
function readTopOf(dataDir: string): string {
	const store = new Database(join(dataDir, 'platform.db'), { readonly: true });
	const [top] = store.prepare('select id from workplaces where parent is null').pluck().all();
	store.close();
	return String(top);
}
