/**
 * Statements of `docs/security.md` that no story holds by the way: of the code as it stands, and of
 * what it does where it is asked directly.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { can } from '#lib/access/rights.ts';
import { noteRefusal } from '#lib/audit/refusals.server.ts';
import { audit } from '#lib/audit/tables.server.ts';
import { insertEntry } from '#lib/identity/entry-tokens.server.ts';
import { hashPassword } from '#lib/identity/password.server.ts';
import { entryTokens } from '#lib/identity/tables.server.ts';
import { keepReflection, readReflection } from '#lib/practice/reflections.server.ts';
import { reflections } from '#lib/practice/tables.server.ts';
import { readEnvironment } from '#lib/server/environment.server.ts';
import { StartRefused } from '#lib/server/start-refused.ts';
import { endAccess } from '#lib/workplaces/leaving.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
	.filter((file) => /\.(ts|svelte|mjs)$/.test(file))
	.filter((file) => !/\.spec\.ts$|lib[\\/]ui[\\/]messages/.test(file))
	.map((file) => ({
		file: file.replaceAll('\\', '/'),
		text: readFileSync(join('src', file), 'utf8')
	}));

/** The files in which something stands that is not in a comment at the beginning of a line. */
function filesWith(pattern: RegExp, within = /./): string[] {
	return sources
		.filter(({ file }) => within.test(file))
		.filter(({ text }) => pattern.test(text.replace(/^\s*(?:\*|\/\/|\/\*).*$/gm, '')))
		.map(({ file }) => file);
}

describe('the code', () => {
	test('1.2.1 puts HTML into a page where our own components made it, and nowhere else', () => {
		expect(filesWith(/\{@html\b/).sort()).toEqual([
			'lib/content/ui/Prose.svelte',
			'lib/ui/Island.svelte',
			'lib/ui/Once.svelte'
		]);
		expect(
			filesWith(/\.(?:innerHTML|outerHTML)\s*=(?!=)|insertAdjacentHTML|document\.write/)
		).toEqual([]);
	});

	test('1.2.4 builds no SQL from text', () => {
		expect(filesWith(/\bsql\.(?:raw|identifier)\b/, /^(?!lib\/server\/db\/)/)).toEqual([]);
		expect(filesWith(/\bsql`|\.prepare\(`/, /^(?!lib\/server\/db\/).*\.server\.ts$/)).toEqual([]);
	});

	test('1.5.2 runs no text as code, and reads nothing but JSON, forms and YAML', () => {
		expect(filesWith(/\beval\(|new Function\(|\bvm\.run|node:vm|v8\.deserialize/)).toEqual([]);
	});

	test('11.5.1 takes no secret and no id from a generator that can be guessed', () => {
		expect(filesWith(/\bMath\.random\(/)).toEqual([]);
	});

	test('12.3.2 switches off no check of a certificate', () => {
		expect(filesWith(/rejectUnauthorized['"]?\s*:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/)).toEqual(
			[]
		);
	});

	test('15.2.3 that is served knows nothing of its tests', () => {
		expect(filesWith(/['"]#tests\/|['"][./]*\/tests\//)).toEqual([]);
	});

	test('18.1.1 writes into the log of requests the route, the method, the status and the time alone', () => {
		const textOf = (name: string) => sources.find(({ file }) => file === name)?.text ?? '';
		const noting = textOf('note-answer.ts');
		expect(noting).toContain(
			'const answered = { route: asked.route, method: asked.method, status };'
		);
		expect(noting).toContain('log.info({ ...answered, ms: Math.round(milliseconds) });');
		expect(noting.match(/\blog\.\w+\(/g)).toHaveLength(1);
		// Faults alone are logged beside it.
		for (const name of ['hooks.server.ts', 'direct-routes.server.ts'])
			expect(textOf(name).match(/\blog\.(?!error\()\w+\(/g)).toBeNull();
	});

	test('18.1.2 keeps nowhere when somebody was last seen', () => {
		expect(filesWith(/last_?seen|last_?active|last_?login/i, /tables\.server\.ts$/)).toEqual([]);
	});
});

describe('asked directly', () => {
	let app: TestApp;
	let acme: TestOrganisation;
	let kim: Actor;

	beforeEach(async () => {
		app = makeApp();
		acme = await makeOrganisation(app, 'Acme');
		kim = await acme.hire('Kim', acme.north);
	});

	test('11.3.2 the same words are sealed otherwise each time, and cannot be changed unseen', async () => {
		const sealed: Uint8Array[] = [];
		for (const step of ['a', 'b']) {
			await keepReflection(
				app.learning,
				kim.person,
				'module:basic/one',
				step,
				'the same',
				app.now()
			);
		}
		const rows = await app.learning.private.read.select().from(reflections);
		for (const row of rows) sealed.push(row.sealed);
		expect(sealed).toHaveLength(2);
		expect(Buffer.from(sealed[0]!).equals(Buffer.from(sealed[1]!))).toBe(false);
		const [first] = rows;
		const spoilt = Uint8Array.from(first!.sealed);
		spoilt[spoilt.length - 1]! ^= 1;
		await app.learning.private.write(async (tx) => {
			await tx.update(reflections).set({ sealed: spoilt }).where(eq(reflections.id, first!.id));
		});
		await expect(
			readReflection(app.learning, kim.person, 'module:basic/one', first!.step === 'a' ? 'a' : 'b')
		).rejects.toThrow();
	});

	test('11.4.2 a password is hashed by argon2id with the stated cost', async () => {
		expect(await hashPassword('a long enough password')).toMatch(
			/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/
		);
	});

	test('12.1.1 the platform does not start on plain http but on the machine itself', () => {
		const start = (origin: string) => readEnvironment({ ORIGIN: origin });
		expect(() => start('http://learn.example.dk')).toThrow(StartRefused);
		expect(start('https://learn.example.dk').isHttps).toBe(true);
		expect(start('http://localhost:3000').isLocal).toBe(true);
	});

	test('6.4.1, 18.2.1 a token of an invitation is kept as its hash, and looking uses nothing up', async () => {
		const { token } = await app.db.write((tx) =>
			insertEntry(tx, {
				person: kim.person,
				purpose: 'invitation',
				madeBy: null,
				now: app.now()
			})
		);
		const rows = await app.db.read.select().from(entryTokens);
		expect(JSON.stringify(rows)).not.toContain(token);
		expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16);
		const { load } = await import('../../src/routes/invitations/[token]/+page.server.ts');
		const told: Record<string, string>[] = [];
		for (let time = 0; time < 3; time += 1) {
			const event = makeEvent(app, { params: { token }, url: `/invitations/${token}` });
			Object.assign(event, { setHeaders: (headers: Record<string, string>) => told.push(headers) });
			expect(await load(event as never)).toMatchObject({ wayIn: { name: 'Kim' } });
		}
		expect(told[0]).toEqual({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
	});

	test('7.4.2 who has left is out of every session at once', async () => {
		const { token } = await app.sessions.begin(kim.person, 'password');
		expect(await app.sessions.read(token)).toMatchObject({ person: kim.person });
		const ada = await acme.hire('Ada', acme.top, 'administrator');
		await endAccess(app, ada, kim.person, '2026-03-14');
		expect(await app.sessions.read(token)).toBeNull();
	});

	test('18.5.1 a text with a CPR number is held back once, and kept nowhere until it is meant', async () => {
		const { actions } = await import('../../src/routes/learn/[course]/[module]/+page.server.ts');
		const params = { course: 'basic', module: 'what-is-trauma' };
		const text = 'Jeg tænkte på Ib, 131170-2221.';
		const send = (form: Record<string, string>) => {
			const url = '/learn/basic/what-is-trauma?/reflect';
			const event = makeEvent(app, { actor: kim, params, url, form });
			return actions.reflect(event as never);
		};
		const form = { step: 'first-minutes', text };
		await expect(send(form)).rejects.toMatchObject({
			status: 422,
			body: {
				reason: 'cpr',
				held: {
					action: '/learn/basic/what-is-trauma?/reflect',
					fields: [
						{ name: 'step', text: 'first-minutes', isDoubtful: false },
						{ name: 'text', text, isDoubtful: true }
					]
				}
			}
		});
		expect(await app.learning.private.read.select().from(reflections)).toEqual([]);
		await expect(send({ ...form, text: 'Jeg tænkte på Ib.' })).rejects.toMatchObject({
			status: 303
		});
		await expect(send({ ...form, cpr: 'kept' })).rejects.toMatchObject({ status: 303 });
		const scope = 'module basic/what-is-trauma';
		expect(await readReflection(app.learning, kim.person, scope, 'first-minutes')).toBe(text);
	});

	test('18.5.1 a text that a form carries on from question to question is asked about once', async () => {
		const { actions } = await import('../../src/routes/author/new/guided/+page.server.ts');
		const peer = await acme.hire('Pia', acme.north, 'peer-supporter');
		const id = crypto.randomUUID();
		const go = (form: Record<string, string>) =>
			actions.go(
				makeEvent(app, {
					actor: peer,
					url: '/author/new/guided?/go',
					form: { id, ...form }
				}) as never
			);
		const place = 'Ved bordet sad Ib, 131170-2221.';
		await expect(go({ to: 'who', place })).rejects.toMatchObject({ body: { reason: 'cpr' } });
		const { meant = '', answers } = (await go({ to: 'who', place, cpr: 'kept' })) as {
			meant?: string;
			answers: Record<string, string>;
		};
		expect(await go({ ...answers, to: 'trigger', name: 'Mia', cpr: meant })).toMatchObject({
			meant
		});
		const name = 'Bo 010180-1234';
		await expect(go({ ...answers, to: 'look', name, cpr: meant })).rejects.toMatchObject({
			body: { reason: 'cpr' }
		});
	});

	test('14.3.1, 14.3.3 signing out tells the browser to forget what it keeps', async () => {
		const { actions } = await import('../../src/routes/sign-out/+page.server.ts');
		const told: Record<string, string>[] = [];
		const event = makeEvent(app, { actor: kim, url: '/sign-out', form: {} });
		Object.assign(event, { setHeaders: (headers: Record<string, string>) => told.push(headers) });
		await expect(actions.default(event as never)).rejects.toMatchObject({ status: 303 });
		expect(told).toContainEqual({ 'clear-site-data': '"cache", "storage"' });
	});

	test('16.3.2 who is refused is in the log, once a day, with the route and nothing of it', async () => {
		for (const route of ['/admin/people/[person]', '/admin/people/[person]', '/team'])
			await noteRefusal(app, kim, route);
		const rows = await app.db.read.select().from(audit).where(eq(audit.event, 'access.refused'));
		expect(rows.map(({ actor, detail }) => [actor, detail])).toEqual([
			[kim.person, { route: '/admin/people/[person]' }],
			[kim.person, { route: '/team' }]
		]);
	});

	test('16.5.3 a role or a deed that nobody knows lets nobody in', () => {
		const place = { reachedFrom: [acme.north, acme.top] };
		const strange = { ...kim, grants: [{ role: 'owner', workplace: acme.top }] } as never;
		expect(can(strange, 'people.add', place)).toBe(false);
		expect(can(kim, 'people.add', { reachedFrom: [] })).toBe(false);
		const ada = { ...kim, grants: [{ role: 'administrator', workplace: acme.top }] } as never;
		expect(can(ada, 'people.add', place)).toBe(true);
		expect(() => can(ada, 'everything' as never, place)).toThrow();
	});
});
