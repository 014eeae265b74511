import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { audit } from '#lib/audit/tables.server.ts';
import { insertCourseCompletion } from '#lib/completion/completions.server.ts';
import { courseCompletions } from '#lib/completion/tables.server.ts';
import { newId } from '#lib/id.ts';
import { people } from '#lib/identity/tables.server.ts';
import { noteAbsence, strikeAbsence } from '#lib/workplaces/absences.server.ts';
import { addPerson, type NewColleague } from '#lib/workplaces/add-person.server.ts';
import { changePerson } from '#lib/workplaces/change-person.server.ts';
import { findPeople, type PeopleWish } from '#lib/workplaces/find-people.server.ts';
import { bringBack, endAccess } from '#lib/workplaces/leaving.server.ts';
import { movePerson } from '#lib/workplaces/move-person.server.ts';
import { readRecord } from '#lib/workplaces/record.server.ts';
import { giveRole } from '#lib/workplaces/roles.server.ts';
import { makeLetter } from '#lib/workplaces/ways-in.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { makeOrganisation } from '#tests/support/world.ts';
import { actions as imported } from '../../src/routes/admin/import/[import]/+page.server.ts';
import { actions as letters } from '../../src/routes/admin/import/[import]/letters/+page.server.ts';
import { actions as ofPerson } from '../../src/routes/admin/people/[person]/+page.server.ts';
import { actions as inTeam } from '../../src/routes/team/[workplace]/people/[person]/+page.server.ts';

async function openMunicipality() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const admin = await org.hire('Ada', org.top, 'administrator');
	const lea = await org.hire('Lea', org.north, 'leader');
	const other = await makeOrganisation(app, 'Beta');
	const stranger = await other.hire('Bea', other.top, 'administrator');
	return { app, org, admin, lea, other, stranger };
}

const colleague = (workplace: string, more: Partial<NewColleague> = {}): NewColleague => ({
	id: newId(),
	name: 'Mette Sørensen',
	email: '',
	username: '',
	employeeId: '',
	locale: null,
	workplace,
	role: null,
	isAnother: false,
	...more
});

const formOf = (more: Partial<NewColleague>) => {
	const { name, email, username, employeeId, locale } = colleague('', more);
	return { name, email, username, employeeId, locale };
};

const wish = (more: Partial<PeopleWish> = {}): PeopleWish => ({
	query: '',
	workplace: null,
	hasLeft: false,
	page: 1,
	...more
});

async function add(app: App, actor: Actor, input: NewColleague): Promise<string> {
	const result = await addPerson(app, actor, input);
	if (!('added' in result)) throw new Error(JSON.stringify(result));
	return result.added;
}

const rowOf = async (app: App, id: string) =>
	(await app.db.read.select().from(people).where(eq(people.id, id)))[0]!;

const today = '2026-03-14';

describe('a leader adds a substitute', () => {
	test('without an address, who gets a user name made from their name', async () => {
		const { app, org, lea } = await openMunicipality();
		const first = await add(app, lea, colleague(org.north));
		const second = await add(app, lea, colleague(org.north, { name: 'Mette Schmidt' }));
		expect(await rowOf(app, first)).toMatchObject({ username: 'mette.s', email: null });
		expect(await rowOf(app, second)).toMatchObject({ username: 'mette.s2' });
		const letter = await makeLetter(app, lea, second);
		expect(letter).toMatchObject({ name: 'Mette Schmidt', signInName: 'mette.s2' });
	});

	test('once, however often the form arrives', async () => {
		const { app, org, lea } = await openMunicipality();
		const form = colleague(org.north);
		expect(await add(app, lea, form)).toBe(await add(app, lea, form));
		expect((await findPeople(app, lea, wish({ query: 'mette' }))).total).toBe(1);
	});

	test('8.4.1 in no other house, and in no other organisation', async () => {
		const { app, org, lea, other } = await openMunicipality();
		for (const workplace of [org.south, org.top, other.north])
			await expect(addPerson(app, lea, colleague(workplace))).rejects.toMatchObject({
				code: 'not-found'
			});
	});

	test('15.3.3 as nothing more than they may name', async () => {
		const { app, org, lea } = await openMunicipality();
		await add(app, lea, colleague(org.north, { role: 'peer-supporter' }));
		for (const role of ['leader', 'administrator'] as const)
			await expect(
				addPerson(app, lea, colleague(org.north, { name: 'Ny Leder', role }))
			).rejects.toMatchObject({ code: 'forbidden' });
	});
});

describe('somebody who is there already', () => {
	test('is told by address, number and name', async () => {
		const { app, org, admin } = await openMunicipality();
		const known = await add(
			app,
			admin,
			colleague(org.north, { email: 'mette@acme.example', employeeId: 'F-1' })
		);
		const told = { person: known, name: 'Mette Sørensen', whose: 'reached', hasLeft: false };
		expect(
			await addPerson(
				app,
				admin,
				colleague(org.south, {
					name: 'mette sorensen',
					email: ' Mette@ACME.example',
					employeeId: 'F-1',
					isAnother: true
				})
			)
		).toEqual({
			faults: {},
			duplicates: [
				{ field: 'email', ...told },
				{ field: 'employeeId', ...told }
			]
		});
		const sameName = colleague(org.south, { name: 'METTE SØRENSEN' });
		expect(await addPerson(app, admin, sameName)).toEqual({
			faults: {},
			duplicates: [{ field: 'name', ...told }]
		});
		await add(app, admin, { ...sameName, isAnother: true });
	});

	test('is not told to a leader who does not reach them', async () => {
		const { app, org, admin, lea } = await openMunicipality();
		await add(app, admin, colleague(org.south, { email: 'mette@acme.example' }));
		const form = colleague(org.north, { email: 'mette@acme.example' });
		expect(await addPerson(app, lea, form)).toEqual({
			faults: {},
			duplicates: [{ field: 'email', whose: 'colleague', person: null, name: null, hasLeft: false }]
		});
	});

	test('8.4.1 in another organisation is told nothing of', async () => {
		const { app, org, admin, other, stranger } = await openMunicipality();
		await add(
			app,
			stranger,
			colleague(other.north, { email: 'mette@x.example', employeeId: 'F-1', username: 'mette' })
		);
		const form = colleague(org.north, {
			email: 'mette@x.example',
			employeeId: 'F-1',
			username: 'mette'
		});
		const silent = { whose: 'nobody', person: null, name: null, hasLeft: false };
		expect(await addPerson(app, admin, form)).toEqual({
			faults: {},
			duplicates: [
				{ field: 'email', ...silent },
				{ field: 'username', ...silent }
			]
		});
	});
});

describe('search', () => {
	test('finds Sørensen by "sorensen", a number and a part of an address', async () => {
		const { app, org, admin } = await openMunicipality();
		const id = await add(
			app,
			admin,
			colleague(org.north, { email: 'ms@acme.example', employeeId: 'F-1042' })
		);
		for (const query of [
			'sorensen',
			'SØRENSEN met',
			'mette.s'.slice(0, 5),
			'1042',
			'ms@acme',
			'f-10'
		])
			expect(
				(await findPeople(app, admin, wish({ query }))).people.map((one) => one.id),
				query
			).toEqual([id]);
		for (const query of ['sorensen ada', 'sor_zz', '%', '"; drop table people'])
			expect((await findPeople(app, admin, wish({ query }))).people.length, query).not.toBe(1);
	});

	test('lists in Danish order, a page at a time, what a leader reaches', async () => {
		const { app, org, lea, admin } = await openMunicipality();
		for (const name of ['Åse A', 'Øjvind B', 'Zita C', 'Ærø D']) await org.hire(name, org.north);
		await org.hire('Sam', org.south);
		const found = await findPeople(app, lea, wish());
		expect(found.people.map(({ name }) => name)).toEqual([
			'Lea',
			'Zita C',
			'Ærø D',
			'Øjvind B',
			'Åse A'
		]);
		for (let count = 0; count < 60; count += 1) await org.hire(`Kim ${count}`, org.south);
		const last = await findPeople(app, admin, wish({ page: 9 }));
		expect(last).toMatchObject({ page: 2, pages: 2, total: 67 });
		expect(last.people).toHaveLength(17);
	});

	test('8.4.1 finds nobody of another organisation, nor by one of its workplaces', async () => {
		const { app, org, admin, stranger, lea } = await openMunicipality();
		expect((await findPeople(app, stranger, wish())).people.map(({ name }) => name)).toEqual([
			'Bea'
		]);
		await expect(findPeople(app, stranger, wish({ workplace: org.north }))).rejects.toMatchObject({
			code: 'not-found'
		});
		await expect(findPeople(app, lea, wish({ workplace: org.top }))).rejects.toMatchObject({
			code: 'not-found'
		});
		// By chance these letters may stand in somebody's address.
		const { people } = await findPeople(app, admin, wish({ query: 'bea' }));
		expect(people.map(({ name }) => name)).not.toContain('Bea');
	});

	test('tells a leader nothing of where else somebody works', async () => {
		const { app, org, admin, lea } = await openMunicipality();
		const kim = await org.hire('Kim', org.north);
		await movePerson(app, admin, kim.person, { leave: [], join: [org.south] });
		const [found] = (await findPeople(app, lea, wish({ query: 'kim' }))).people;
		expect(found?.workplaces.map(({ id }) => id)).toEqual([org.north]);
		expect(await readRecord(app, lea, kim.person)).toMatchObject({
			workplaces: [{ id: org.north }],
			worksElsewhere: true
		});
	});
});

describe('a person', () => {
	test('gets another name and address, and is found by them', async () => {
		const { app, org, admin } = await openMunicipality();
		const kim = await org.hire('Kim', org.north);
		const form = formOf({ name: 'Kim Åkjær', email: 'Kim.A@acme.example', locale: 'en' });
		expect(await changePerson(app, admin, kim.person, form)).toBeNull();
		expect((await findPeople(app, admin, wish({ query: 'akjaer' }))).total).toBe(1);
		expect(await rowOf(app, kim.person)).toMatchObject({
			email: 'kim.a@acme.example',
			locale: 'en'
		});
		expect(await changePerson(app, admin, kim.person, formOf({ name: 'Kim' }))).toMatchObject({
			faults: { email: 'no-way-in' }
		});
	});

	test('moves, and works in several houses, but never nowhere', async () => {
		const { app, org, admin } = await openMunicipality();
		const kim = await org.hire('Kim', org.north);
		const where = async () =>
			(await readRecord(app, admin, kim.person)).workplaces.map(({ id }) => id).sort();
		await movePerson(app, admin, kim.person, { leave: [], join: [org.south] });
		expect(await where()).toEqual([org.north, org.south].sort());
		await movePerson(app, admin, kim.person, { leave: [org.north], join: [] });
		await expect(
			movePerson(app, admin, kim.person, { leave: [org.south], join: [] })
		).rejects.toMatchObject({ message: 'works-nowhere' });
		expect(await where()).toEqual([org.south]);
	});

	test('is away on some days, and nothing but the days is kept', async () => {
		const { app, org, lea } = await openMunicipality();
		const kim = await org.hire('Kim', org.north);
		const absence = { id: newId(), fromDay: today, untilDay: '2026-04-01' };
		for (const fault of [
			{ fromDay: '2026-02-30', untilDay: null, fault: 'day-shape' },
			{ fromDay: today, untilDay: '2026-03-13', fault: 'ends-before' },
			{ fromDay: '1926-03-14', untilDay: null, fault: 'too-far' }
		])
			expect(await noteAbsence(app, lea, kim.person, { ...absence, ...fault })).toEqual({
				fault: fault.fault
			});
		await noteAbsence(app, lea, kim.person, absence);
		await noteAbsence(app, lea, kim.person, absence);
		expect((await readRecord(app, lea, kim.person)).absences).toEqual([absence]);
		expect((await findPeople(app, lea, wish({ query: 'kim' }))).people[0]).toMatchObject({
			isAway: true
		});
		await strikeAbsence(app, lea, kim.person, absence.id);
		expect((await readRecord(app, lea, kim.person)).absences).toEqual([]);
	});

	test('who leaves is out at once, keeps what they completed, and may come back', async () => {
		const { app, org, lea, admin } = await openMunicipality();
		const kim = await org.hire('Kim', org.north, 'key-staff');
		const { token } = await app.sessions.begin(kim.person, 'password');
		const completion = {
			person: kim.person,
			course: 'basic',
			version: 'v',
			day: '2026-03-01',
			source: 'learned' as const,
			cycle: 1,
			by: 'course' as const
		};
		await app.db.write((tx) => insertCourseCompletion(tx, completion));
		expect(await endAccess(app, lea, kim.person, '2026-03-15')).toEqual({ fault: 'day-ahead' });
		expect(await app.sessions.read(token)).not.toBeNull();

		expect(await endAccess(app, lea, kim.person, today)).toEqual({ fault: null });
		expect(await app.sessions.read(token)).toBeNull();
		await expect(makeLetter(app, lea, kim.person)).rejects.toMatchObject({ code: 'not-found' });
		await expect(
			giveRole(app, lea, kim.person, { role: 'key-staff', workplace: org.north })
		).rejects.toMatchObject({ message: 'has-left' });
		expect(await app.db.read.select().from(courseCompletions)).toHaveLength(1);
		expect((await findPeople(app, lea, wish({ hasLeft: true }))).total).toBe(1);

		await bringBack(app, admin, kim.person, org.south);
		expect(await readRecord(app, admin, kim.person)).toMatchObject({
			closedOn: null,
			roles: [],
			workplaces: [{ id: org.south }]
		});
	});

	test('with a role above the leader’s reach is neither ended nor let in by the leader', async () => {
		const { app, org, lea, admin } = await openMunicipality();
		const boss = await org.hire('Bo', org.north, 'administrator', org.top);
		await expect(endAccess(app, lea, boss.person, today)).rejects.toMatchObject({
			code: 'forbidden'
		});
		await expect(makeLetter(app, lea, boss.person)).rejects.toMatchObject({ code: 'forbidden' });
		const areaAdmin = await org.hire('Nor', org.north, 'administrator');
		await expect(
			changePerson(app, areaAdmin, boss.person, formOf({ name: 'Bo', email: 'me@acme.example' }))
		).rejects.toMatchObject({ code: 'forbidden', message: 'above-you' });
		expect(
			await changePerson(app, admin, boss.person, formOf({ email: 'bo@acme.example' }))
		).toBeNull();
	});
});

test('a look at a record is in the log, once for each who looks and each day', async () => {
	const { app, org, lea, admin } = await openMunicipality();
	const kim = await org.hire('Kim', org.north);
	for (const actor of [lea, lea, admin]) await readRecord(app, actor, kim.person);
	app.setNow(new Date('2026-03-15T09:00:00Z'));
	await readRecord(app, lea, kim.person);
	const looks = await app.db.read.select().from(audit).where(eq(audit.event, 'record.read'));
	expect(looks.map(({ actor, role, workplace }) => ({ actor, role, workplace }))).toEqual([
		{ actor: lea.person, role: 'leader', workplace: org.north },
		{ actor: admin.person, role: 'administrator', workplace: org.top },
		{ actor: lea.person, role: 'leader', workplace: org.north }
	]);
});

/** Everything that can be done to a person, by id. */
const deeds: readonly [string, (app: App, actor: Actor, person: string, at: string) => unknown][] =
	[
		['look at', (app, actor, person) => readRecord(app, actor, person)],
		[
			'change',
			(app, actor, person) => changePerson(app, actor, person, formOf({ username: 'x9' }))
		],
		['move', (app, actor, person, at) => movePerson(app, actor, person, { leave: [], join: [at] })],
		[
			'note away',
			(app, actor, person) =>
				noteAbsence(app, actor, person, { id: newId(), fromDay: today, untilDay: null })
		],
		['end', (app, actor, person) => endAccess(app, actor, person, today)],
		['bring back', (app, actor, person, at) => bringBack(app, actor, person, at)],
		['let in', (app, actor, person) => makeLetter(app, actor, person)]
	];

describe('8.4.1 nobody can', () => {
	test.each(deeds)('%s a person of another organisation', async (_, deed) => {
		const { app, org, other, stranger } = await openMunicipality();
		const kim = await org.hire('Kim', org.north);
		const before = await rowOf(app, kim.person);
		for (const at of [org.north, other.north])
			await expect(deed(app, stranger, kim.person, at)).rejects.toMatchObject({
				code: 'not-found'
			});
		expect(await rowOf(app, kim.person)).toEqual(before);
	});

	test.each(['staff', 'key-staff', 'peer-supporter', 'editor'] as const)(
		'do anything to a colleague as %s',
		async (role) => {
			const { app, org } = await openMunicipality();
			const kim = await org.hire('Kim', org.north);
			const sam = await org.hire('Sam', org.top, role);
			for (const [name, deed] of deeds)
				await expect(deed(app, sam, kim.person, org.north), name).rejects.toMatchObject({
					code: 'forbidden'
				});
			await expect(findPeople(app, sam, wish())).rejects.toMatchObject({ code: 'forbidden' });
		}
	);
});

describe('7.5.1 how somebody else gets in', () => {
	/** What an action of a page answers to somebody who has not shown for a while who they are. */
	async function ask(
		action: (event: never) => unknown,
		app: App,
		asked: { actor: Actor; params: Record<string, string>; form: Record<string, string> }
	): Promise<string> {
		const event = makeEvent(app, { ...asked, isFresh: false });
		try {
			await action(event as never); // each action asks for the event of its own route
			return 'done';
		} catch (thrown) {
			return (thrown as { location: string }).location;
		}
	}

	test('is changed, or printed, by nobody who has not shown lately who they are', async () => {
		const { app, org, admin, lea } = await openMunicipality();
		const kim = await org.hire('Kim', org.north);
		const [before] = await app.db.read.select().from(people).where(eq(people.id, kim.person));
		const form = {
			...{ name: 'Kim', email: before!.email ?? '', username: before!.username ?? '' },
			...{ employeeId: '', locale: '' }
		};
		const params = { person: kim.person };
		const change = (more: Partial<typeof form>) =>
			ask(ofPerson.change, app, { actor: admin, params, form: { ...form, ...more } });
		const back = (path: string) => `/sign-in/again?to=${encodeURIComponent(path)}`;
		const page = `/admin/people/${kim.person}`;
		expect(await change({ name: 'Kim Krog' })).toBe(`${page}?done=changed`);
		for (const more of [{ email: 'me@acme.example' }, { username: 'kk7' }, { employeeId: 'N7' }])
			expect(await change({ name: 'Kim Krog', ...more })).toBe(back(`${page}#change`));
		expect(await ask(ofPerson.letter, app, { actor: admin, params, form: {} })).toBe(back(page));
		const team = { workplace: org.north, person: kim.person };
		expect(await ask(inTeam.letter, app, { actor: lea, params: team, form: {} })).toBe(
			back(`/team/${org.north}/people/${kim.person}`)
		);
		const list = { import: newId() };
		for (const action of [imported.apply, imported.undo, letters.default])
			expect(await ask(action, app, { actor: admin, params: list, form: {} })).toBe(
				back(`/admin/import/${list.import}`)
			);
		const [after] = await app.db.read.select().from(people).where(eq(people.id, kim.person));
		expect(after).toEqual({
			...before,
			name: 'Kim Krog',
			locale: null,
			searchText: after!.searchText
		});
	});
});
