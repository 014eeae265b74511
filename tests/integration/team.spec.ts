import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/audit/tables.server.ts';
import { insertCourseCompletion } from '#lib/completion/completions.server.ts';
import { settleAll } from '#lib/completion/stale.server.ts';
import { states } from '#lib/completion/state.ts';
import { assignmentRules, standings, waivers } from '#lib/completion/tables.server.ts';
import { listTeamDue } from '#lib/completion/team-due.server.ts';
import { openTeam } from '#lib/completion/team.server.ts';
import { fold } from '#lib/identity/fold.ts';
import { people } from '#lib/identity/tables.server.ts';
import { newId } from '#lib/id.ts';
import { insertMany } from '#lib/server/db/insert-many.ts';
import { addDays, dayOf } from '#lib/time.ts';
import { absences, memberships } from '#lib/workplaces/tables.server.ts';
import { addMember, grantRole, insertWorkplace } from '#lib/workplaces/tree.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { readTeam, readTeamPeople } from '#tests/support/team.ts';
import { unzip } from '#tests/support/unzip.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';
import { GET as getCsv } from '../../src/routes/team/[workplace]/report.csv/+server.ts';
import { GET as getWorkbook } from '../../src/routes/team/[workplace]/report.xlsx/+server.ts';
import { load as loadHouse } from '../../src/routes/team/[workplace]/+page.server.ts';

const course = 'basic';

async function complete(app: TestApp, { person }: Pick<Actor, 'person'>, day: string) {
	const done = { person, course, version: 'v', day, source: 'learned', cycle: 1 } as const;
	await app.db.write((tx) => insertCourseCompletion(tx, { ...done, by: 'course' }));
}

async function ask(app: TestApp, org: TestOrganisation, workplace: string, dueDays = 30) {
	await app.db.write((tx) =>
		tx.insert(assignmentRules).values({
			id: newId(),
			organisation: org.id,
			workplace,
			role: 'staff',
			course,
			dueDays,
			graceDays: 0,
			madeOn: dayOf(app.now())
		})
	);
}

/** So many people at a workplace at once, by the names given. */
async function crowd(app: TestApp, org: TestOrganisation, workplace: string, names: string[]) {
	const rows = names.map((name) => ({ id: newId(), name }));
	await app.db.writeMuch(async (tx, breathe) => {
		await insertMany(
			tx,
			people,
			rows.map(({ id, name }) => ({
				id,
				name,
				organisation: org.id,
				email: `${id}@acme.example`,
				searchText: fold(name)
			})),
			breathe
		);
		await insertMany(
			tx,
			memberships,
			rows.map(({ id }) => ({ workplace, person: id })),
			breathe
		);
	});
	await settleAll(app);
	return rows.map(({ id }) => id);
}

const ofHouse = (app: TestApp, actor: Actor, workplace: string, query = '') => {
	return makeEvent(app, { actor, params: { workplace }, url: `/team/${workplace}${query}` });
};

const read = async (answer: unknown) => (await answer) as Response;

describe('what a leader counts', () => {
	test('is what one counts person by person, whatever has happened', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.record({
						houses: fc.constantFrom<string[]>(['north'], ['south'], ['north', 'south'], ['top']),
						does: fc.subarray(['complete', 'away', 'waive', 'key-staff'])
					}),
					{ minLength: 1, maxLength: 12 }
				),
				fc.constantFrom('none', 'top', 'north'),
				fc.nat({ max: 60 }),
				async (staff, rule, days) => {
					const app = makeApp({ tidyUp: (work) => works.push(work) });
					const org = await makeOrganisation(app, 'Acme');
					const leader = await org.hire('Lea', org.top, 'leader');
					const today = dayOf(app.now());
					const known = new Map([[leader.person, ['top']]]);
					if (rule !== 'none') await ask(app, org, rule === 'top' ? org.top : org.north);
					for (const [index, { houses, does }] of staff.entries()) {
						const kim = await org.hire(`Kim ${index}`, org[houses[0] as 'north']);
						known.set(kim.person, houses);
						if (does.includes('complete')) await complete(app, kim, today);
						await app.db.write(async (tx) => {
							const { person } = kim;
							for (const house of houses.slice(1))
								await addMember(tx, org[house as 'north'], person);
							if (does.includes('away'))
								await tx.insert(absences).values({ id: newId(), person, fromDay: today });
							if (does.includes('waive'))
								await tx.insert(waivers).values({
									id: newId(),
									person,
									course,
									reason: 'short-stay',
									fromDay: today,
									madeOn: today
								});
							if (does.includes('key-staff'))
								await grantRole(tx, {
									id: newId(),
									person,
									role: 'key-staff',
									workplace: org[houses[0] as 'north']
								});
						});
					}
					app.setNow(new Date(app.now().getTime() + days * 86_400_000));
					await settleAll(app);
					const stood = await app.db.read.select().from(standings);
					const stateOf = new Map(stood.map((row) => [row.person, row]));
					const isAbout = (person: string) => rule === 'none' || stateOf.has(person);
					for (const [name, workplace] of [
						['top', org.top],
						['north', org.north],
						['south', org.south]
					] as const) {
						const own = [...known]
							.filter(([, houses]) => name === 'top' || houses.includes(name))
							.map(([person]) => person)
							.filter(isAbout);
						const { counts } = await readTeam(app, leader, course, workplace);
						expect(counts.total).toBe(own.length);
						expect(counts.valid).toBe(own.filter((one) => stateOf.get(one)?.isValid).length);
						for (const state of states) {
							const there = own.filter(
								(one) => (stateOf.get(one)?.state ?? 'not-started') === state
							);
							expect([state, counts.byState[state]]).toEqual([state, there.length]);
							const listed = await readTeamPeople(app, leader, { workplace, state });
							expect(listed.people.map(({ person }) => person).sort()).toEqual(there.sort());
						}
						const whole = await readTeam(app, leader, course, null);
						if (own.length > 0)
							expect(whole.units.find(({ id }) => id === workplace)?.counts).toEqual(counts);
					}
				}
			),
			{ numRuns: 15 }
		);
		for (const work of works.splice(0)) await work();
	}, 120_000);

	test('has everybody once for who leads two houses side by side', async () => {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Acme');
		const lea = await org.hire('Lea', org.north, 'leader');
		const bea = await org.hire('Bea', org.south);
		await org.hire('Tom', org.top);
		await app.db.write(async (tx) => {
			await addMember(tx, org.south, lea.person);
			const grant = { person: lea.person, role: 'leader', workplace: org.south } as const;
			await grantRole(tx, { id: newId(), ...grant });
		});
		await complete(app, bea, '2026-03-01');
		const both = {
			...lea,
			grants: [...lea.grants, { role: 'leader', workplace: org.south }]
		} as Actor;
		const report = await readTeam(app, both, course, null);
		expect(report.counts).toMatchObject({ total: 2, valid: 1 });
		expect(report.units.map(({ name, counts }) => [name, counts.total])).toEqual([
			['Acme north', 1],
			['Acme south', 2]
		]);
		expect((await readTeamPeople(app, both)).people.map(({ name }) => name)).toEqual([
			'Bea',
			'Lea'
		]);
	});

	test('is one level of a large tree, with a way down and up', async () => {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Acme');
		const lea = await org.hire('Lea', org.top, 'leader');
		await app.db.write(async (tx) => {
			for (let index = 0; index < 60; index += 1)
				await insertWorkplace(tx, {
					id: newId(),
					organisation: org.id,
					parent: org.north,
					name: `House ${index}`,
					setting: null
				});
		});
		await org.hire('Kim', org.north);
		const whole = await readTeam(app, lea, course, null);
		expect(whole.isWholeTree).toBe(false);
		expect(whole.units.map(({ name, depth }) => [name, depth])).toEqual([
			['Acme top', 0],
			['Acme north', 1]
		]);
		expect((await openTeam(app, lea, course, org.north)).above?.name).toBe('Acme top');
		const nora = await org.hire('Nora', org.north, 'leader');
		expect((await openTeam(app, nora, course, org.north)).above).toBeNull();
	});
});

const works: (() => unknown)[] = [];

describe('the list of people', () => {
	test('is sorted by the Danish alphabet and found without Danish letters', async () => {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Acme');
		const lea = await org.hire('Lea', org.top, 'leader');
		const late = await org.hire('Åse Sørensen', org.north);
		await org.hire('Ærø Bo', org.south, 'key-staff');
		await org.hire('Zoë', org.south);
		await complete(app, late, '2026-03-01');
		const names = async (wish: Parameters<typeof readTeamPeople>[2]) =>
			(await readTeamPeople(app, lea, wish)).people.map(({ name }) => name);
		expect(await names({})).toEqual(['Lea', 'Zoë', 'Ærø Bo', 'Åse Sørensen']);
		expect(await names({ query: 'sorensen' })).toEqual(['Åse Sørensen']);
		expect(await names({ query: 'SØREN ase' })).toEqual(['Åse Sørensen']);
		expect(await names({ query: '%' })).toHaveLength(4);
		expect(await names({ role: 'key-staff' })).toEqual(['Ærø Bo']);
		expect(await names({ at: org.south })).toEqual(['Zoë', 'Ærø Bo']);
		expect(await names({ at: org.south, workplace: org.north })).toEqual([]);
		expect(await names({ state: 'completed' })).toEqual(['Åse Sørensen']);
		expect(await names({ sort: 'completed' })).toEqual(['Åse Sørensen', 'Lea', 'Zoë', 'Ærø Bo']);
		expect(await names({ sort: 'workplace' })).toEqual(['Åse Sørensen', 'Zoë', 'Ærø Bo', 'Lea']);
	});

	test('8.4.1 holds nobody of another organisation, whatever is searched for', async () => {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Acme');
		const other = await makeOrganisation(app, 'Beta');
		const lea = await org.hire('Lea', org.top, 'leader');
		await other.hire('Kim Fremmed', other.top);
		expect((await readTeamPeople(app, lea, { query: 'kim' })).people).toEqual([]);
		expect((await readTeamPeople(app, lea, { at: other.top })).people).toEqual([]);
	});

	test('comes fifty at a time, and of more than five hundred only who is asked for', async () => {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Acme');
		const lea = await org.hire('Lea', org.top, 'leader');
		const names = Array.from({ length: 1000 }, (_, at) => `Kim ${String(at).padStart(4, '0')}`);
		await crowd(app, org, org.north, names);
		const page = async (query: string) =>
			(await loadHouse(ofHouse(app, lea, org.north, query) as never)) as Awaited<{
				team: {
					listing: { total: number; page: number; pages: number; people: { name: string }[] };
				};
			}>;
		expect((await page('')).team.listing).toBeNull();
		const { listing } = (await page('?state=not-started&page=2')).team;
		expect(listing).toMatchObject({ total: 1000, page: 2, pages: 20 });
		expect(listing.people.map(({ name }) => name)).toEqual(names.slice(50, 100));
		const found = (await page('?q=kim+000')).team.listing;
		expect(found).toMatchObject({ total: 10, pages: 1 });
		expect((await page('?q=kim&page=99')).team.listing).toMatchObject({ page: 20 });
	}, 60_000);
});

describe('what is due in sixty days', () => {
	test('is listed by day, without whoever is away', async () => {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Acme');
		const lea = await org.hire('Lea', org.top, 'leader');
		await org.hire('Kim', org.north);
		const away = await org.hire('Ada', org.north);
		const today = dayOf(app.now());
		await app.db.write((tx) =>
			tx.insert(absences).values({ id: newId(), person: away.person, fromDay: today })
		);
		await ask(app, org, org.north, 40);
		const due = await listTeamDue(app, await openTeam(app, lea, course, org.north), 1);
		expect(due.people.map(({ name, dueOn }) => [name, dueOn])).toEqual([
			['Kim', addDays(today, 40)]
		]);
		expect(due.fortnights.map(({ people: count }) => count)).toEqual([0, 0, 1, 0]);
		expect(due.fortnights.at(-1)?.until).toBe(addDays(today, 60));
	});
});

describe('a list to keep', () => {
	test('has every column, and no cell that a spreadsheet takes for a formula', async () => {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Acme');
		const lea = await org.hire('Lea', org.top, 'leader');
		const kim = await org.hire('=HYPERLINK("x";"Kim")', org.north, 'key-staff');
		await complete(app, kim, '2026-03-01');
		const csv = await read(getCsv(ofHouse(app, lea, org.north) as never));
		const bytes = new Uint8Array(await csv.arrayBuffer());
		expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
		const [head, first, end] = new TextDecoder().decode(bytes).split('\r\n');
		expect(head).toBe('Navn;Arbejdsplads;Roller;Kursus;Status;Fuldført den;Frist;Moduler');
		expect(first).toMatch(
			/^"'=HYPERLINK\(""x"";""Kim""\)";Acme north;Nøglemedarbejder;[^;]+;Fuldført;2026-03-01;;0 af \d+$/
		);
		expect(end).toBe('');

		const workbook = await read(getWorkbook(ofHouse(app, lea, org.north) as never));
		const sheets = unzip(new Uint8Array(await workbook.arrayBuffer()));
		const all = Object.values(sheets).join('\n');
		expect(all).toContain('=HYPERLINK(');
		expect(all).not.toMatch(/<f>/);
		expect(all).toContain('state="frozen"');
		expect(all).toContain('Nøglemedarbejder');
		const log = await app.db.read.select().from(audit).where(eq(audit.event, 'data.exported'));
		expect(log).toHaveLength(2);
	});

	test('is filtered as the page is', async () => {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Acme');
		const lea = await org.hire('Lea', org.top, 'leader');
		const kim = await org.hire('Kim', org.north);
		await org.hire('Bo', org.north);
		await complete(app, kim, '2026-03-01');
		const csv = await read(getCsv(ofHouse(app, lea, org.top, '?state=completed') as never));
		expect((await csv.text()).split('\r\n').slice(1)).toEqual([expect.stringMatching(/^Kim;/), '']);
	});

	test('of five thousand people leaves the process to others in between', async () => {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Acme');
		const lea = await org.hire('Lea', org.top, 'leader');
		const names = Array.from({ length: 5000 }, (_, at) => `Kim ${String(at).padStart(4, '0')}`);
		await crowd(app, org, org.north, names);
		let turns = 0;
		let isDone = false;
		const others = (async () => {
			while (!isDone) {
				await new Promise((resolve) => setImmediate(resolve));
				turns += 1;
			}
		})();
		const response = await read(getCsv(ofHouse(app, lea, org.north) as never));
		const pieces: string[] = [];
		const decoder = new TextDecoder();
		for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>)
			pieces.push(decoder.decode(piece, { stream: true }));
		isDone = true;
		await others;
		const lines = pieces.join('').split('\r\n');
		expect(lines).toHaveLength(5002);
		expect(lines.slice(1, -1).map((line) => line.split(';')[0])).toEqual(names);
		expect(pieces.length).toBeGreaterThan(20);
		// At least once for every few slices of five milliseconds.
		expect(turns).toBeGreaterThan(10);
		await expect(read(getWorkbook(ofHouse(app, lea, org.north) as never))).rejects.toMatchObject({
			status: 422
		});
	}, 120_000);
});

test('8.4.1 a stranger gets none of it', async () => {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const other = await makeOrganisation(app, 'Beta');
	const bea = await other.hire('Bea', other.top, 'leader');
	await expect(readTeam(app, bea, course, org.top)).rejects.toMatchObject({ code: 'not-found' });
	await expect(readTeamPeople(app, bea, { workplace: org.north })).rejects.toMatchObject({
		code: 'not-found'
	});
	for (const get of [getCsv, getWorkbook])
		await expect(read(get(ofHouse(app, bea, org.north) as never))).rejects.toMatchObject({
			status: 404
		});
});
