import { and, eq, inArray } from 'drizzle-orm';
import type { Catalogue } from '#lib/content/catalogue.ts';
import type { Course } from '#lib/content/course.ts';
import { newId } from '#lib/id.ts';
import { insertMany, upsertMany } from '#lib/server/db/insert-many.ts';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { assign, findHolding, type Assignment } from './assigning.ts';
import { readAbove, readFacts, type PersonFacts } from './facts.server.ts';
import { listCounted, spread, type Counted } from './places.ts';
import { findRenewal } from './renewal.ts';
import { newestOf, standAt, type Standing } from './standing.ts';
import { TallyChanges } from './tally.server.ts';
import { writeTerms } from './terms.server.ts';
import { assignments, counted, staleStandings, standings } from './tables.server.ts';

/** The most people who are settled in one transaction, so that others write soon after. */
export const settledAtOnce = 60;

/**
 * Works out anew what is asked of people and where they stand, and counts them accordingly: from what
 * has happened and the day, so that doing it once more changes nothing. At most {@link settledAtOnce}
 * people where others wait.
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
	const counts = new TallyChanges();
	const changes: Changes = {
		ended: [],
		asked: [],
		stands: [],
		standsNoMore: [],
		counted: [],
		countedNoMore: []
	};
	for (const facts of await readFacts(tx, some)) {
		const known = before.of(facts.person);
		const asked = settleAssignments(changes, catalogue, facts, today);
		const now = facts.isHere ? standAll(catalogue, { ...facts, assignments: asked }, today) : [];
		const places = facts.isHere ? listCounted(facts.whereabouts) : [];
		compareStandings(changes, facts.person, known.standings, now);
		compareCounted(changes, facts.person, known.counted, places);
		addUp(counts, spread(known.counted, before.above), known.standings, -1);
		addUp(counts, spread(places, facts.whereabouts.above), now, 1);
	}
	await write(tx, changes, today);
	await counts.write(tx, today.slice(0, 7));
	await tx.delete(staleStandings).where(inArray(staleStandings.person, some));
}

/** What is to be written for some people, gathered so that many rows go at a time. */
interface Changes {
	/** Ids of assignments. */
	ended: string[];
	asked: (typeof assignments.$inferInsert)[];
	stands: (typeof standings.$inferInsert)[];
	standsNoMore: { person: string; course: string }[];
	counted: (typeof counted.$inferInsert)[];
	countedNoMore: { person: string; workplace: string; role: string }[];
}

const dropStanding = (tx: Writer) =>
	prepared(tx, 'drop_standing', (handle) =>
		handle
			.delete(standings)
			.where(and(eq(standings.person, given('person')), eq(standings.course, given('course'))))
			.prepare('drop_standing')
	);

const dropCounted = (tx: Writer) =>
	prepared(tx, 'drop_counted', (handle) =>
		handle
			.delete(counted)
			.where(
				and(
					eq(counted.person, given('person')),
					eq(counted.workplace, given('workplace')),
					eq(counted.role, given('role'))
				)
			)
			.prepare('drop_counted')
	);

async function write(tx: Writer, changes: Changes, today: string): Promise<void> {
	await insertMany(tx, assignments, changes.asked);
	if (changes.ended.length > 0)
		await tx
			.update(assignments)
			.set({ endedOn: today })
			.where(inArray(assignments.id, changes.ended));
	await upsertMany(tx, standings, changes.stands, ['person', 'course'], 'replace');
	await insertMany(tx, counted, changes.counted);
	for (const one of changes.standsNoMore) await dropStanding(tx).execute(one);
	for (const one of changes.countedNoMore) await dropCounted(tx).execute(one);
}

export type Stands = Standing & { course: string };

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

/** Finds what is asked now that was not, and what is asked no more; all that was ever asked. */
function settleAssignments(
	changes: Changes,
	{ courses }: Catalogue,
	{ person, rules, assignments: made, completions }: PersonFacts,
	today: string
): readonly Assignment[] {
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
			changes.ended.push(...change.end);
			for (const { terms, ...one } of added)
				changes.asked.push({
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
export function standAll({ courses }: Catalogue, facts: PersonFacts, today: string): Stands[] {
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

function compareStandings(
	changes: Changes,
	person: string,
	before: readonly Stands[],
	now: readonly Stands[]
): void {
	for (const standing of now) {
		const stood = before.find(({ course }) => course === standing.course);
		if (!stood || !isSame(stood, standing)) changes.stands.push({ person, ...standing });
	}
	for (const { course } of before)
		if (!now.some((one) => one.course === course)) changes.standsNoMore.push({ person, course });
}

const isSame = (a: Stands, b: Stands) =>
	(Object.keys(b) as (keyof Stands)[]).every((name) => a[name] === b[name]);

function compareCounted(
	changes: Changes,
	person: string,
	before: readonly Counted[],
	now: readonly Counted[]
): void {
	const has = (list: readonly Counted[], { workplace, role }: Counted) =>
		list.some((one) => one.workplace === workplace && one.role === role);
	for (const { workplace, role } of now)
		if (!has(before, { workplace, role })) changes.counted.push({ person, workplace, role });
	for (const { workplace, role } of before)
		if (!has(now, { workplace, role })) changes.countedNoMore.push({ person, workplace, role });
}
