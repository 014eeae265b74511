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
import { people, providerAccounts, providers, sessions } from '#lib/identity/tables.server.ts';
import { closePerson } from '#lib/identity/people.server.ts';
import {
	arriveFromProvider,
	backAddress,
	endFromProvider,
	sendToProvider,
	type Purpose,
	type Returning
} from '#lib/workplaces/provider-arrival.server.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';
import {
	addProviderRule,
	keepProvider,
	listProviders,
	removeProvider,
	removeProviderRule
} from '#lib/workplaces/sign-on.server.ts';
import { eq } from 'drizzle-orm';
import { identify } from '../../src/identify.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { startHostile, startProvider, type Account, type Hostile } from '#tests/support/oidc.ts';
import { setUpApp } from '#tests/support/second-factor.ts';
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

const nobody: Returning = { carried: undefined, actor: null, handle: null, session: null };

/** Sends somebody off, as their browser is sent. */
async function send(app: TestApp, purpose: Purpose = 'sign-in', handle: string | null = null) {
	const sent = await sendToProvider(app, 'acme', { purpose, handle, to: '/learn' });
	if (sent.outcome !== 'away') throw new Error('the provider is down');
	return sent;
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
		const id = await keep(world, { issuer: real.issuer, secret: real.secret, ...form });
		const come = async (account: string, returning: Partial<Returning> = {}, purpose?: Purpose) => {
			const sent = await send(app, purpose, returning.handle ?? null);
			const back = await real.visit(sent.url, account);
			const bringing = { ...nobody, ...returning, carried: sent.carried };
			return arriveFromProvider(app, 'acme', back, bringing, {});
		};
		return { ...world, id, come, real };
	}

	const kim = { name: 'Kim Krog', email: 'kim@acme.example', employee: 'N7', groups: ['house'] };

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
		const id = await keep(world, { issuer: hostile.issuer, secret: 'shared between the two' });
		const { person } = await world.acme.hire('Kim', world.acme.north);
		await world.app.db.write(async (tx) => {
			await tx
				.insert(providerAccounts)
				.values({ provider: id, subject: 'u1', person, linkedOn: '2026-01-01' });
		});
		return { ...world, hostile, person, id };
	}

	const seconds = () => Math.floor(Date.now() / 1000);
	const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

	/** Comes back with a token made of what a good one would hold. */
	async function comeWith(
		{ app, hostile }: { app: TestApp; hostile: Hostile },
		make: (good: JWTPayload) => Promise<string> | string,
		change: (back: URL) => void = () => undefined
	): Promise<string> {
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
		return (await arriveFromProvider(app, 'acme', back, returning, {})).outcome;
	}

	test('is believed where everything is as it must be, or none of the rest would say anything', async () => {
		const world = await withHostile();
		expect(await comeWith(world, (good) => world.hostile.sign(good))).toBe('signed-in');
		const [sent] = world.hostile.brought;
		expect(sent?.get('code_verifier')).toMatch(/^[\w-]{43,}$/);
		expect(sent?.get('redirect_uri')).toBe(backAddress(world.app, 'acme'));
	});

	test('6.8.2, 9.1.2, 9.2.3 is refused for every token that is not what it must be', async () => {
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

	test('10.1.2 is not asked where state or nonce are somebody else’s, or the person said no', async () => {
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
		const event = { 'http://schemas.openid.net/event/backchannel-logout': {} };
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

	test('1.3.6 is not reached on our own network, unless the operator has named it', async () => {
		const world = await withHostile();
		const { app } = world;
		app.outside = openOutside({});
		app.outside.clients.clear();
		expect(
			await sendToProvider(app, 'acme', { purpose: 'sign-in', handle: null, to: '/' })
		).toEqual({ outcome: 'down' });
	});

	test('that is down is told, and there again as soon as it answers', async () => {
		const world = await withHostile();
		const { app, hostile } = world;
		const { metadata } = hostile;
		const kept = { ...metadata };
		metadata['issuer'] = 'https://evil.example';
		const ask = () => sendToProvider(app, 'acme', { purpose: 'sign-in', handle: null, to: '/' });
		expect((await ask()).outcome).toBe('down');
		Object.assign(metadata, kept);
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
		app.outside = openOutside({ secrets: { OIDC_SECRET_ACME: 'of the operator' } });
		expect((await findOpenProvider(app, 'acme'))?.secret).toBe('of the operator');
		expect(await listProviders(app, admin)).toMatchObject([{ secretKept: 'outside' }]);
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
	await keep(world, { issuer: hostile.issuer });
	const provider = await findOpenProvider(app, 'acme');
	const both = await Promise.all([openClient(app, provider!), openClient(app, provider!)]);
	expect(both[0]).toBe(both[1]);
});
