import fc from 'fast-check';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import {
	assignmentRules,
	counted,
	headcounts,
	standings,
	tallies,
	waivers
} from '#lib/completion/tables.server.ts';
import {
	insertCourseCompletion,
	insertModuleCompletion
} from '#lib/completion/completions.server.ts';
import { readHeadcounts, readTallies } from '#lib/completion/tally.server.ts';
import { settleAll } from '#lib/completion/stale.server.ts';
import { staleStandings } from '#lib/completion/tables.server.ts';
import { newId } from '#lib/id.ts';
import { addDays, dayOf } from '#lib/time.ts';
import { absences, memberships, workplaces } from '#lib/workplaces/tables.server.ts';
import { hangUnder } from '#lib/workplaces/move-workplace.server.ts';
import { closePerson } from '#lib/identity/people.server.ts';
import { people } from '#lib/identity/tables.server.ts';
import { addMember, grantRole } from '#lib/workplaces/tree.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';

/** Everything that is kept beside the events, in an order of its own. */
async function readKept({ db }: TestApp) {
	const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
	const isSomething = (row: Record<string, unknown>) =>
		Object.values(row).some((value) => typeof value === 'number' && value !== 0);
	return {
		standings: sorted(await db.read.select().from(standings)),
		counted: sorted(await db.read.select().from(counted)),
		headcounts: sorted((await db.read.select().from(headcounts)).filter(isSomething)),
		tallies: sorted((await db.read.select().from(tallies)).filter(isSomething))
	};
}

/** Throws all of it away and makes it anew. */
async function rebuild(app: TestApp) {
	await app.db.write(async (tx) => {
		for (const table of [standings, counted, headcounts, tallies]) await tx.delete(table);
		for (const { id } of await tx.select({ id: people.id }).from(people))
			await tx.insert(staleStandings).values({ person: id }).onConflictDoNothing();
	});
	await settleAll(app);
}

const works: (() => unknown)[] = [];

describe('what is kept of who stands where', () => {
	test('is what one would find by making it anew, whatever has happened in whatever order', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(
					fc.record({
						what: fc.constantFrom(
							'module',
							'course',
							'refresh',
							'away',
							'back',
							'waive',
							'move',
							'leave',
							'return',
							'grant',
							'rule',
							'end-rule',
							'tree',
							'delete',
							'time'
						),
						who: fc.nat({ max: 5 }),
						where: fc.nat({ max: 2 }),
						days: fc.integer({ min: 1, max: 200 })
					}),
					{ minLength: 1, maxLength: 25 }
				),
				async (steps) => {
					const app = makeApp({ tidyUp: (work) => works.push(work) });
					const org = await makeOrganisation(app, 'Fjordby');
					const houses = [org.north, org.south, org.top];
					const staff = [];
					for (let index = 0; index < 6; index += 1)
						staff.push((await org.hire(`P${index}`, houses[index % 3]!)).person);
					const gone = new Set<string>();
					for (const { what, who, where, days } of steps) {
						const person = staff[who]!;
						if (gone.has(person)) continue;
						const [workplace, today] = [houses[where]!, dayOf(app.now())];
						const done = {
							person,
							course: 'basic',
							version: 'v',
							day: today,
							source: 'learned'
						} as const;
						await app.db.write(async (tx) => {
							if (what === 'module')
								await insertModuleCompletion(tx, { ...done, module: 'what-is-trauma', cycle: 1 });
							if (what === 'course')
								await insertCourseCompletion(tx, { ...done, cycle: 1, by: 'course' });
							if (what === 'refresh')
								await insertCourseCompletion(tx, { ...done, cycle: 2, by: 'refresher' });
							if (what === 'away')
								await tx.insert(absences).values({
									id: newId(),
									person,
									fromDay: addDays(today, days - 50),
									untilDay: where ? addDays(today, days) : null
								});
							if (what === 'back') await tx.delete(absences).where(eq(absences.person, person));
							if (what === 'waive')
								await tx.insert(waivers).values({
									id: newId(),
									person,
									course: 'basic',
									reason: 'short-stay',
									fromDay: today,
									untilDay: addDays(today, days),
									madeOn: today
								});
							if (what === 'move') {
								await tx.delete(memberships).where(eq(memberships.person, person));
								await addMember(tx, workplace, person);
							}
							if (what === 'leave') await closePerson(tx, person, today);
							if (what === 'return')
								await tx.update(people).set({ closedOn: null }).where(eq(people.id, person));
							if (what === 'grant')
								await grantRole(tx, { id: newId(), person, role: 'key-staff', workplace });
							if (what === 'rule')
								await tx.insert(assignmentRules).values({
									id: newId(),
									organisation: org.id,
									workplace,
									role: who % 2 ? 'staff' : 'key-staff',
									course: 'basic',
									dueDays: days,
									graceDays: where * 7,
									renewBy: 'refresher',
									renewMonths: 6,
									madeOn: today
								});
							if (what === 'end-rule')
								await tx
									.update(assignmentRules)
									.set({ endedOn: today })
									.where(eq(assignmentRules.workplace, workplace));
							if (what === 'tree') await hangUnder(tx, org.south, where ? org.north : org.top);
							if (what === 'delete') {
								gone.add(person);
								await tx.delete(people).where(eq(people.id, person));
							}
						});
						if (what === 'time') app.setNow(new Date(app.now().getTime() + days * 86_400_000));
						await settleAll(app);
					}
					const kept = await readKept(app);
					for (const { id } of await app.db.read.select({ id: workplaces.id }).from(workplaces)) {
						const [tallied, headed] = [
							await readTallies(app.db.read, id),
							await readHeadcounts(app.db.read, id)
						];
						for (const row of tallied)
							expect(await app.db.read.select().from(tallies)).toContainEqual(row);
						for (const row of headed)
							expect(await app.db.read.select().from(headcounts)).toContainEqual(row);
					}
					await rebuild(app);
					expect(await readKept(app)).toEqual(kept);
				}
			),
			{ numRuns: 40 }
		);
		for (const work of works) await work();
	}, 120_000);
});
