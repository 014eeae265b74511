import type { APIResponse } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const onEveryAnswer = {
	'x-content-type-options': 'nosniff',
	'x-frame-options': 'DENY',
	'referrer-policy': 'same-origin',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'permissions-policy': expect.stringContaining('camera=()'),
	'content-security-policy': expect.stringContaining("frame-ancestors 'none'")
};

const answers: [what: string, address: string, status: number, type: string | undefined][] = [
	['a page', '/', 200, 'text/html; charset=utf-8'],
	['a page that is not there', '/nowhere', 404, 'text/html; charset=utf-8'],
	['a redirect', '/team', 303, undefined],
	['JSON', '/healthz', 200, 'application/json'],
	['a file to keep', '/schemas/scenario-1.json', 200, undefined],
	['data of a page', '/help/__data.json', 200, 'application/json'],
	['a drawing', '/favicon.svg', 200, 'image/svg+xml; charset=utf-8'],
	['the description of the app', '/site.webmanifest', 200, 'application/manifest+json'],
	['type', '/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2', 200, 'font/woff2'],
	['a file that is not there', '/_app/immutable/nothing.js', 404, undefined],
	['an address that cannot be read', '/%E0%A4%A', 400, undefined]
];

for (const [what, address, status, type] of answers) {
	test(`3.4.1, 3.4.4, 3.4.5 the security headers are on ${what}`, async ({ request }) => {
		const response = await request.get(address, { maxRedirects: 0 });
		expect(response.status()).toBe(status);
		expect(response.headers()).toMatchObject(onEveryAnswer);
		if (type) expect(response.headers()['content-type']).toBe(type);
	});
}

test('5.2.1 the security headers are on refusals, of what is too large as well', async ({
	request,
	server
}) => {
	const origin = 'https://evil.example';
	const refused = await request.post('/sign-in?/password', {
		form: { email: '' },
		headers: { origin }
	});
	expect(refused.status()).toBe(403);
	expect(refused.headers()).toMatchObject(onEveryAnswer);
	expect(refused.headers()['content-type']).toBe('text/plain; charset=utf-8');
	const large = await request.post('/language', {
		data: `language=${'x'.repeat(600_000)}`,
		headers: { origin: server.origin, 'content-type': 'application/x-www-form-urlencoded' }
	});
	expect(large.status()).toBe(413);
	expect(large.headers()).toMatchObject(onEveryAnswer);
	const strange = await request.fetch('/', { method: 'PROPFIND' });
	expect(strange.status()).toBe(405);
	expect(strange.headers()).toMatchObject(onEveryAnswer);
});

test('scripts and styles say how their letters are written, and may be kept for ever', async ({
	request
}) => {
	const html = await (await request.get('/')).text();
	const files = [...html.matchAll(/\/_app\/immutable\/[\w./-]+\.(?:js|css)/g)].map(
		([file]) => file
	);
	expect(files.length).toBeGreaterThan(2);
	for (const file of new Set(files)) {
		const { headers, status } = await ask(await request.get(file));
		expect(status, file).toBe(200);
		expect(headers, file).toMatchObject(onEveryAnswer);
		expect(headers['content-type'], file).toMatch(/^text\/(javascript|css); ?charset=utf-8$/);
		expect(headers['cache-control'], file).toBe('public,max-age=31536000,immutable');
	}
});

test('3.4.3, 3.4.6 a page runs only scripts from our own files, and none that stands in it', async ({
	request
}) => {
	for (const address of ['/', '/sign-in', '/help', '/nowhere']) {
		const { headers, body } = await ask(await request.get(address));
		const policy = new Map(
			(headers['content-security-policy'] ?? '').split(';').map((directive) => {
				const [name = '', ...sources] = directive.trim().split(' ');
				return [name, sources] as const;
			})
		);
		expect(policy.get('default-src')).toEqual(["'none'"]);
		for (const name of ['object-src', 'base-uri', 'frame-ancestors']) {
			expect(policy.get(name), name).toEqual(["'none'"]);
		}
		expect(policy.get('form-action')).toEqual(["'self'"]);
		expect(policy.get('connect-src')).toEqual(["'self'"]);
		// Should a page ever need a script of its own, a nonce is added for it, and nothing else.
		const scripts = policy.get('script-src') ?? [];
		expect(scripts.filter((one) => !one.startsWith("'nonce-"))).toEqual(["'self'"]);
		for (const [, attributes = '', content = ''] of body.matchAll(/<script([^>]*)>([^<]*)/g)) {
			expect(attributes).toMatch(/ src="\/_app\/immutable\/assets\/[\w.-]+\.js"/);
			expect(content).toBe('');
		}
		expect(body).not.toMatch(/<[a-z][^>]*\son[a-z]+=/);
		expect(body).not.toContain('javascript:');
	}
});

test('15.3.1 what a page was made from stays on the server', async ({ visitor }) => {
	await visitor.signIn('staff');
	for (const address of ['/', '/learn/basic', '/learn/basic/what-is-trauma']) {
		const path = address === '/' ? '' : address;
		const { body, status } = await ask(await visitor.page.request.get(`${path}/__data.json`));
		expect(status, address).toBe(200);
		const nodes: { data: unknown }[] = JSON.parse(body).nodes;
		for (const { data } of nodes) expect(data, address).toEqual([['kept', 1], 1]);
	}
});

test('14.3.2 nothing of a signed-in person is kept by browsers or on the way', async ({
	visitor
}) => {
	for (const [account, addresses] of [
		[
			'staff',
			[
				'/',
				'/learn',
				'/learn/basic',
				'/learn/basic/what-is-trauma',
				'/learn/basic/what-is-trauma/__data.json',
				'/scenarios/reception-full-house',
				'/help'
			]
		],
		['leader', ['/team', '/team?state=completed']]
	] as const) {
		await visitor.signIn(account);
		for (const address of addresses) {
			const { headers, status } = await ask(await visitor.page.request.get(address));
			expect(status, address).toBe(200);
			expect(headers['cache-control'], address).toMatch(/\bno-store\b/);
		}
	}
	const { headers } = await ask(await visitor.page.request.get('/healthz'));
	expect(headers['set-cookie']).toBeUndefined();
});

test('3.3.1, 3.3.3, 3.3.4 the cookie of a session is for this site and not for scripts, and goes at sign-out', async ({
	request,
	server: { origin }
}) => {
	const post = (address: string, form: Record<string, string>) =>
		request.post(address, { form, headers: { origin, accept: 'text/html' }, maxRedirects: 0 });
	const entered = await post('/sign-in?/demonstration', { account: 'staff@demo.example' });
	const cookie = entered.headers()['set-cookie'] ?? '';
	expect(cookie).toMatch(/^session=[^;]{20,};/);
	for (const flag of [/; Path=\/(;|$)/, /; HttpOnly/, /; SameSite=Lax/, /; Expires=/]) {
		expect(cookie).toMatch(flag);
	}
	// Browsers take no Secure cookie over http; where the platform is reached over https it is one.
	expect(cookie).not.toMatch(/; Secure/);
	expect(cookie).not.toMatch(/; Domain/);
	expect((await request.get('/learn', { maxRedirects: 0 })).status()).toBe(200);

	const stolen = /^session=[^;]+/.exec(cookie)?.[0] ?? '';
	const left = await post('/sign-out', {});
	expect(left.status()).toBe(303);
	expect(left.headers()['set-cookie']).toMatch(/^session=; /);
	const again = await request.get('/learn', { headers: { cookie: stolen }, maxRedirects: 0 });
	expect(again.status()).toBe(303);
});

test('the cookie of the language holds the language alone', async ({
	request,
	server: { origin }
}) => {
	const response = await request.post('/language', {
		form: { language: 'en', to: '/help' },
		headers: { origin, accept: 'text/html' },
		maxRedirects: 0
	});
	expect(response.headers()['location']).toBe('/help');
	expect(response.headers()['set-cookie']).toMatch(
		/^lang=en; Path=\/; HttpOnly; |^lang=en; Max-Age/
	);
});

test('the platform says that it is well, and nothing about itself', async ({ request }) => {
	const { headers, body } = await ask(await request.get('/healthz'));
	expect(JSON.parse(body)).toEqual({ status: 'ok' });
	expect(headers['server']).toBeUndefined();
	expect(headers['x-powered-by']).toBeUndefined();
});

async function ask(response: APIResponse) {
	return { status: response.status(), headers: response.headers(), body: await response.text() };
}
