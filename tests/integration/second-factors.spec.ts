import fc from 'fast-check';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { listAudit } from '#lib/audit/read.server.ts';
import { giveAlong, takeBack } from '#lib/identity/carried.server.ts';
import { addTotp, readFactors, removeTotp, renewCodes } from '#lib/identity/factors.server.ts';
import { enter } from '#lib/identity/enter.server.ts';
import { insertEntry } from '#lib/identity/entry-tokens.server.ts';
import { hashPassword } from '#lib/identity/password.server.ts';
import { closePerson, setPassword } from '#lib/identity/people.server.ts';
import {
	findHalfway,
	setUpFirstTotp,
	stepWithCode,
	type Halfway
} from '#lib/identity/second-step.server.ts';
import { signIn } from '#lib/identity/sign-in.server.ts';
import { recoveryCodes, sessions, totpFactors } from '#lib/identity/tables.server.ts';
import { offerTotp } from '#lib/identity/totp.server.ts';
import { decideFactorPolicy, resetFactors } from '#lib/workplaces/factor-policies.server.ts';
import { giveRole } from '#lib/workplaces/roles.server.ts';
import { createAdministrator } from '#lib/workplaces/first-administrator.server.ts';
import * as v from 'valibot';
import { identify } from '../../src/identify.server.ts';
import { readArrival } from '../../src/routes/arrive.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { setUpApp, showCode } from '#tests/support/second-factor.ts';
import { makeOrganisation } from '#tests/support/world.ts';

const password = 'a long enough password';
const from = '192.0.2.1';
const halfMinute = 30_000;

async function withPassword(app: TestApp, person: string): Promise<string> {
	const hash = await hashPassword(password);
	await app.db.write((tx) => setPassword(tx, person, hash));
	return `${person}@acme.example`;
}

/** Signs in by password and returns the token; whether it lets in is the test's to ask. */
async function comeByPassword(app: TestApp, name: string): Promise<string> {
	const result = await signIn(app, { name, password }, from, {});
	if (result.outcome !== 'signed-in') throw new Error('the password was refused');
	return result.token;
}

async function halfwayOf(app: TestApp, token: string): Promise<Halfway> {
	const halfway = await findHalfway(app, token);
	if (!halfway) throw new Error('nothing is waited for');
	return halfway;
}

async function withLeader(app: TestApp) {
	const acme = await makeOrganisation(app, 'Acme');
	const leader = await acme.hire('Lea', acme.north, 'leader');
	return { acme, leader, name: await withPassword(app, leader.person) };
}

/** Sets up an app because one is demanded. */
function setUpFirst(app: TestApp, halfway: Halfway) {
	const label = { issuer: 'Holdepunkt', name: 'lea' };
	const { seed, carried } = offerTotp(app, halfway.person, label);
	const code = showCode(seed, app.now());
	return setUpFirstTotp(app, halfway, { carried, code }, {});
}

const step = (app: TestApp, halfway: Halfway, code: string) =>
	stepWithCode(app, halfway, code, from, {});

describe('6.3.3 a password alone', () => {
	test('is enough for staff without further roles, and for nobody with one that is named', async () => {
		const app = makeApp();
		const acme = await makeOrganisation(app, 'Acme');
		const lets: Record<string, boolean> = {};
		for (const role of [
			'staff',
			'contact-staff',
			'key-staff',
			'peer-supporter',
			'leader',
			'editor',
			'administrator'
		] as const) {
			const { person } = await acme.hire(`Kim ${role}`, acme.north, role);
			const token = await comeByPassword(app, await withPassword(app, person));
			lets[role] = (await identify(app, token)) !== null;
		}
		expect(lets).toEqual({
			staff: true,
			'contact-staff': true,
			'key-staff': true,
			'peer-supporter': true,
			leader: false,
			editor: false,
			administrator: false
		});
	});

	test('lets a leader no further than to setting up a factor, which lets them in', async () => {
		const app = makeApp();
		const { leader, name } = await withLeader(app);
		const token = await comeByPassword(app, name);
		expect(await identify(app, token)).toBeNull();
		const halfway = await halfwayOf(app, token);
		expect(await app.sessions.readWaiting(token)).toMatchObject({ awaits: 'setup' });
		const begun = await setUpFirst(app, halfway);
		if (begun.outcome !== 'signed-in') throw new Error(begun.outcome);
		expect((await identify(app, begun.token))?.actor.person).toBe(leader.person);
		expect(await app.sessions.readWaiting(token)).toBeNull();
		expect(begun.codes).toHaveLength(10);
		// A form that is sent twice sets up one app, and begins one session.
		expect((await setUpFirst(app, halfway)).outcome).toBe('too-late');
	});

	test('sets up no second app beside the one that another session has set up meanwhile', async () => {
		const app = makeApp();
		const { leader, name } = await withLeader(app);
		const one = await halfwayOf(app, await comeByPassword(app, name));
		const other = await halfwayOf(app, await comeByPassword(app, name));
		const came = await setUpFirst(app, one);
		if (came.outcome !== 'signed-in') throw new Error(came.outcome);
		const [kept] = await app.db.read.select().from(totpFactors);
		expect((await setUpFirst(app, other)).outcome).toBe('too-late');
		expect(await app.db.read.select().from(totpFactors)).toEqual([kept]);
		// It lets in once what is there is shown.
		expect(await findHalfway(app, other.token)).toMatchObject({ awaits: 'factor' });
		expect((await step(app, other, came.codes[0]!)).outcome).toBe('signed-in');
		expect((await step(app, other, came.codes[1]!)).outcome).toBe('refused');
		expect((await readFactors(app.db.read, leader.person)).codesLeft).toBe(9);
	});

	test('16.3.1 is logged as a sign-in once both steps are done, and what fails as that', async () => {
		const app = makeApp();
		const { acme, leader, name } = await withLeader(app);
		const events = ['sign-in', 'sign-in.refused'] as const;
		const told = async () =>
			(await listAudit(app.db.read, acme.id, { events, limit: 9 }))
				.map(({ event, detail }) => [event, detail])
				.reverse();
		const halfway = await halfwayOf(app, await comeByPassword(app, name));
		expect(await told()).toEqual([]);
		const came = await setUpFirst(app, halfway);
		if (came.outcome !== 'signed-in') throw new Error(came.outcome);
		const again = await halfwayOf(app, await comeByPassword(app, name));
		await step(app, again, '000000');
		await step(app, again, came.codes[0]!);
		const { token } = await app.db.write((tx) =>
			insertEntry(tx, { person: leader.person, purpose: 'reset', madeBy: null, now: app.now() })
		);
		await enter(app, { token }, 'another password altogether', from, {});
		expect(await told()).toEqual([
			['sign-in', { method: 'password', factor: 'totp' }],
			['sign-in.refused', { method: 'factor' }],
			['sign-in', { method: 'password', factor: 'recovery' }]
		]);
	});

	test('lets in who becomes a leader no longer, from the next request on', async () => {
		const app = makeApp();
		const acme = await makeOrganisation(app, 'Acme');
		const admin = await acme.hire('Ada', acme.top, 'administrator');
		const kim = await acme.hire('Kim', acme.north);
		const token = await comeByPassword(app, await withPassword(app, kim.person));
		expect(await identify(app, token)).not.toBeNull();
		await giveRole(app, admin, kim.person, { role: 'leader', workplace: acme.north });
		expect(await identify(app, token)).toBeNull();
		expect(await app.sessions.readWaiting(token)).toMatchObject({ awaits: 'setup' });
		expect(await app.sessions.peek(token)).toBeNull();
	});

	test('is enough till the day to which the organisation has put it off, and not after it', async () => {
		const app = makeApp();
		const { acme, name } = await withLeader(app);
		const admin = await acme.hire('Ada', acme.top, 'administrator');
		expect(
			await decideFactorPolicy(app, admin, { roles: ['leader'], until: '2026-03-13' })
		).toEqual({ fault: 'past-day' });
		// Ninety days from the fourteenth of March.
		const put = (until: string) => decideFactorPolicy(app, admin, { roles: ['leader'], until });
		expect(await put('2026-06-13')).toEqual({ fault: 'far-day' });
		expect(await put('2026-06-12')).toEqual({ fault: null });
		await decideFactorPolicy(app, admin, { roles: ['leader'], until: '2026-03-20' });
		const token = await comeByPassword(app, name);
		expect(await identify(app, token)).toMatchObject({ demand: 'can-wait' });
		app.setNow(new Date('2026-03-21T09:00:00Z'));
		expect(await identify(app, await comeByPassword(app, name))).toBeNull();
	});

	test('is enough for a role that the organisation has excused, and never for an administrator', async () => {
		const app = makeApp();
		const { acme, name } = await withLeader(app);
		const admin = await acme.hire('Ada', acme.top, 'administrator');
		await decideFactorPolicy(app, admin, { roles: [], until: '' });
		expect(await identify(app, await comeByPassword(app, name))).not.toBeNull();
		const adminName = await withPassword(app, admin.person);
		expect(await identify(app, await comeByPassword(app, adminName))).toBeNull();
	});

	test('is enough for everybody in a demonstration, also where a factor was tried out', async () => {
		const app = makeApp();
		app.demonstration = true;
		const { leader, name } = await withLeader(app);
		await setUpApp(app, leader);
		expect(await identify(app, await comeByPassword(app, name))).toMatchObject({ demand: 'none' });
	});
});

test('the first administrator comes by their link to setting up a factor, and not past it', async () => {
	const app = makeApp();
	const created = await createAdministrator(app.db, {
		email: 'ada@acme.example',
		name: 'Ada',
		now: app.now()
	});
	if (created.outcome !== 'created') throw new Error('nobody was made');
	const entered = await enter(app, { token: created.token }, password, from, {});
	if (entered.outcome !== 'signed-in') throw new Error('the link was refused');
	expect(await identify(app, entered.token)).toBeNull();
	expect(await app.sessions.readWaiting(entered.token)).toMatchObject({ awaits: 'setup' });
});

describe('who has set up an app', () => {
	test('is asked for its code, whatever their role', async () => {
		const app = makeApp();
		const acme = await makeOrganisation(app, 'Acme');
		const kim = await acme.hire('Kim', acme.north);
		const name = await withPassword(app, kim.person);
		const { seed } = await setUpApp(app, kim);
		const token = await comeByPassword(app, name);
		expect(await identify(app, token)).toBeNull();
		expect(await app.sessions.list(kim.person)).toEqual([]);
		app.setNow(new Date(app.now().getTime() + halfMinute));
		const came = await step(app, await halfwayOf(app, token), showCode(seed, app.now()));
		if (came.outcome !== 'signed-in') throw new Error('the code was refused');
		expect((await identify(app, came.token))?.session.factor).toBe('totp');
		expect(await app.sessions.readWaiting(token)).toBeNull();
	});

	test('6.5.1 gets in by each code once, in the same half minute too, and by none before it', async () => {
		const app = makeApp();
		const { leader, name } = await withLeader(app);
		const { seed } = await setUpApp(app, leader);
		const come = async (code: string) =>
			(await step(app, await halfwayOf(app, await comeByPassword(app, name)), code)).outcome;
		const now = app.now().getTime();
		expect(await come(showCode(seed, new Date(now)))).toBe('refused');
		app.setNow(new Date(now + 2 * halfMinute));
		const code = showCode(seed, app.now());
		expect(await come(code)).toBe('signed-in');
		expect(await come(code)).toBe('refused');
		expect(await come(showCode(seed, new Date(now + halfMinute)))).toBe('refused');
	});

	test('6.5.1 gets in by a code of the step before or after, and of no other', async () => {
		const app = makeApp();
		const { leader, name } = await withLeader(app);
		const { seed } = await setUpApp(app, leader);
		const start = app.now().getTime();
		for (const [off, outcome] of [
			[-2, 'refused'],
			[2, 'refused'],
			[-1, 'signed-in'],
			[1, 'signed-in']
		] as const) {
			app.setNow(new Date(start + 20 * halfMinute));
			const code = showCode(seed, new Date(app.now().getTime() + off * halfMinute));
			const halfway = await halfwayOf(app, await comeByPassword(app, name));
			expect((await step(app, halfway, code)).outcome, `${off} steps`).toBe(outcome);
		}
	});

	test('6.5.1 when two use one code at once, one of them gets in', async () => {
		const app = makeApp();
		const { leader, name } = await withLeader(app);
		const { seed } = await setUpApp(app, leader);
		app.setNow(new Date(app.now().getTime() + halfMinute));
		const first = await halfwayOf(app, await comeByPassword(app, name));
		const second = await halfwayOf(app, await comeByPassword(app, name));
		const code = showCode(seed, app.now());
		const came = await Promise.all([step(app, first, code), step(app, second, code)]);
		expect(came.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'signed-in']);
	});

	test('6.3.1 is slowed down after ten wrong codes, also with the right one', async () => {
		const app = makeApp();
		const { leader, name } = await withLeader(app);
		const { seed } = await setUpApp(app, leader);
		app.setNow(new Date(app.now().getTime() + halfMinute));
		const halfway = await halfwayOf(app, await comeByPassword(app, name));
		for (let count = 0; count < 10; count += 1)
			expect((await step(app, halfway, '000000')).outcome).toBe('refused');
		const came = await step(app, halfway, showCode(seed, app.now()));
		expect(came).toMatchObject({ outcome: 'slow-down' });
	});

	test('6.3.1 is slowed down by no name that somebody types at the first step', async () => {
		const app = makeApp();
		const { leader, name } = await withLeader(app);
		const { codes } = await setUpApp(app, leader);
		const token = await comeByPassword(app, name);
		for (let count = 0; count < 10; count += 1) {
			const typed = { name: `factor:${leader.person}`, password: 'wrong' };
			await signIn(app, typed, '198.51.100.7', {});
		}
		const came = await step(app, await halfwayOf(app, token), codes[0]!);
		expect(came).toMatchObject({ outcome: 'signed-in' });
	});

	test('6.4.3 is asked for it also after choosing a new password by a link', async () => {
		const app = makeApp();
		const { leader } = await withLeader(app);
		await setUpApp(app, leader);
		const { token } = await app.db.write((tx) =>
			insertEntry(tx, { person: leader.person, purpose: 'reset', madeBy: null, now: app.now() })
		);
		const entered = await enter(app, { token }, 'another password altogether', from, {});
		if (entered.outcome !== 'signed-in') throw new Error('the link was refused');
		expect(await identify(app, entered.token)).toBeNull();
		expect(await app.sessions.readWaiting(entered.token)).toMatchObject({ awaits: 'factor' });
	});

	test('11.3.2 has its seed sealed in the store, and bound to them', async () => {
		const app = makeApp();
		const { acme, leader } = await withLeader(app);
		const { seed } = await setUpApp(app, leader);
		const [kept] = await app.db.read.select().from(totpFactors);
		expect(Buffer.from(kept!.seed).toString('latin1')).not.toContain(seed.replaceAll(' ', ''));
		// Somebody who could write into the store would not come in by a seed of their own.
		const other = await acme.hire('Bo', acme.north, 'leader');
		const name = await withPassword(app, other.person);
		await app.db.write(async (tx) => {
			await tx.insert(totpFactors).values({ ...kept!, person: other.person, lastStep: 0 });
		});
		const halfway = await halfwayOf(app, await comeByPassword(app, name));
		expect((await step(app, halfway, showCode(seed, app.now()))).outcome).toBe('refused');
	});
});

describe('recovery codes', () => {
	test('6.5.1, 6.5.2 let in once each, however they are typed, and are stored as hashes alone', async () => {
		const app = makeApp();
		const { leader, name } = await withLeader(app);
		const { codes } = await setUpApp(app, leader);
		const rows = await app.db.read.select().from(recoveryCodes);
		expect(rows).toHaveLength(10);
		for (const { hash } of rows) expect(hash).toMatch(/^\$argon2id\$/);
		const [first = ''] = codes;
		const come = async (code: string) =>
			step(app, await halfwayOf(app, await comeByPassword(app, name)), code);
		const came = await come(` ${first.toLowerCase().replaceAll('-', ' ')} `);
		if (came.outcome !== 'signed-in') throw new Error('the code was refused');
		expect((await identify(app, came.token))?.session.factor).toBe('recovery');
		expect((await come(first)).outcome).toBe('refused');
		expect((await readFactors(app.db.read, leader.person)).codesLeft).toBe(9);
		await app.runJobs();
		expect(app.mailer.sent.map(({ text }) => text)).toContainEqual(
			expect.stringContaining(
				'En af dine nødkoder er brugt til at logge ind på Holdepunkt. Den virker ikke igen.'
			)
		);
	});

	test('from before work no more once there are new ones', async () => {
		const app = makeApp();
		const { leader, name } = await withLeader(app);
		const { codes } = await setUpApp(app, leader);
		const renewed = await renewCodes(app, leader);
		const come = async (code: string) =>
			(await step(app, await halfwayOf(app, await comeByPassword(app, name)), code)).outcome;
		expect(await come(codes[0]!)).toBe('refused');
		expect(await come(renewed[0]!)).toBe('signed-in');
	});
});

describe('a factor that is lost', () => {
	test('is taken by an administrator, who ends the sessions; the person is told by mail', async () => {
		const app = makeApp();
		const { acme, leader, name } = await withLeader(app);
		const admin = await acme.hire('Ada', acme.top, 'administrator');
		await setUpApp(app, leader);
		const { token } = await app.sessions.begin(leader.person, 'password', {}, undefined, {
			factor: 'totp'
		});
		await app.runJobs();
		await resetFactors(app, admin, leader.person);
		await app.runJobs();
		expect(await identify(app, token)).toBeNull();
		expect(await readFactors(app.db.read, leader.person)).toEqual({
			totpSince: null,
			codesLeft: 0,
			passkeys: []
		});
		const again = await comeByPassword(app, name);
		await identify(app, again);
		expect(await app.sessions.readWaiting(again)).toMatchObject({ awaits: 'setup' });
		const log = await listAudit(app.db.read, acme.id, { events: ['factor.reset'], limit: 9 });
		expect(log).toMatchObject([{ actor: admin.person, subject: leader.person }]);
		expect(app.mailer.sent.map(({ subject }) => subject)).toEqual([
			'Dit login er ændret',
			'Dit login er ændret'
		]);
	});

	test('is taken by nobody who does not reach as far as the person, nor by a stranger', async () => {
		const app = makeApp();
		const { acme, leader } = await withLeader(app);
		const partly = await acme.hire('Pia', acme.north, 'administrator', acme.north);
		const whole = await acme.hire('Ada', acme.north, 'administrator', acme.top);
		const other = await makeOrganisation(app, 'Elsewhere');
		const stranger = await other.hire('Ib', other.top, 'administrator');
		for (const [actor, person, code] of [
			[leader, whole.person, 'forbidden'],
			[partly, whole.person, 'forbidden'],
			[stranger, leader.person, 'not-found']
		] as const)
			await expect(resetFactors(app, actor, person)).rejects.toMatchObject({ code });
	});

	test('goes with the access of who leaves', async () => {
		const app = makeApp();
		const { leader } = await withLeader(app);
		await setUpApp(app, leader);
		await app.db.write((tx) => closePerson(tx, leader.person, '2026-03-14'));
		expect(await app.db.read.select().from(totpFactors)).toEqual([]);
		expect(await app.db.read.select().from(recoveryCodes)).toEqual([]);
	});
});

test('removing the app takes its recovery codes along, and tells the person', async () => {
	const app = makeApp();
	const { leader } = await withLeader(app);
	await setUpApp(app, leader);
	await removeTotp(app, leader);
	await removeTotp(app, leader);
	await app.runJobs();
	expect((await readFactors(app.db.read, leader.person)).codesLeft).toBe(0);
	expect(app.mailer.sent.map(({ text }) => text.split('\n')[2]).sort()).toEqual([
		'Appen med koder er fjernet fra dit login på Holdepunkt.',
		'En app med koder er sat op til dit login på Holdepunkt.'
	]);
});

describe('what a browser carries', () => {
	test('is taken back neither changed, nor as another kind, nor after ten minutes', () => {
		const app = makeApp();
		const schema = v.string();
		const carried = giveAlong(app, 'totp', 'a seed');
		expect(takeBack(app, 'totp', carried, schema)).toBe('a seed');
		expect(takeBack(app, 'passkey', carried, schema)).toBeNull();
		fc.assert(
			fc.property(fc.nat(carried.length - 1), fc.constantFrom('A', 'b', '7', '_'), (at, put) => {
				const changed = carried.slice(0, at) + put + carried.slice(at + 1);
				const isSame = Buffer.from(changed, 'base64url').equals(Buffer.from(carried, 'base64url'));
				expect(takeBack(app, 'totp', changed, schema)).toBe(isSame ? 'a seed' : null);
			})
		);
		app.setNow(new Date(app.now().getTime() + 10 * 60_000));
		expect(takeBack(app, 'totp', carried, schema)).toBeNull();
	});

	test('is taken from nobody else: a seed that was offered to another sets up nothing', async () => {
		const app = makeApp();
		const { acme, leader } = await withLeader(app);
		const other = await acme.hire('Bo', acme.north);
		const offer = offerTotp(app, other.person, { issuer: 'Holdepunkt', name: 'bo' });
		const code = showCode(offer.seed, app.now());
		expect(await addTotp(app, leader, { carried: offer.carried, code })).toBeNull();
	});
});

test('7.2.4 a session that waits is in no list, lets nobody in, and ends as the next begins', async () => {
	const app = makeApp();
	const { leader } = await withLeader(app);
	const waiting = await app.sessions.begin(leader.person, 'password', {}, undefined, {
		awaits: 'factor'
	});
	expect(await app.sessions.read(waiting.token)).toBeNull();
	expect(await app.sessions.peek(waiting.token)).toBeNull();
	expect(await app.sessions.list(leader.person)).toEqual([]);
	const event = makeEvent(app, { session: waiting.token });
	const arrival = readArrival(event, undefined);
	await app.sessions.begin(leader.person, 'password', arrival, undefined, { factor: 'totp' });
	const rows = await app.db.read
		.select({ awaits: sessions.awaits })
		.from(sessions)
		.where(eq(sessions.person, leader.person));
	expect(rows).toEqual([{ awaits: null }]);
});
