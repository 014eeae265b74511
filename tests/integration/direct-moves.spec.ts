import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { beginAttempt, findLatestAttempt } from '#lib/practice/attempts.server.ts';
import { createEntry } from '#lib/server/entry/entry.server.ts';
import { collectMetrics } from '#lib/server/metrics/metrics.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';
import { offerDirectRoutes } from '../../src/direct-routes.server.ts';

const slug = 'reception-full-house';

/** The entry with an app behind it that answers nothing itself. */
async function serve(app: TestApp) {
	offerDirectRoutes(app);
	const handler = (_: unknown, response: ServerResponse) => void response.writeHead(404).end();
	const entry = createEntry({ handler, origin: app.origin, trustedProxies: [] });
	onTestFinished(() => entry.stop(0));
	await new Promise<void>((resolve) => entry.listen(0, '127.0.0.1', resolve));
	const { port } = entry.address() as AddressInfo;
	return async (
		body: string,
		headers: Record<string, string> = {},
		path = `/scenarios/${slug}/moves`
	) => {
		const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
		ask({
			port,
			host: '127.0.0.1',
			method: 'POST',
			path,
			headers: { host: 'localhost:3000', 'content-type': 'application/json', ...headers }
		})
			.on('response', resolve)
			.on('error', reject)
			.end(body);
		const response = await promise;
		let text = '';
		for await (const chunk of response.setEncoding('utf8')) text += chunk;
		const data: unknown = text.startsWith('{') ? JSON.parse(text) : text;
		return { status: response.statusCode, headers: response.headers, data };
	};
}

async function begin(app: TestApp, { person }: Actor) {
	const { hash } = app.library.scenario(slug)!;
	const { id } = await beginAttempt(app.learning, person, { slug, version: hash }, null, app.now());
	const { token } = await app.sessions.begin(person, 'password');
	return { attempt: id, cookie: `other=1; session=${token}` };
}

async function makeLearner() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Fjordby');
	const learner = await org.hire('Mia', org.north);
	return { app, org, learner, send: await serve(app), ...(await begin(app, learner)) };
}

test('a move that is sent is recorded before it is answered, and twice is once', async () => {
	const { app, learner, send, attempt, cookie } = await makeLearner();
	const body = JSON.stringify({ attempt, position: 0, move: 'greet' });
	for (let time = 0; time < 2; time += 1) {
		const { status, data, headers } = await send(body, { cookie });
		expect({ status, data }).toEqual({ status: 200, data: { saved: 1, ended: false } });
		expect(headers).toMatchObject({
			'content-type': 'application/json',
			'cache-control': 'no-store',
			'x-content-type-options': 'nosniff',
			'content-security-policy': expect.stringContaining("default-src 'none'")
		});
		expect((await findLatestAttempt(app.learning, learner.person, slug))?.moves).toEqual(['greet']);
	}
});

test('8.2.2 somebody else’s attempt is not there', async () => {
	const { app, org, send, attempt } = await makeLearner();
	const { cookie } = await begin(app, await org.hire('Bo', org.south));
	const { status } = await send(JSON.stringify({ attempt, position: 0, move: 'greet' }), {
		cookie
	});
	expect(status).toBe(404);
});

test.each([
	['nobody who is signed in', 401, '{"attempt":"x"}', {}],
	['a session that never was', 401, '{}', { cookie: 'session=nonsense' }],
	['another site', 403, '{}', { 'sec-fetch-site': 'cross-site' }],
	['what is too large', 413, `"${'x'.repeat(20_000)}"`, {}]
])('%s is refused', async (_, status, body, headers) => {
	const { send } = await makeLearner();
	expect((await send(body, headers)).status).toBe(status);
});

test.each([
	['no JSON', '{'],
	['another shape', '{"attempt":1}'],
	['something beside it', '{"position":0,"move":"greet","score":100}']
])('%s from a learner is not understood', async (_, body) => {
	const { send, cookie } = await makeLearner();
	expect(await send(body, { cookie })).toMatchObject({ status: 422, data: { reason: 'invalid' } });
});

test('a session that is used keeps its cookie alive', async () => {
	const { app, send, attempt, cookie } = await makeLearner();
	app.setNow(new Date(app.now().getTime() + 6 * 60 * 60_000));
	const body = JSON.stringify({ attempt, position: 0, move: 'greet' });
	const { headers } = await send(body, { cookie });
	expect(headers['set-cookie']?.[0]).toMatch(
		/^session=.*; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/
	);
});

test('each is counted as every other request is, whichever way it goes', async () => {
	const { app, send, attempt, cookie } = await makeLearner();
	const metrics = collectMetrics([]);
	Object.assign(app, { metrics });
	await send(JSON.stringify({ attempt, position: 0, move: 'greet' }), { cookie });
	await app.db.close();
	await send('{}', { cookie });
	const form = { 'content-type': 'application/x-www-form-urlencoded' };
	await send('logout_token=none', form, '/sign-in/with/nobody/ended');
	await send('', form, '/sign-in/with/nobody/ended');
	const { text } = await metrics.write();
	const told = text.matchAll(
		/request_seconds_count\{route="(.+)",method="POST",status="(\d+)"\} 1/g
	);
	expect([...told].map(([, route, status]) => [route, status])).toEqual([
		['/scenarios/[scenario]/moves', '200'],
		['/scenarios/[scenario]/moves', '500'],
		['/sign-in/with/[provider]/ended', '500'],
		['/sign-in/with/[provider]/ended', '400']
	]);
});
