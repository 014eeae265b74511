import { and, eq, inArray } from 'drizzle-orm';
import type { Catalogue } from '#lib/content/catalogue.ts';
import type { Course } from '#lib/content/course.ts';
import { newId } from '#lib/id.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { assign, findHolding, type Assignment } from './assigning.ts';
import { readAbove, readFacts, type PersonFacts } from './facts.server.ts';
import { listCounted, spread, type Counted } from './places.ts';
import { findRenewal } from './renewal.ts';
import { newestOf, standAt, type Standing } from './standing.ts';
import { TallyChanges } from './tally.server.ts';
import { writeTerms } from './terms.server.ts';
import { assignments, counted, staleStandings, standings } from './tables.server.ts';

/** The most people who are settled in one transaction. */
export const settledAtOnce = 100;

/**
 * Works out anew what is asked of people and where they stand, and counts them accordingly: from what
 * has happened and the day, so that doing it once more changes nothing. At most {@link settledAtOnce}
 * people.
 */
export async function settle(
	tx: Writer,
	catalogue: Catalogue,
	ids: readonly string[],
	today: string
): Promise<void> {
	const some = [...new Set(ids)];
	if (some.length === 0) return;
	const before = await readBefore(tx, some);
	const changes = new TallyChanges();
	for (const facts of await readFacts(tx, some)) {
		const asked = await settleAssignments(tx, catalogue, facts, today);
		const now = facts.isHere ? standAll(catalogue, { ...facts, assignments: asked }, today) : [];
		const known = before.of(facts.person);
		const places = facts.isHere ? listCounted(facts.whereabouts) : [];
		await writeStandings(tx, facts.person, known.standings, now);
		await writeCounted(tx, facts.person, known.counted, places);
		addUp(changes, spread(known.counted, before.above), known.standings, -1);
		addUp(changes, spread(places, facts.whereabouts.above), now, 1);
	}
	await changes.write(tx, today.slice(0, 7));
	await tx.delete(staleStandings).where(inArray(staleStandings.person, some));
}

type Stands = Standing & { course: string };

interface Before {
	standings: readonly Stands[];
	counted: readonly Counted[];
}

/** How these people stood and where they were counted, with the tree above those places. */
async function readBefore(tx: Writer, some: string[]) {
	const stood = await tx.select().from(standings).where(inArray(standings.person, some));
	const places = await tx.select().from(counted).where(inArray(counted.person, some));
	const standingsOf = Map.groupBy(stood, ({ person }) => person);
	const placesOf = Map.groupBy(places, ({ person }) => person);
	return {
		above: await readAbove(tx, [...new Set(places.map(({ workplace }) => workplace))]),
		of: (person: string): Before => ({
			// Only ever written below.
			standings: (standingsOf.get(person) ?? []) as Stands[],
			counted: (placesOf.get(person) ?? []).map(({ workplace, role }) => ({ workplace, role }))
		})
	};
}

/** Writes what is asked now that was not, and ends what is asked no more; all that was ever asked. */
async function settleAssignments(
	tx: Writer,
	{ courses }: Catalogue,
	{ person, rules, assignments: made, completions }: PersonFacts,
	today: string
): Promise<readonly Assignment[]> {
	let all = made;
	for (const { slug: course } of courses) {
		// A course that is done and to be renewed is first asked, then asked again.
		for (;;) {
			const change = assign(
				rules.filter((rule) => rule.course === course),
				all.filter((one) => one.course === course),
				newestOf(completions.get(course) ?? []),
				today
			);
			if (change.end.length === 0 && change.add.length === 0) break;
			const added = change.add.map((one) => ({ ...one, id: newId(), course, endedOn: null }));
			if (change.end.length > 0)
				await tx
					.update(assignments)
					.set({ endedOn: today })
					.where(inArray(assignments.id, [...change.end]));
			for (const { terms, ...one } of added)
				await tx.insert(assignments).values({
					...one,
					person,
					...(terms ? writeTerms(terms) : { graceDays: 0 })
				});
			all = [
				...all.map((one) => (change.end.includes(one.id) ? { ...one, endedOn: today } : one)),
				...added
			];
		}
	}
	return all;
}

/** Where a person stands in each course that they have anything to do with. */
function standAll({ courses }: Catalogue, facts: PersonFacts, today: string): Stands[] {
	return courses.flatMap((course) => {
		const own = facts.assignments.filter((one) => one.course === course.slug);
		const assignment = findHolding(own);
		const completions = facts.completions.get(course.slug) ?? [];
		const completion = newestOf(completions);
		const modules = facts.modules.get(course.slug) ?? [];
		if (!assignment && !completion && modules.length === 0) return [];
		const rule = facts.rules.find((one) => one.course === course.slug);
		const terms = assignment?.origin === 'rule' ? assignment.terms : (rule?.terms ?? null);
		const span = rule && terms && completion ? findRenewal(completion.day, terms) : null;
		const open = assignment && {
			cycle: assignment.cycle,
			by: assignment.by,
			isAsked: assignment.origin === 'rule',
			assignedOn: assignment.assignedOn,
			dueOn: assignment.dueOn,
			graceDays: assignment.terms?.graceDays ?? 0
		};
		const standing = standAt(
			{
				absences: facts.absences,
				waivers: facts.waivers.filter((one) => one.course === course.slug),
				assignment: open,
				completions,
				modulesCompleted: countModules(course, modules, open ?? { cycle: 1, by: 'course' }),
				renewsOn: span?.opensOn ?? null
			},
			today
		);
		return [{ course: course.slug, ...standing }];
	});
}

/** Of the modules that a cycle asks for: a module that the course no longer has is none of them. */
function countModules(
	{ modules, refresher }: Course,
	done: readonly { module: string; cycle: number }[],
	{ cycle, by }: { cycle: number; by: string }
): number {
	const wanted = by === 'refresher' ? [refresher] : modules;
	return wanted.filter((one) =>
		done.some(({ module, cycle: when }) => module === one?.slug && when === cycle)
	).length;
}

function addUp(
	changes: TallyChanges,
	where: readonly Counted[],
	stood: readonly Stands[],
	change: 1 | -1
): void {
	for (const { workplace, role } of where) {
		changes.countPerson(workplace, role, change);
		for (const { course, state, isValid } of stood)
			changes.countStanding({ workplace, course, role }, { state, isValid }, change);
	}
}

async function writeStandings(
	tx: Writer,
	person: string,
	before: readonly Stands[],
	now: readonly Stands[]
): Promise<void> {
	for (const { course, ...standing } of now) {
		const stood = before.find((one) => one.course === course);
		if (stood && isSame(stood, { course, ...standing })) continue;
		await tx
			.insert(standings)
			.values({ person, course, ...standing })
			.onConflictDoUpdate({ target: [standings.person, standings.course], set: standing });
	}
	for (const { course } of before) {
		if (now.some((one) => one.course === course)) continue;
		await tx
			.delete(standings)
			.where(and(eq(standings.person, person), eq(standings.course, course)));
	}
}

const isSame = (a: Stands, b: Stands) =>
	(Object.keys(b) as (keyof Stands)[]).every((name) => a[name] === b[name]);

async function writeCounted(
	tx: Writer,
	person: string,
	before: readonly Counted[],
	now: readonly Counted[]
): Promise<void> {
	const has = (list: readonly Counted[], { workplace, role }: Counted) =>
		list.some((one) => one.workplace === workplace && one.role === role);
	for (const one of now) if (!has(before, one)) await tx.insert(counted).values({ person, ...one });
	for (const one of before) {
		if (has(now, one)) continue;
		await tx
			.delete(counted)
			.where(
				and(
					eq(counted.person, person),
					eq(counted.workplace, one.workplace),
					eq(counted.role, one.role)
				)
			);
	}
}
