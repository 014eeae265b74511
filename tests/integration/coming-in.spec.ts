import { and, eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { audit } from '#lib/audit/tables.server.ts';
import { newId } from '#lib/id.ts';
import { enter, findWayIn, findWayInByCode } from '#lib/identity/enter.server.ts';
import { askForReset } from '#lib/identity/forgotten.server.ts';
import { hasPassword, setOwnPassword } from '#lib/identity/own-password.server.ts';
import { endOtherSessions, endSession, listSessions } from '#lib/identity/own-sessions.server.ts';
import { hashPassword } from '#lib/identity/password.server.ts';
import { closePerson, insertPerson, setPassword } from '#lib/identity/people.server.ts';
import { signIn, signOut } from '#lib/identity/sign-in.server.ts';
import { entryTokens, sessions } from '#lib/identity/tables.server.ts';
import { jobs } from '#lib/server/jobs/tables.server.ts';
import { changePerson } from '#lib/workplaces/change-person.server.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';
import { createAdministrator } from '#lib/workplaces/first-administrator.server.ts';
import { addMember } from '#lib/workplaces/tree.server.ts';
import { makeInvitation, makeLetter } from '#lib/workplaces/ways-in.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';

const from = '192.0.2.7';
const good = 'stol lampe flod gryde';
const minute = 60_000;
const day = 24 * 60 * minute;

const later = (app: TestApp, milliseconds: number) =>
	app.setNow(new Date(app.now().getTime() + milliseconds));

/** A house with its leader and two colleagues, in a municipality with an administrator. */
async function openHouse() {
	const app = makeApp();
	const house = await makeOrganisation(app, 'Acme');
	const admin = await house.hire('Ada', house.top, 'administrator');
	const leader = await house.hire('Lea', house.north, 'leader');
	const kim = await house.hire('Kim', house.north);
	return { app, house, admin, leader, kim };
}

/** Somebody who has a user name and no address at work. */
async function hireWithoutMail(app: TestApp, organisation: string, workplace: string) {
	const id = newId();
	await app.db.write(async (tx) => {
		await insertPerson(tx, {
			id,
			organisation,
			name: 'Sam Sorensen',
			email: null,
			username: 'sam.s',
			locale: null
		});
		await addMember(tx, workplace, id);
	});
	const actor = await findActor(app.db.read, id);
	if (!actor) throw new Error('nobody was hired');
	return actor;
}

const lastToken = (app: TestApp) =>
	/\/invitations\/([\w-]+)/.exec(app.mailer.sent.at(-1)?.text ?? '')?.[1] ?? '';

const eventsOf = async (app: TestApp, subject: string) =>
	(
		await app.db.read
			.select({ event: audit.event })
			.from(audit)
			.where(eq(audit.subject, subject))
			.orderBy(audit.month, audit.position)
	).map(({ event }) => event);

describe('6.4.1: an invitation', () => {
	test('lets in once, with a password of one’s own, and is stored as a hash alone', async () => {
		const { app, leader, kim } = await openHouse();
		expect(await makeInvitation(app, leader, kim.person)).toBe('on-its-way');
		await app.runJobs();
		const token = lastToken(app);
		expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
		expect(JSON.stringify(await app.db.read.select().from(entryTokens))).not.toContain(token);
		expect(JSON.stringify(await app.db.read.select().from(jobs))).not.toContain(token);

		expect(await findWayIn(app, token)).toMatchObject({ name: 'Kim', mayWait: false });
		const entered = await enter(app, { token }, good, from, {});
		expect(entered).toMatchObject({ outcome: 'signed-in', person: kim.person });
		expect(await findWayIn(app, token)).toBeNull();
		expect(await enter(app, { token }, good, from, {})).toEqual({ outcome: 'refused' });
		expect(await eventsOf(app, kim.person)).toEqual([
			'invitation.made',
			'entry.used',
			'password.set',
			'sign-in'
		]);
	});

	test('is used by one of two who press at the same moment', async () => {
		const { app, leader, kim } = await openHouse();
		await makeInvitation(app, leader, kim.person);
		await app.runJobs();
		const token = lastToken(app);
		const press = () => enter(app, { token }, good, from, {});
		const outcomes = (await Promise.all([press(), press()])).map(({ outcome }) => outcome);
		expect(outcomes.sort()).toEqual(['refused', 'signed-in']);
		expect(await app.db.read.select().from(sessions)).toHaveLength(1);
	});

	test('is void once a later one is made, or the mail is tried again', async () => {
		const { app, leader, kim } = await openHouse();
		await makeInvitation(app, leader, kim.person);
		await app.runJobs();
		const first = lastToken(app);
		await makeInvitation(app, leader, kim.person);
		await app.runJobs();
		expect(app.mailer.sent).toHaveLength(2);
		expect(await findWayIn(app, first)).toBeNull();
		expect(await findWayIn(app, lastToken(app))).not.toBeNull();
	});

	test('ends after fourteen days, and with the person’s access', async () => {
		const { app, leader, kim } = await openHouse();
		await makeInvitation(app, leader, kim.person);
		await app.runJobs();
		const token = lastToken(app);
		later(app, 14 * day - minute);
		expect(await findWayIn(app, token)).not.toBeNull();
		later(app, minute);
		expect(await findWayIn(app, token)).toBeNull();

		await makeInvitation(app, leader, kim.person);
		await app.runJobs();
		await app.db.write((tx) => closePerson(tx, kim.person, '2026-03-28'));
		expect(await findWayIn(app, lastToken(app))).toBeNull();
	});

	test('is not sent where there is no address, or nobody left to get it', async () => {
		const { app, house, leader, kim } = await openHouse();
		const sam = await hireWithoutMail(app, house.id, house.north);
		expect(await makeInvitation(app, leader, sam.person)).toBe('no-address');
		await makeInvitation(app, leader, kim.person);
		await app.db.write((tx) => closePerson(tx, kim.person, '2026-03-14'));
		await app.runJobs();
		expect(app.mailer.sent).toEqual([]);
	});
});

describe('8.2.1: a way in is made', () => {
	test('by no stranger, no colleague, and for nobody elsewhere', async () => {
		const { app, house, leader, admin, kim } = await openHouse();
		const south = await house.hire('Sune', house.south);
		const elsewhere = await makeOrganisation(app, 'Other');
		const foreign = await elsewhere.hire('Fie', elsewhere.top, 'administrator');
		const refusals: [typeof kim, string, string][] = [
			[kim, leader.person, 'forbidden'],
			[kim, kim.person, 'forbidden'],
			[leader, south.person, 'not-found'],
			[leader, foreign.person, 'not-found'],
			[foreign, kim.person, 'not-found'],
			[leader, newId(), 'not-found']
		];
		for (const [actor, person, code] of refusals) {
			await expect(makeLetter(app, actor, person)).rejects.toMatchObject({ code });
			await expect(makeInvitation(app, actor, person)).rejects.toMatchObject({ code });
		}
		await makeLetter(app, admin, south.person);
		await makeLetter(app, leader, kim.person);
	});

	test('by no leader for who may do more than they', async () => {
		const { app, house, leader, admin } = await openHouse();
		const above = await house.hire('Abe', house.north, 'leader', house.top);
		const boss = await house.hire('Bea', house.north, 'administrator', house.top);
		const key = await house.hire('Kai', house.north, 'key-staff');
		const editor = await house.hire('Eli', house.north, 'editor', house.top);
		for (const { person } of [above, boss, editor])
			await expect(makeLetter(app, leader, person)).rejects.toMatchObject({ code: 'forbidden' });
		await makeLetter(app, leader, key.person);
		await makeLetter(app, admin, above.person);
		await makeLetter(app, admin, boss.person);
	});
});

describe('a letter', () => {
	test('has a link and a code for one and the same way in', async () => {
		const { app, house, leader } = await openHouse();
		const sam = await hireWithoutMail(app, house.id, house.north);
		const letter = await makeLetter(app, leader, sam.person);
		expect(letter).toMatchObject({
			name: 'Sam Sorensen',
			signInName: 'sam.s',
			organisation: 'Acme',
			workplace: 'Acme north',
			locale: 'da',
			worksUntil: '2026-04-13'
		});
		expect(letter.code).toMatch(/^([0-9A-Z]{4}-){2}[0-9A-Z]{4}$/);
		const tried = await findWayInByCode(app, letter.code.toLowerCase(), from);
		expect(tried).toMatchObject({ outcome: 'found', wayIn: { mayWait: true } });
		const entered = await enter(app, { code: letter.code }, null, from, { isShared: true });
		expect(entered.outcome).toBe('signed-in');
		expect(await findWayIn(app, letter.link.split('/').at(-1) ?? '')).toBeNull();
		expect(await hasPassword(app.db.read, sam.person)).toBe(false);
	});

	test('does not let in unnoticed who has a password: it must be replaced, and they are told', async () => {
		const { app, leader, kim } = await openHouse();
		const hash = await hashPassword(good);
		await app.db.write((tx) => setPassword(tx, kim.person, hash));
		const own = await app.sessions.begin(kim.person, 'password');
		const { code } = await makeLetter(app, leader, kim.person);
		expect(await enter(app, { code }, null, from, {})).toMatchObject({ outcome: 'password' });
		const entered = await enter(app, { code }, 'vandkande sofapude gran', from, {});
		expect(entered.outcome).toBe('signed-in');
		expect(await app.sessions.read(own.token)).toBeNull();
		await app.runJobs();
		expect(app.mailer.sent.map(({ subject }) => subject)).toEqual(['Din adgangskode er ny']);
	});

	test('6.3.1: cannot be guessed: wrong codes slow the network down', async () => {
		const { app } = await openHouse();
		const outcomes = new Set<string>();
		for (let count = 0; count < 31; count += 1) {
			const code = String(count).padStart(12, '0');
			outcomes.add((await findWayInByCode(app, code, from)).outcome);
		}
		expect([...outcomes]).toEqual(['refused', 'slow-down']);
	});

	test('keeps what a password must be', async () => {
		const { app, leader, kim } = await openHouse();
		const { code } = await makeLetter(app, leader, kim.person);
		for (const [password, fault] of [
			['too short', 'too-short'],
			['Acme-Acme-Kim-1', 'common']
		] as const)
			expect(await enter(app, { code }, password, from, {})).toMatchObject({
				outcome: 'password',
				fault
			});
		expect((await enter(app, { code }, good, from, {})).outcome).toBe('signed-in');
	});
});

describe('6.3.1: a new password is asked for', () => {
	test('with one and the same answer and work, whether there is such a person or not', async () => {
		const { app, house, kim } = await openHouse();
		await hireWithoutMail(app, house.id, house.north);
		const names = [`${kim.person}@acme.example`, 'nobody@acme.example', 'sam.s', 'nobody'];
		for (const name of names)
			expect(await askForReset(app, name, from)).toEqual({ outcome: 'asked' });
		const asked = await app.db.read.select().from(jobs).where(eq(jobs.event, 'reset.asked'));
		expect(asked.map(({ payload }) => Object.keys(payload).sort())).toEqual(
			names.map(() => ['occasion', 'person'])
		);
		await app.runJobs();
		expect(app.mailer.sent.map(({ to }) => to.address)).toEqual([names[0]]);
	});

	test('6.4.3: works for half an hour, and ends what was open elsewhere', async () => {
		const { app, kim } = await openHouse();
		const hash = await hashPassword(good);
		await app.db.write((tx) => setPassword(tx, kim.person, hash));
		const elsewhere = await app.sessions.begin(kim.person, 'password');
		await askForReset(app, `${kim.person}@ACME.example`, from);
		await app.runJobs();
		const token = lastToken(app);
		later(app, 29 * minute);
		expect(await findWayIn(app, token)).not.toBeNull();
		expect((await enter(app, { token }, 'vandkande sofapude gran', from, {})).outcome).toBe(
			'signed-in'
		);
		expect(await app.sessions.read(elsewhere.token)).toBeNull();

		await askForReset(app, `${kim.person}@acme.example`, from);
		await app.runJobs();
		later(app, 30 * minute);
		expect(await findWayIn(app, app.mailer.sent.map(({ text }) => text).join())).toBeNull();
		expect(await findWayIn(app, lastToken(app))).toBeNull();
	});

	test('not so often that it fills a mailbox', async () => {
		const { app, kim } = await openHouse();
		const ask = () => askForReset(app, `${kim.person}@acme.example`, from);
		for (let count = 0; count < 5; count += 1) expect((await ask()).outcome).toBe('asked');
		expect((await ask()).outcome).toBe('slow-down');
	});
});

describe('7.3.1 and 7.3.2: a session ends', () => {
	test.each([
		['of staff', 'Kim', false, 8 * 60, 7 * 24 * 60],
		['of an administrator', 'Ada', false, 30, 12 * 60],
		['on a shared tablet', 'Kim', true, 15, 8 * 60],
		['of an administrator on a shared tablet', 'Ada', true, 15, 8 * 60]
	])('%s', async (_, who, isShared, idle, absolute) => {
		const { app, kim, admin } = await openHouse();
		const { person } = who === 'Ada' ? admin : kim;
		const quiet = await app.sessions.begin(person, 'password', { isShared });
		later(app, idle * minute - 1);
		expect(await app.sessions.read(quiet.token)).not.toBeNull();
		later(app, idle * minute);
		expect(await app.sessions.read(quiet.token)).toBeNull();

		const busy = await app.sessions.begin(person, 'password', { isShared });
		const step = idle * minute - 1;
		for (let spent = step; spent < absolute * minute; spent += step) {
			later(app, step);
			expect(await app.sessions.read(busy.token)).not.toBeNull();
		}
		later(app, step);
		expect(await app.sessions.read(busy.token)).toBeNull();
	});

	test('and is put off by a write at most once per half of its time', async () => {
		const { app, kim } = await openHouse();
		const { token } = await app.sessions.begin(kim.person, 'password');
		const put: boolean[] = [];
		for (let hour = 0; hour < 12; hour += 1) {
			later(app, 60 * minute);
			put.push((await app.sessions.read(token))?.prolonged ?? false);
		}
		expect(put.filter(Boolean)).toHaveLength(3);
	});
});

describe('one’s own sessions', () => {
	test('7.5.2: are listed by device, and ended one by one or all but this', async () => {
		const { app, kim, leader } = await openHouse();
		const begin = async (device: string) => {
			later(app, minute);
			const { token } = await app.sessions.begin(kim.person, 'password', { device });
			return { token, handle: (await app.sessions.read(token))?.handle ?? '' };
		};
		const phone = await begin('Firefox, Android');
		const office = await begin('Edge, Windows');
		const here = await begin('Safari, iPad');
		const listed = await listSessions(app, kim, here.handle);
		expect(listed.map(({ device, isThisOne }) => [device, isThisOne])).toEqual([
			['Safari, iPad', true],
			['Edge, Windows', false],
			['Firefox, Android', false]
		]);
		expect(JSON.stringify(listed)).not.toContain(phone.token);

		await endSession(app, leader, phone.handle);
		expect(await app.sessions.read(phone.token)).not.toBeNull();
		await endSession(app, kim, phone.handle);
		expect(await app.sessions.read(phone.token)).toBeNull();
		expect(await endOtherSessions(app, kim, here.handle)).toBe(1);
		expect(await app.sessions.read(office.token)).toBeNull();
		expect(await app.sessions.read(here.token)).not.toBeNull();
		expect(await eventsOf(app, kim.person)).toEqual(['session.ended', 'session.ended']);
	});

	test('7.4.3: end elsewhere with a new password', async () => {
		const { app, kim } = await openHouse();
		const other = await app.sessions.begin(kim.person, 'password');
		const { token } = await app.sessions.begin(kim.person, 'password');
		const handle = (await app.sessions.read(token))?.handle ?? '';
		expect(await setOwnPassword(app, kim, 'kim kim kim kim', handle)).toBe('common');
		expect(await setOwnPassword(app, kim, good, handle)).toBeNull();
		expect(await app.sessions.read(other.token)).toBeNull();
		expect(await app.sessions.read(token)).not.toBeNull();
	});

	test('7.4.1: end at once, and are gone, when access does', async () => {
		const { app, kim } = await openHouse();
		const { token } = await app.sessions.begin(kim.person, 'password');
		await app.db.write((tx) => closePerson(tx, kim.person, '2026-03-14'));
		expect(await app.sessions.read(token)).toBeNull();
		expect(await app.db.read.select().from(sessions)).toEqual([]);
	});
});

test('16.3.1: sign-in, refusal and sign-out are logged, without what was typed', async () => {
	const { app, kim } = await openHouse();
	const hash = await hashPassword(good);
	await app.db.write((tx) => setPassword(tx, kim.person, hash));
	const name = `${kim.person}@acme.example`;
	await signIn(app, { name: 'secret.typed@acme.example', password: good }, from, {});
	await signIn(app, { name, password: 'secret-typed-wrong' }, from, {});
	const result = await signIn(app, { name, password: good }, from, {});
	if (result.outcome !== 'signed-in') throw new Error('sign-in failed');
	await signOut(app, kim, result.token);
	expect(await eventsOf(app, kim.person)).toEqual(['sign-in.refused', 'sign-in', 'sign-out']);
	const rows = await app.db.read.select().from(audit);
	expect(rows.filter(({ event }) => event === 'sign-in.refused')).toHaveLength(2);
	expect(JSON.stringify(rows)).not.toMatch(/typed|@/);
});

test('6.2.1: a user name signs in like an address', async () => {
	const { app, house } = await openHouse();
	const sam = await hireWithoutMail(app, house.id, house.north);
	const hash = await hashPassword(good);
	await app.db.write((tx) => setPassword(tx, sam.person, hash));
	expect((await signIn(app, { name: ' Sam.S ', password: good }, from, {})).outcome).toBe(
		'signed-in'
	);
});

describe('6.3.2: the first administrator', () => {
	const wanted = { email: 'Ada@kommune.example', name: 'Ada', organisation: 'Fjordby' };

	test('comes in by a link that works once, into an organisation of that name', async () => {
		const app = makeApp();
		const created = await createAdministrator(app.db, { ...wanted, now: app.now() });
		if (created.outcome !== 'created') throw new Error(created.outcome);
		const entered = await enter(app, { token: created.token }, good, from, {});
		if (entered.outcome !== 'signed-in') throw new Error(entered.outcome);
		const actor = await findActor(app.db.read, entered.person);
		expect(actor?.grants).toMatchObject([{ role: 'administrator' }]);
	});

	test('is made anew as long as they have not come in, and nobody else then', async () => {
		const app = makeApp();
		const first = await createAdministrator(app.db, { ...wanted, now: app.now() });
		const second = await createAdministrator(app.db, { ...wanted, now: app.now() });
		if (first.outcome !== 'created' || second.outcome !== 'created') throw new Error('not made');
		expect(await findWayIn(app, first.token)).toBeNull();
		const bo = { ...wanted, email: 'bo@kommune.example' };
		expect(await createAdministrator(app.db, { ...bo, now: app.now() })).toEqual({
			outcome: 'there-is-one'
		});
		await enter(app, { token: second.token }, good, from, {});
		expect(await createAdministrator(app.db, { ...wanted, now: app.now() })).toEqual({
			outcome: 'there-is-one'
		});
		const letters = await app.db.read
			.select()
			.from(entryTokens)
			.where(and(eq(entryTokens.purpose, 'invitation')));
		expect(letters).toHaveLength(2);
	});
});

describe('a link for a new password', () => {
	/** Kim with a password and an address; then somebody else puts in another one. */
	async function moveAddress() {
		const { app, admin, kim } = await openHouse();
		const hash = await hashPassword(good);
		await app.db.write((tx) => setPassword(tx, kim.person, hash));
		const form = { name: 'Kim', username: '', employeeId: '', locale: 'da' as const };
		await changePerson(app, admin, kim.person, { ...form, email: 'elsewhere@acme.example' });
		return { app, kim };
	}

	async function askAndCome(app: TestApp) {
		await askForReset(app, 'elsewhere@acme.example', from);
		await app.runJobs();
		return enter(app, { token: lastToken(app) }, `${good} igen`, from, {});
	}

	test('to an address that somebody else has put in lets in without what was private, and says so', async () => {
		const { app } = await moveAddress();
		expect(await askAndCome(app)).toMatchObject({ outcome: 'signed-in', isMadeByOther: true });
		expect(app.mailer.sent.find(({ text }) => text.includes('/invitations/'))?.text).toContain(
			'Din mailadresse er ændret af andre'
		);
		// What was private is gone by then, so that the address is theirs from now on.
		expect(await askAndCome(app)).toMatchObject({ outcome: 'signed-in', isMadeByOther: false });
	});

	test('costs nothing once the person has signed in with the password they had', async () => {
		const { app } = await moveAddress();
		const typed = { name: 'elsewhere@acme.example', password: good };
		expect(await signIn(app, typed, from, {})).toMatchObject({ outcome: 'signed-in' });
		expect(await askAndCome(app)).toMatchObject({ outcome: 'signed-in', isMadeByOther: false });
	});
});
