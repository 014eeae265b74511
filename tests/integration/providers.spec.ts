import { createHmac } from 'node:crypto';
import { SignJWT, type JWTPayload } from 'jose';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { listAudit } from '#lib/audit/read.server.ts';
import { newId } from '#lib/id.ts';
import type { ProviderForm } from '#lib/identity/provider-form.ts';
import { openClient } from '#lib/identity/provider-client.server.ts';
import { findOpenProvider } from '#lib/identity/providers.server.ts';
import { openOutside } from '#lib/identity/outside.server.ts';
import {
	passwords,
	people,
	providerAccounts,
	providers,
	sessions
} from '#lib/identity/tables.server.ts';
import { closePerson } from '#lib/identity/people.server.ts';
import {
	arriveFromProvider,
	backAddress,
	sendToProvider,
	type Purpose,
	type Returning
} from '#lib/workplaces/provider-arrival.server.ts';
import { endFromProvider } from '#lib/workplaces/provider-logout.server.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';
import {
	addProviderRule,
	checkProvider,
	keepProvider,
	listProviders,
	removeProvider,
	removeProviderRule
} from '#lib/workplaces/sign-on.server.ts';
import { eq } from 'drizzle-orm';
import { isFresh } from '#lib/identity/session-limits.ts';
import { findHalfway, stepWithCode } from '#lib/identity/second-step.server.ts';
import { unlinkOwn } from '#lib/identity/own-accounts.server.ts';
import { scopeOfModule } from '#lib/practice/progress.server.ts';
import { keepReflection, readReflection } from '#lib/practice/reflections.server.ts';
import { giveRole } from '#lib/workplaces/roles.server.ts';
import { makeEvent } from '#tests/support/event.ts';
import { identify } from '../../src/identify.server.ts';
import { eraseOwn } from '../../src/retention.server.ts';
import * as step from '../../src/routes/sign-in/step/+page.server.ts';
import { GET as go } from '../../src/routes/sign-in/with/[provider]/+server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { startHostile, startProvider, type Account, type Hostile } from '#tests/support/oidc.ts';
import { setUpApp, showCode } from '#tests/support/second-factor.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';

interface World {
	app: TestApp;
	acme: TestOrganisation;
	admin: Actor;
}

/** A municipality of today: tokens tell the time of the machine. */
async function makeWorld(): Promise<World> {
	const app = makeApp();
	app.setNow(new Date());
	const acme = await makeOrganisation(app, 'Acme');
	return { app, acme, admin: await acme.hire('Ada', acme.top, 'administrator') };
}

const plain: ProviderForm = {
	name: 'Acme',
	issuer: '',
	clientId: 'holdepunkt',
	secret: '',
	scopes: 'profile email',
	subjectClaim: 'sub',
	employeeClaim: '',
	makesPeople: false,
	factorWords: '',
	isOpen: true
};

async function keep({ app, admin }: World, form: Partial<ProviderForm>): Promise<string> {
	const id = newId();
	expect(await keepProvider(app, admin, id, { ...plain, ...form })).toEqual({ faults: {} });
	return id;
}

const nobody: Returning = {
	...{ carried: undefined, actor: null, handle: null, session: null },
	erase: async () => undefined
};

/** As the operator of this machine does, where a provider stands on it. */
function nameInside(app: TestApp, issuer: string): void {
	app.outside = openOutside({ inside: [issuer] });
}

/** Sends somebody off, as their browser is sent. */
async function send(app: TestApp, purpose: Purpose = 'sign-in', handle: string | null = null) {
	const sent = await sendToProvider(app, 'acme', {
		purpose,
		handle,
		to: '/learn',
		mustShow: purpose !== 'sign-in'
	});
	if (sent.outcome !== 'away') throw new Error('the provider is down');
	return sent;
}

async function link(app: TestApp, provider: string, person: string): Promise<void> {
	await app.db.write(async (tx) => {
		await tx
			.insert(providerAccounts)
			.values({ provider, subject: 'u1', person, linkedOn: '2026-01-01' });
	});
}

describe('a real provider', () => {
	async function withProvider(
		accounts: Readonly<Record<string, Account>>,
		form: Partial<ProviderForm> = {},
		amr?: string[]
	) {
		const world = await makeWorld();
		const { app } = world;
		const real = await startProvider(onTestFinished, {
			back: backAddress(app, 'acme'),
			accounts,
			...(amr && { amr })
		});
		nameInside(app, real.issuer);
		const id = await keep(world, { issuer: real.issuer, secret: real.secret, ...form });
		const come = async (account: string, returning: Partial<Returning> = {}, purpose?: Purpose) => {
			const sent = await send(app, purpose, returning.handle ?? null);
			const back = await real.visit(sent.url, account);
			const bringing = { ...nobody, ...returning, carried: sent.carried };
			return arriveFromProvider(app, 'acme', back, bringing, {});
		};
		return { ...world, id, come, real };
	}

	const kim = {
		...{ name: 'Kim Krog', email: 'kim@acme.example', email_verified: true },
		...{ employee: 'N7', groups: ['house'] }
	};

	test('6.8.1 lets in by number whom an import has brought, and by the account from then on', async () => {
		const { app, acme, come } = await withProvider({ u1: kim }, { employeeClaim: 'employee' });
		const { person } = await acme.hire('Kim', acme.north);
		await app.db.write(async (tx) => {
			await tx.update(people).set({ employeeId: 'N7' }).where(eq(people.id, person));
		});
		const came = await come('u1');
		if (came.outcome !== 'signed-in') throw new Error(came.outcome);
		expect((await identify(app, came.token))?.actor.person).toBe(person);
		expect(came.to).toBe('/learn');
		await app.db.write(async (tx) => {
			await tx.update(people).set({ employeeId: 'N8' }).where(eq(people.id, person));
		});
		const again = await come('u1');
		if (again.outcome !== 'signed-in') throw new Error(again.outcome);
		expect((await identify(app, again.token))?.actor.person).toBe(person);
		const log = await listAudit(app.db.read, acme.id, { events: ['provider.linked'], limit: 9 });
		expect(log).toMatchObject([{ subject: person, detail: { provider: 'acme' } }]);
	});

	test('6.8.1 lets nobody in by a number who has a way in of their own', async () => {
		const { app, acme, come } = await withProvider({ u1: kim }, { employeeClaim: 'employee' });
		const { person } = await acme.hire('Kim', acme.north);
		await app.db.write(async (tx) => {
			await tx.update(people).set({ employeeId: 'N7' }).where(eq(people.id, person));
			await tx.insert(passwords).values({ person, hash: 'of a password' });
		});
		expect((await come('u1')).outcome).toBe('stranger');
		expect(await app.db.read.select().from(providerAccounts)).toEqual([]);
	});

	test('6.8.1 lets nobody in by an address alone, nor who has left', async () => {
		const { app, acme, come } = await withProvider({ u1: kim }, { employeeClaim: 'employee' });
		const { person } = await acme.hire('Kim', acme.north);
		const set = (values: Partial<typeof people.$inferInsert>) =>
			app.db.write(async (tx) => {
				await tx.update(people).set(values).where(eq(people.id, person));
			});
		await set({ email: kim.email });
		expect((await come('u1')).outcome).toBe('stranger');
		await set({ employeeId: 'N7' });
		await app.db.write((tx) => closePerson(tx, person, '2026-01-01'));
		expect((await come('u1')).outcome).toBe('stranger');
		expect(await app.db.read.select().from(providerAccounts)).toEqual([]);
	});

	test('makes whom the rules give a workplace, gives roles by them, and takes those again', async () => {
		const world = await withProvider({ u1: kim, u2: { name: 'Bo Bo' } }, { makesPeople: true });
		const { app, acme, admin, come, id } = world;
		expect((await come('u1')).outcome).toBe('stranger');
		const rule = {
			claim: 'groups',
			value: 'house',
			workplace: acme.north,
			role: 'leader'
		} as const;
		expect(await addProviderRule(app, admin, id, rule)).toEqual({ fault: null });
		const came = await come('u1');
		if (came.outcome !== 'signed-in') throw new Error(came.outcome);
		const [row] = await app.db.read.select().from(providerAccounts);
		const made = await findActor(app.db.read, row!.person);
		expect(made).toMatchObject({
			name: 'Kim Krog',
			grants: [{ role: 'leader', workplace: acme.north }]
		});
		// As a leader they need two steps, and the account has shown one.
		expect(await identify(app, came.token)).toBeNull();
		expect((await come('u2')).outcome).toBe('stranger');
		await removeProviderRule(app, admin, id, rule);
		await come('u1');
		expect((await findActor(app.db.read, row!.person))?.grants).toEqual([]);
	});

	test('leaves an address alone that is somebody’s already, and roles that were given by hand', async () => {
		const world = await withProvider({ u1: kim }, { makesPeople: true });
		const { app, acme, admin, come, id } = world;
		const other = await acme.hire('Other', acme.south);
		await app.db.write(async (tx) => {
			await tx.update(people).set({ email: kim.email }).where(eq(people.id, other.person));
		});
		const rule = { claim: 'groups', value: 'house', workplace: acme.north, role: null };
		await addProviderRule(app, admin, id, rule);
		const came = await come('u1');
		if (came.outcome !== 'signed-in') throw new Error(came.outcome);
		const actor = (await identify(app, came.token))?.actor;
		expect(actor?.person).not.toBe(other.person);
		const [row] = await app.db.read
			.select({ email: people.email, username: people.username })
			.from(people)
			.where(eq(people.id, actor!.person));
		expect(row).toEqual({ email: null, username: expect.stringMatching(/^k/) as string });
	});

	test('6.8.1 gives an address only where the provider has seen that it is theirs', async () => {
		const said = [true, false, 'true', undefined];
		const accounts = said.map((email_verified, at) => [
			`u${at}`,
			{ ...kim, email: `kim${at}@acme.example`, email_verified }
		]);
		const world = await withProvider(Object.fromEntries(accounts), { makesPeople: true });
		const { app, acme, admin, come, id } = world;
		const rule = { claim: 'groups', value: 'house', workplace: acme.north, role: null };
		await addProviderRule(app, admin, id, rule);
		for (const at of said.keys()) expect((await come(`u${at}`)).outcome).toBe('signed-in');
		const made = await app.db.read
			.select({ email: people.email })
			.from(people)
			.innerJoin(providerAccounts, eq(providerAccounts.person, people.id))
			.orderBy(providerAccounts.subject);
		expect(made.map(({ email }) => email)).toEqual(['kim0@acme.example', null, null, null]);
	});

	test('6.8.1 shows nobody who comes by a number what was written before they came', async () => {
		const { app, acme, come, id } = await withProvider({ u1: kim }, { employeeClaim: 'employee' });
		const { person } = await acme.hire('Kim', acme.north);
		await app.db.write(async (tx) => {
			await tx.update(people).set({ employeeId: 'N7' }).where(eq(people.id, person));
		});
		// By a letter, and without a password: whoever that was is in, and has no way in.
		const before = await app.sessions.begin(person, 'entry');
		const about = scopeOfModule({ course: 'basic', module: 'what-is-trauma' });
		await keepReflection(app.learning, person, about, 'one', 'only for Kim', app.now());
		const seen: unknown[] = [];
		await expect(
			come('u1', {
				erase: async (whose) => {
					seen.push(whose, await app.sessions.read(before.token));
					throw new Error('the store is full');
				}
			})
		).rejects.toThrow('the store is full');
		expect(seen).toEqual([person, null]);
		expect(await app.db.read.select().from(providerAccounts)).toEqual([]);
		expect(await app.db.read.select().from(sessions)).toEqual([]);
		// Who comes in meanwhile, by another letter, keeps what they write to themselves.
		const busy = { erase: async () => void (await app.sessions.begin(person, 'entry')) };
		expect((await come('u1', busy)).outcome).toBe('stranger');
		expect(await readReflection(app.learning, person, about, 'one')).toBe('only for Kim');
		const erase = (whose: string) => eraseOwn(app, whose);
		expect((await come('u1', { erase })).outcome).toBe('signed-in');
		expect(await readReflection(app.learning, person, about, 'one')).toBeNull();
		await keepReflection(app.learning, person, about, 'one', 'my own', app.now());
		expect((await come('u1', { erase })).outcome).toBe('signed-in');
		expect(await readReflection(app.learning, person, about, 'one')).toBe('my own');
		expect(await app.db.read.select().from(providerAccounts)).toMatchObject([{ provider: id }]);
	});

	test('tells by mail that an account was linked, and that it is no longer', async () => {
		const { app, acme, come, id } = await withProvider({ u1: kim });
		const staff = await acme.hire('Kim', acme.north);
		const { token } = await app.sessions.begin(staff.person, 'password');
		const handle = (await app.sessions.read(token))?.handle ?? null;
		await come('u1', { actor: staff, session: token, handle }, 'link');
		await come('u1', { actor: staff, session: token, handle }, 'link');
		await unlinkOwn(app, staff, id);
		await unlinkOwn(app, staff, id);
		await app.runJobs();
		expect(app.mailer.sent.map(({ text }) => text.split('\n')[2]).sort()).toEqual([
			'En konto fra din arbejdsplads er ikke længere knyttet til dig på Holdepunkt. Du kan ikke logge ind med den mere.',
			'En konto fra din arbejdsplads er knyttet til dig på Holdepunkt. Du kan logge ind med den nu.'
		]);
	});

	test('7.5.1 says when it asked somebody who they are, so that a sign-in there counts as one here', async () => {
		const { app, acme, come, id } = await withProvider({ u1: kim });
		const { person } = await acme.hire('Kim', acme.north);
		await link(app, id, person);
		const came = await come('u1');
		if (came.outcome !== 'signed-in') throw new Error(came.outcome);
		const session = await app.sessions.read(came.token);
		expect(isFresh(session!.reauthenticatedAt, app.now())).toBe(true);
	});

	test('6.8.4 counts as two steps where its own words say so and the settings believe them', async () => {
		for (const [factorWords, isIn] of [
			['mfa', true],
			['', false]
		] as const) {
			const world = await withProvider({ u1: kim }, { employeeClaim: 'employee', factorWords }, [
				'pwd',
				'mfa'
			]);
			const { app, acme, come } = world;
			const leader = await acme.hire('Kim', acme.north, 'leader');
			await app.db.write(async (tx) => {
				await tx.update(people).set({ employeeId: 'N7' }).where(eq(people.id, leader.person));
			});
			const came = await come('u1');
			if (came.outcome !== 'signed-in') throw new Error(came.outcome);
			expect((await identify(app, came.token)) !== null).toBe(isIn);
		}
	});

	test('is asked for the second step of who has set one up here', async () => {
		const { app, acme, come, id } = await withProvider({ u1: kim });
		const staff = await acme.hire('Kim', acme.north);
		await setUpApp(app, staff);
		await app.db.write(async (tx) => {
			await tx
				.insert(providerAccounts)
				.values({ provider: id, subject: 'u1', person: staff.person, linkedOn: '2026-01-01' });
		});
		const came = await come('u1');
		if (came.outcome !== 'signed-in') throw new Error(came.outcome);
		expect(await app.sessions.readWaiting(came.token)).toMatchObject({ awaits: 'factor' });
	});

	test('is linked by who is signed in, and shows again who they are; of nobody else', async () => {
		const { app, acme, come } = await withProvider({ u1: kim, u2: {} });
		const staff = await acme.hire('Kim', acme.north);
		const { token } = await app.sessions.begin(staff.person, 'password');
		const here = async (): Promise<Partial<Returning>> => {
			const session = await app.sessions.read(token);
			return { actor: staff, session: token, handle: session?.handle ?? null };
		};
		expect((await come('u1', await here(), 'link')).outcome).toBe('linked');
		expect((await come('u1', await here(), 'again')).outcome).toBe('fresh');
		expect((await come('u2', await here(), 'again')).outcome).toBe('not-yours');
		const bo = await acme.hire('Bo', acme.north);
		const other = await app.sessions.begin(bo.person, 'password');
		const facts = await app.sessions.read(other.token);
		const his = { actor: bo, session: other.token, handle: facts?.handle ?? null };
		expect((await come('u1', his, 'link')).outcome).toBe('not-yours');
	});

	test('10.1.2 a code is taken once, and from the browser that began alone', async () => {
		const { app, acme, real, id } = await withProvider({ u1: kim });
		const { person } = await acme.hire('Kim', acme.north);
		await app.db.write(async (tx) => {
			await tx
				.insert(providerAccounts)
				.values({ provider: id, subject: 'u1', person, linkedOn: '2026-01-01' });
		});
		const arrive = async (back: URL, carried: string | undefined) =>
			(await arriveFromProvider(app, 'acme', back, { ...nobody, carried }, {})).outcome;
		const mine = await send(app);
		const theirs = await send(app);
		const back = await real.visit(mine.url, 'u1');
		expect(await arrive(back, undefined)).toBe('begin-again');
		expect(await arrive(back, theirs.carried)).toBe('begin-again');
		expect(await arrive(back, mine.carried)).toBe('signed-in');
		expect(await arrive(back, mine.carried)).toBe('begin-again');
		// The code of another with one’s own state: PKCE and the provider say no.
		const own = new URL(await real.visit(theirs.url, 'u1'));
		own.searchParams.set('code', back.searchParams.get('code') ?? '');
		expect(await arrive(own, theirs.carried)).toBe('refused');
		const third = await send(app);
		const late = await real.visit(third.url, 'u1');
		app.setNow(new Date(Date.now() + 11 * 60_000));
		expect(await arrive(late, third.carried)).toBe('begin-again');
	});

	test('10.1.1 no token is kept: the store holds neither code nor token', async () => {
		const { app, acme, come } = await withProvider({ u1: kim }, { employeeClaim: 'employee' });
		const { person } = await acme.hire('Kim', acme.north);
		await app.db.write(async (tx) => {
			await tx.update(people).set({ employeeId: 'N7' }).where(eq(people.id, person));
		});
		await come('u1');
		const kept = JSON.stringify([
			await app.db.read.select().from(sessions),
			await app.db.read.select().from(providerAccounts)
		]);
		expect(kept).not.toContain('eyJ');
	});
});

describe('a provider that cannot be trusted', () => {
	async function withHostile(): Promise<World & { hostile: Hostile; person: string; id: string }> {
		const world = await makeWorld();
		const hostile = await startHostile(onTestFinished);
		nameInside(world.app, hostile.issuer);
		const id = await keep(world, { issuer: hostile.issuer, secret: 'shared between the two' });
		const { person } = await world.acme.hire('Kim', world.acme.north);
		await world.app.db.write(async (tx) => {
			await tx
				.insert(providerAccounts)
				.values({ provider: id, subject: 'u1', person, linkedOn: '2026-01-01' });
		});
		return { ...world, hostile, person, id };
	}

	const event = { 'http://schemas.openid.net/event/backchannel-logout': {} };
	const seconds = () => Math.floor(Date.now() / 1000);
	const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

	/** Comes back with a token made of what a good one would hold. */
	async function comeWith(
		{ app, hostile }: { app: TestApp; hostile: Hostile },
		make: (good: JWTPayload) => Promise<string> | string,
		change: (back: URL) => void = () => undefined
	): Promise<string> {
		return (await arriveWith({ app, hostile }, make, change)).outcome;
	}

	async function arriveWith(
		{ app, hostile }: { app: TestApp; hostile: Hostile },
		make: (good: JWTPayload) => Promise<string> | string,
		change: (back: URL) => void = () => undefined
	) {
		const sent = await send(app);
		const state = sent.url.searchParams.get('state') ?? '';
		hostile.give(
			await make({
				iss: hostile.issuer,
				aud: hostile.clientId,
				sub: 'u1',
				iat: seconds(),
				exp: seconds() + 60,
				nonce: sent.url.searchParams.get('nonce') ?? ''
			})
		);
		const back = new URL(backAddress(app, 'acme'));
		for (const [name, value] of Object.entries({ code: 'c', state, iss: hostile.issuer }))
			back.searchParams.set(name, value);
		change(back);
		const returning = { ...nobody, carried: sent.carried };
		return arriveFromProvider(app, 'acme', back, returning, {});
	}

	test('7.5.1 that lets somebody through without asking has them show here again who they are', async () => {
		const world = await withHostile();
		const { app, hostile } = world;
		const comes = async (said: JWTPayload) => {
			const came = await arriveWith(world, (good) => hostile.sign({ ...good, ...said }));
			if (came.outcome !== 'signed-in') throw new Error(came.outcome);
			const session = await app.sessions.read(came.token);
			return isFresh(session!.reauthenticatedAt, app.now());
		};
		expect(await comes({ auth_time: seconds() })).toBe(true);
		expect(await comes({ auth_time: seconds() - 9 * 60 })).toBe(true);
		expect(await comes({ auth_time: seconds() - 11 * 60 })).toBe(false);
		expect(await comes({})).toBe(false);
		// A clock that is ahead makes nobody fresher than now.
		await comes({ auth_time: seconds() + 20 });
		const kept = await app.db.read.select({ at: sessions.reauthenticatedAt }).from(sessions);
		expect(kept.filter(({ at }) => at > app.now())).toEqual([]);
	});

	test('7.5.1 a code after a silent sign-in is no sign of who they are; one after an open one is', async () => {
		const world = await withHostile();
		const { app, hostile, acme, person } = world;
		const { seed } = await setUpApp(app, { person, organisation: acme.id });
		const steps = async (auth_time: number, minutes: number) => {
			const came = await arriveWith(world, (good) => hostile.sign({ ...good, auth_time }));
			if (came.outcome !== 'signed-in') throw new Error(came.outcome);
			const halfway = await findHalfway(app, came.token);
			app.setNow(new Date(Date.now() + minutes * 60_000));
			const code = showCode(seed, app.now());
			const stepped = await stepWithCode(app, halfway!, code, '192.0.2.1', {});
			if (stepped.outcome !== 'signed-in') throw new Error(stepped.outcome);
			const session = await app.sessions.read(stepped.token);
			return [session?.provider, isFresh(session!.reauthenticatedAt, app.now())];
		};
		expect(await steps(seconds(), 1)).toEqual([world.id, true]);
		expect(await steps(seconds() - 3600, 2)).toEqual([world.id, false]);
	});

	test('7.5.1 who was let through silently sets up no factor before they were asked', async () => {
		const world = await withHostile();
		const { app, hostile, acme, person } = world;
		await giveRole(app, world.admin, person, { role: 'leader', workplace: acme.north });
		const visit = async (auth_time: number) => {
			const came = await arriveWith(world, (good) => hostile.sign({ ...good, auth_time }));
			if (came.outcome !== 'signed-in') throw new Error(came.outcome);
			const event = makeEvent(app, { url: '/sign-in/step?to=/team', session: came.token });
			return step.load(event as Parameters<typeof step.load>[0]);
		};
		await expect(visit(seconds() - 3600)).rejects.toMatchObject({
			status: 303,
			location: `/sign-in/with/acme?anew=1&to=${encodeURIComponent('/team')}`
		});
		expect(await visit(seconds())).toMatchObject({ stage: 'setup' });
		const away = makeEvent(app, { url: '/sign-in/with/acme?anew=1', params: { provider: 'acme' } });
		const sent = await Promise.resolve(go(away as Parameters<typeof go>[0])).catch(
			(thrown: { location: string }) => thrown.location
		);
		expect(new URL(String(sent)).searchParams.get('max_age')).toBe('0');
		expect(new URL(String(sent)).searchParams.get('prompt')).toBe('login');
	});

	test('is believed where everything is as it must be, or none of the rest would say anything', async () => {
		const world = await withHostile();
		expect(await comeWith(world, (good) => world.hostile.sign(good))).toBe('signed-in');
		const [sent] = world.hostile.brought;
		expect(sent?.get('code_verifier')).toMatch(/^[\w-]{43,}$/);
		expect(sent?.get('redirect_uri')).toBe(backAddress(world.app, 'acme'));
	});

	test('6.8.2, 9.1.2, 9.2.1, 9.2.2, 9.2.3 is refused for every token that is not what it must be', async () => {
		const world = await withHostile();
		const { hostile } = world;
		const { sign } = hostile;
		const without = (good: JWTPayload, name: string): JWTPayload =>
			Object.fromEntries(Object.entries(good).filter(([each]) => each !== name));
		const shared = (good: JWTPayload) => {
			const text = `${b64({ alg: 'HS256' })}.${b64(good)}`;
			const mac = createHmac('sha256', 'shared between the two').update(text).digest('base64url');
			return `${text}.${mac}`;
		};
		const bad: Record<string, (good: JWTPayload) => Promise<string> | string> = {
			'another audience': (good) => sign({ ...good, aud: 'somebody-else' }),
			'several audiences without a party': (good) => sign({ ...good, aud: ['holdepunkt', 'b'] }),
			'another party': (good) => sign({ ...good, aud: ['holdepunkt', 'b'], azp: 'b' }),
			'another issuer': (good) => sign({ ...good, iss: 'https://evil.example' }),
			'no issuer': (good) => sign(without(good, 'iss')),
			'no audience': (good) => sign(without(good, 'aud')),
			'no end': (good) => sign(without(good, 'exp')),
			'no beginning': (good) => sign(without(good, 'iat')),
			'no subject': (good) => sign(without(good, 'sub')),
			'an end that is past': (good) => sign({ ...good, exp: seconds() - 600 }),
			'a beginning to come': (good) => sign({ ...good, nbf: seconds() + 600 }),
			'another nonce': (good) => sign({ ...good, nonce: 'another' }),
			'no nonce': (good) => sign(without(good, 'nonce')),
			'no signature': (good) => `${b64({ alg: 'none' })}.${b64(good)}.`,
			'a signature taken off': async (good) => (await sign(good)).replace(/\.[^.]*$/, '.'),
			'a shared secret as key': shared,
			'a key that is not published': (good) =>
				new SignJWT(good).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(hostile.foreignKey),
			'a key it names itself': (good) =>
				new SignJWT(good)
					.setProtectedHeader({ alg: 'RS256', jku: `${hostile.issuer}/keys`, kid: 'two' })
					.sign(hostile.foreignKey),
			'a body changed after signing': async (good) => {
				const [head, , mac] = (await sign(good)).split('.');
				return `${head}.${b64({ ...good, sub: 'u2' })}.${mac}`;
			},
			'no token at all': () => '',
			'something else': () => 'a.b.c'
		};
		const came: Record<string, string> = {};
		for (const [name, make] of Object.entries(bad)) came[name] = await comeWith(world, make);
		expect(came).toEqual(Object.fromEntries(Object.keys(bad).map((name) => [name, 'refused'])));
		expect(await world.app.db.read.select().from(sessions)).toEqual([]);
	});

	test('10.2.2 is refused where the answer is another issuer’s, or does not say whose it is', async () => {
		const world = await withHostile();
		const good = (payload: JWTPayload) => world.hostile.sign(payload);
		const other = (back: URL) => back.searchParams.set('iss', 'https://evil.example');
		expect(await comeWith(world, good, other)).toBe('refused');
		expect(await comeWith(world, good, (back) => back.searchParams.delete('iss'))).toBe('refused');
		expect(world.hostile.brought).toEqual([]);
	});

	test('10.1.2, 10.2.1 is not asked where state or nonce are somebody else’s, or the person said no', async () => {
		const world = await withHostile();
		const good = (payload: JWTPayload) => world.hostile.sign(payload);
		const set = (name: string, value: string) => (back: URL) => back.searchParams.set(name, value);
		expect(await comeWith(world, good, set('state', 'another'))).toBe('begin-again');
		expect(await comeWith(world, good, set('error', 'access_denied'))).toBe('cancelled');
		expect(world.hostile.brought).toEqual([]);
	});

	test('10.5.5 ends a session by a true logout token, once, and by no forged one', async () => {
		const world = await withHostile();
		const { app, hostile } = world;
		await comeWith(world, (good) => hostile.sign({ ...good, sid: 's1' }));
		const said = () => ({
			iss: hostile.issuer,
			aud: hostile.clientId,
			sub: 'u1',
			sid: 's1',
			iat: seconds(),
			exp: seconds() + 60,
			jti: newId(),
			events: event
		});
		const left = async () => (await app.db.read.select().from(sessions)).length;
		const forged = [
			new SignJWT(said()).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(hostile.foreignKey),
			hostile.sign({ ...said(), aud: 'somebody-else' }),
			hostile.sign({ ...said(), iss: 'https://evil.example' }),
			hostile.sign({ ...said(), events: {} }),
			hostile.sign({ ...said(), nonce: 'as in a token of identity' }),
			hostile.sign({ ...said(), iat: seconds() - 3600 }),
			hostile.sign({ ...said(), exp: seconds() - 600 }),
			`${b64({ alg: 'none' })}.${b64(said())}.`,
			'not a token'
		];
		for (const token of forged) expect(await endFromProvider(app, 'acme', await token)).toBe(false);
		expect(await left()).toBe(1);
		expect(await endFromProvider(app, 'acme', await hostile.sign({ ...said(), sid: 's2' }))).toBe(
			true
		);
		expect(await left()).toBe(1);
		const token = await hostile.sign(said());
		expect(await endFromProvider(app, 'acme', token)).toBe(true);
		expect(await left()).toBe(0);
		expect(await endFromProvider(app, 'acme', token)).toBe(false);
	});

	test('10.5.5 ends what a logout token names: a session there, a person, or both', async () => {
		const world = await withHostile();
		const { app, hostile, acme, id, person } = world;
		const bo = await acme.hire('Bo', acme.north);
		const begin = (whose: string, session: string | null, subject: string) =>
			app.sessions.begin(whose, 'provider', {}, undefined, { provider: { id, session, subject } });
		const left = async () => {
			const rows = await app.db.read.select().from(sessions);
			return rows.map((row) => `${row.providerSubject} ${row.providerSession}`).sort();
		};
		const all = ['u1 null', 'u1 s1', 'u1 s2', 'u3 s3'];
		for (const [named, stay] of [
			[{ sid: 's1' }, ['u1 null', 'u1 s2', 'u3 s3']],
			[{ sub: 'u1' }, ['u3 s3']],
			// What did not name itself cannot be told from what is meant.
			[{ sub: 'u1', sid: 's1' }, ['u1 s2', 'u3 s3']],
			[{ sub: 'u1', sid: 's9' }, ['u1 s1', 'u1 s2', 'u3 s3']],
			[{ sub: 'u2', sid: 's1' }, all]
		] as const) {
			await app.db.write((tx) => tx.delete(sessions));
			for (const session of [null, 's1', 's2']) await begin(person, session, 'u1');
			await begin(bo.person, 's3', 'u3');
			const token = await hostile.sign({
				...{ iss: hostile.issuer, aud: hostile.clientId, jti: newId(), ...named },
				...{ iat: seconds(), exp: seconds() + 60, events: event }
			});
			const { endVouched } = app.sessions;
			app.sessions.endVouched = () => Promise.reject(new Error('the disk is full'));
			expect(await endFromProvider(app, 'acme', token)).toBe(false);
			app.sessions.endVouched = endVouched;
			expect(await left()).toEqual(all);
			// What did not act is not spent: the provider tells it again.
			expect(await endFromProvider(app, 'acme', token)).toBe(true);
			expect(await left(), JSON.stringify(named)).toEqual(stay);
			expect(await endFromProvider(app, 'acme', token)).toBe(false);
		}
	});

	test('10.5.5 ends also who took the second step here after it', async () => {
		const world = await withHostile();
		const { app, hostile, acme, person } = world;
		const { seed } = await setUpApp(app, { person, organisation: acme.id });
		const came = await arriveWith(world, (good) => hostile.sign({ ...good, sid: 's1' }));
		if (came.outcome !== 'signed-in') throw new Error(came.outcome);
		app.setNow(new Date(Date.now() + 60_000));
		const halfway = await findHalfway(app, came.token);
		await stepWithCode(app, halfway!, showCode(seed, app.now()), '192.0.2.1', {});
		const token = await hostile.sign({
			...{ iss: hostile.issuer, aud: hostile.clientId, jti: newId(), sid: 's1' },
			...{ iat: seconds(), exp: seconds() + 60 },
			events: event
		});
		expect(await endFromProvider(app, 'acme', token)).toBe(true);
		expect(await app.db.read.select().from(sessions)).toEqual([]);
	});

	test('1.3.6 is not reached on our own network, unless the operator has named it', async () => {
		const world = await withHostile();
		const { app } = world;
		app.outside = openOutside({});
		app.outside.clients.clear();
		expect(
			await sendToProvider(app, 'acme', {
				purpose: 'sign-in',
				handle: null,
				to: '/',
				mustShow: false
			})
		).toEqual({ outcome: 'down' });
	});

	test('1.3.6 is not reached on our own network where the operator has named another', async () => {
		const world = await withHostile();
		const { app, hostile } = world;
		const ask = async () =>
			(
				await sendToProvider(app, 'acme', {
					...{ purpose: 'sign-in', handle: null, to: '/', mustShow: false }
				})
			).outcome;
		const inside = await startHostile(onTestFinished);
		nameInside(app, inside.issuer);
		expect(await ask()).toBe('down');
		nameInside(app, hostile.issuer);
		expect(await ask()).toBe('away');
		// Nor does one that is named lead to another machine of our network.
		hostile.metadata['jwks_uri'] = inside.issuer.replace('127.0.0.1', 'localhost') + '/keys';
		app.outside.clients.clear();
		const came = await comeWith(world, (good) => hostile.sign(good));
		expect(came).toBe('down');
	});

	test('that is down is told, is left alone for half a minute, and is there again then', async () => {
		const world = await withHostile();
		const { app, hostile } = world;
		const { metadata } = hostile;
		const kept = { ...metadata };
		metadata['issuer'] = 'https://evil.example';
		const ask = () =>
			sendToProvider(app, 'acme', { purpose: 'sign-in', handle: null, to: '/', mustShow: false });
		expect((await ask()).outcome).toBe('down');
		Object.assign(metadata, kept);
		expect((await ask()).outcome).toBe('down');
		expect(await checkProvider(app, world.admin, world.id)).toMatchObject({ outcome: 'reached' });
		expect((await ask()).outcome).toBe('away');
		metadata['issuer'] = 'https://evil.example';
		app.outside.clients.clear();
		expect((await ask()).outcome).toBe('down');
		Object.assign(metadata, kept);
		app.setNow(new Date(app.now().getTime() + 31_000));
		expect((await ask()).outcome).toBe('away');
	});
});

describe('the settings of a provider', () => {
	test('13.3.1 hold its secret sealed, show it to nobody, and give way to the operator’s own', async () => {
		const world = await makeWorld();
		const { app, admin } = world;
		await keep(world, { issuer: 'https://login.example', secret: 'between the two' });
		const [row] = await app.db.read.select().from(providers);
		expect(Buffer.from(row!.clientSecret!).toString('latin1')).not.toContain('between');
		expect(JSON.stringify(await listProviders(app, admin))).not.toContain('between');
		expect((await findOpenProvider(app, 'acme'))?.secret).toBe('between the two');
		const own = { OIDC_SECRET_ACME: 'of the operator' };
		app.outside = openOutside({
			secrets: { ...own, OIDC_ISSUER_ACME: 'https://login.example/' }
		});
		expect((await findOpenProvider(app, 'acme'))?.secret).toBe('of the operator');
		expect(await listProviders(app, admin)).toMatchObject([{ secretKept: 'outside' }]);
	});

	test('13.3.1 send the operator’s own secret to no issuer but the one it is named with', async () => {
		const world = await makeWorld();
		const { app, admin } = world;
		// Somebody who administers makes a provider of that name with an issuer of their own.
		await keep(world, { issuer: 'https://evil.example' });
		for (const issuer of [undefined, 'https://login.example', 'https://evil.example.dk']) {
			app.outside = openOutside({
				secrets: { OIDC_SECRET_ACME: 'of the operator', OIDC_ISSUER_ACME: issuer }
			});
			expect((await findOpenProvider(app, 'acme'))?.secret, issuer).toBeNull();
			expect(await listProviders(app, admin)).toMatchObject([{ secretKept: 'none' }]);
		}
	});

	test('16.2.5 tell the log which of them was changed, and no secret', async () => {
		const world = await makeWorld();
		const { app, admin, acme } = world;
		const issuer = 'https://login.example';
		const id = await keep(world, { issuer, secret: 'between the two' });
		const form = { ...plain, issuer, factorWords: 'mfa', isOpen: false };
		await keepProvider(app, admin, id, form);
		await keepProvider(app, admin, id, { ...form, secret: 'another' });
		const rule = { claim: 'groups', value: 'house', workplace: acme.north, role: null };
		await addProviderRule(app, admin, id, rule);
		await removeProviderRule(app, admin, id, { ...rule, role: '' });
		const log = await listAudit(app.db.read, acme.id, { events: ['sign-on.changed'], limit: 9 });
		expect(log.map(({ detail }) => detail).reverse()).toMatchObject([
			{ isNew: true, isOpen: true, fields: expect.stringMatching(/clientId.* secret$/) as string },
			{ isNew: false, isOpen: false, fields: 'factorWords isOpen' },
			{ isNew: false, fields: 'secret' },
			{ provider: id, rule: 'added', claim: 'groups', workplace: acme.north, role: 'staff' },
			{ provider: id, rule: 'removed', claim: 'groups', workplace: acme.north }
		]);
		expect(JSON.stringify(log)).not.toMatch(/between|another/);
	});

	test('refuse what would let in the wrong people', async () => {
		const { app, admin, acme } = await makeWorld();
		const good = { ...plain, issuer: 'https://login.example' };
		for (const [name, value] of [
			['subjectClaim', 'email'],
			['subjectClaim', 'preferred_username'],
			['employeeClaim', 'upn'],
			['issuer', 'http://login.example'],
			['issuer', 'ftp://login.example'],
			['factorWords', 'mfa, pwd'],
			['factorWords', 'SMS'],
			['factorWords', 'pin'],
			['factorWords', '0'],
			['name', ' ']
		] as const) {
			const { faults } = await keepProvider(app, admin, newId(), { ...good, [name]: value });
			expect(Object.keys(faults), value).toEqual([name]);
		}
		const id = newId();
		await keepProvider(app, admin, id, good);
		const other = { ...good, issuer: 'https://other.example' };
		await expect(keepProvider(app, admin, id, other)).rejects.toMatchObject({ code: 'conflict' });
		expect(await keepProvider(app, admin, newId(), good)).toEqual({
			faults: { clientId: 'taken' }
		});
		expect(acme.id).toBe(admin.organisation);
	});

	test('8.4.1 are changed by the organisation’s own administrators alone, and reach no foreign house', async () => {
		const world = await makeWorld();
		const { app, admin, acme } = world;
		const id = await keep(world, { issuer: 'https://login.example' });
		const other = await makeOrganisation(app, 'Elsewhere');
		const stranger = await other.hire('Ib', other.top, 'administrator');
		const leader = await acme.hire('Lea', acme.north, 'leader');
		const rule = { claim: 'groups', value: 'a', workplace: other.north, role: null };
		await expect(addProviderRule(app, admin, id, rule)).rejects.toMatchObject({
			code: 'not-found'
		});
		await expect(removeProvider(app, stranger, id)).rejects.toMatchObject({ code: 'not-found' });
		await expect(listProviders(app, leader)).rejects.toMatchObject({ code: 'forbidden' });
		expect(await listProviders(app, stranger)).toEqual([]);
		await removeProvider(app, admin, id);
		expect(await listProviders(app, admin)).toEqual([]);
	});
});

test('what a provider tells of itself is read once for many', async () => {
	const world = await makeWorld();
	const { app } = world;
	const hostile = await startHostile(onTestFinished);
	nameInside(app, hostile.issuer);
	await keep(world, { issuer: hostile.issuer });
	const provider = await findOpenProvider(app, 'acme');
	const both = await Promise.all([openClient(app, provider!), openClient(app, provider!)]);
	expect(both[0]).toBe(both[1]);
});
