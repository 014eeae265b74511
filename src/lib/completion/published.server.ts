import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { newId } from '#lib/id.ts';
import { people, organisations } from '#lib/identity/tables.server.ts';
import { insertMany } from '#lib/server/db/insert-many.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { createBreathe, type Breathe } from '#lib/server/slices.ts';
import { dayOf } from '#lib/time.ts';
import { findTop } from '#lib/workplaces/places.server.ts';
import { listOpenWorkplaces } from '#lib/workplaces/open-tree.server.ts';
import { orderAsTree } from '#lib/workplaces/tree-order.ts';
import {
	blendShares,
	countPerson,
	listGains,
	nobodyReached,
	type Gains,
	type Reached,
	type Shares
} from './coverage.ts';
import { trainedBy } from './trained.server.ts';
import { noGrouping, regroup, type Grouping, type PublishGroup } from './publish-groups.ts';
import { isDueForRelease, sumCounts } from './release.ts';
import { leastCounted } from './shown-groups.ts';
import { noStates, type Counts, type State } from './state.ts';
import {
	assignmentRules,
	counted,
	moduleCompletions,
	published,
	publishedGroups,
	publishedPeople,
	standings
} from './tables.server.ts';

/** What is published of a workplace in a course. */
export interface PublishedCounts {
	/** The earliest day on which any part of it was counted. */
	asOf: string;
	counts: Counts;
	/** False where somebody who works there now is not counted, or somebody is who has gone. */
	isWhole: boolean;
	/** As it was published last in each month, `YYYY-MM`. */
	months: Readonly<Record<string, { valid: number; total: number }>>;
}

/** What is published of how far a workplace is covered. */
export interface PublishedCoverage {
	asOf: string;
	/** How many people it is about. */
	people: number;
	shares: Shares;
}

interface CountsBody {
	courses: Record<string, PublishedCounts>;
}

/** What was published of a group, and when. */
interface GroupBody {
	counts: Record<string, { on: string; counts: Counts }>;
	reached: { on: string; reached: Reached } | null;
}

/** How somebody stood, by course, and of which courses they hold a valid refresher. */
interface PersonBody {
	stands: Record<string, [State, boolean]>;
	refreshed: string[];
}

/** How many months a curve goes back. */
export const monthsKept = 36;

/** How many people are read, or written, at a time. */
const atOnce = 500;

/** The course of those who are counted whatever is asked of them. */
const everybody = '';

interface PersonNow {
	isHere: boolean;
	reach: ReadonlySet<string>;
	stands: Record<string, [State, boolean]>;
	asked: readonly string[];
	modules: readonly string[];
	refreshed: string[];
}

interface Kept {
	group: string | null;
	since: string;
	isResting: boolean;
	body: PersonBody;
}

/** Publishes for every organisation what is due: by night, and once for one of which nothing is there. */
export async function publishAll(app: App): Promise<void> {
	const all = await app.db.read.select({ id: organisations.id }).from(organisations);
	for (const { id } of all) await publish(app, id);
}

/** The same for organisations of which nothing is published yet. */
export async function publishMissing(app: App): Promise<void> {
	const all = await app.db.read.select({ id: organisations.id }).from(organisations);
	for (const { id } of all) await publishIfMissing(app, id);
}

const running = new WeakMap<App['db'], Map<string, Promise<void>>>();

/** Publishes for an organisation of which nothing is published yet, for who is about to show it. */
export async function publishIfMissing(app: App, organisation: string): Promise<void> {
	const top = await findTop(app.db.read, organisation);
	if (!top) return;
	const [found] = await app.db.read
		.select({ day: published.day })
		.from(published)
		.where(and(eq(published.workplace, top.id), eq(published.kind, 'counts')));
	if (!found) await publish(app, organisation);
}

/**
 * Publishes for an organisation what is due today: see `publish-groups.ts` for whom numbers are about
 * and `release.ts` for when they change. Twice on a day, or by two at a time, it is done once.
 */
export async function publish(app: App, organisation: string): Promise<void> {
	let own = running.get(app.db);
	if (!own) running.set(app.db, (own = new Map()));
	const before = own.get(organisation);
	if (before) return before;
	const work = carryOut(app, organisation);
	own.set(organisation, work);
	try {
		await work;
	} finally {
		own.delete(organisation);
	}
}

async function carryOut(app: App, organisation: string): Promise<void> {
	const breathe = createBreathe();
	const today = dayOf(app.now());
	const { read } = app.db;
	const tree = orderAsTree(await listOpenWorkplaces(read, organisation));
	const parentOf = new Map(tree.map(({ id, parent }) => [id, parent]));
	const places = tree
		.map(({ id, depth }) => ({ id, depth }))
		.toSorted((a, b) => a.depth - b.depth || (a.id < b.id ? -1 : 1));
	const { now, kept } = await readPeople(read, organisation, parentOf, breathe);
	const groupsBefore = await readGroups(read, organisation);
	const gains = listGains(app.library.catalogue, trainedBy(app.library));
	const outcomes = app.library.catalogue.framework.outcomes.length;
	const ruled = await listRuledCourses(read, organisation);
	const allCourses = app.library.catalogue.courses.map(({ slug }) => slug);
	const isOwn = (course: string) =>
		ruled.has(course) || groupsBefore.some((group) => group.course === course);
	const shared = allCourses.filter((course) => !isOwn(course));

	const results: Result[] = [];
	let base: Grouping = noGrouping;
	for (const course of [everybody, ...allCourses.filter(isOwn)]) {
		const reach = new Map<string, ReadonlySet<string>>();
		for (const [person, one] of now) {
			const isAsked = course === everybody || !ruled.has(course) || one.asked.includes(course);
			if (one.isHere && one.reach.size > 0 && isAsked) reach.set(person, one.reach);
		}
		await breathe();
		const own = groupsBefore.filter((group) => group.course === course);
		const isNew = course !== everybody && own.length === 0 && !kept.get(course)?.size;
		const before = isNew ? splitOff(base, reach) : gatherBefore(own, kept.get(course));
		const grouping = regroup(before, reach, places, today, newId);
		if (course === everybody) base = grouping;
		await breathe();
		const bodies = await releaseGroups({
			grouping,
			before: new Map(own.map((group) => [group.id, group])),
			courses: course === everybody ? shared : [course],
			coverage: course === everybody ? { gains, outcomes } : null,
			now,
			kept: kept.get(course),
			today,
			breathe
		});
		results.push({ course, grouping, bodies, reach });
	}
	await writePeople(app, results, now, kept, today, breathe);
	await writePublished(app, organisation, results, { places, today, breathe });
}

interface Result {
	course: string;
	grouping: Grouping;
	bodies: ReadonlyMap<string, GroupBody>;
	reach: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Where a rule is new: its people come out of those who have been counted whatever was asked of them. A
 * group of which all but a few are asked is kept as it is, since the few would be what is left.
 */
function splitOff(base: Grouping, reach: ReadonlyMap<string, unknown>): Grouping {
	const groups = base.groups.filter(({ people }) => {
		const left = people.filter((person) => !reach.has(person)).length;
		return left < leastCounted && left < people.length;
	});
	return { ...noGrouping, groups: groups.map((group) => ({ ...group, id: newId() })) };
}

interface GroupRow extends Omit<PublishGroup, 'people'> {
	course: string;
	body: GroupBody;
}

async function readGroups(read: Reader, organisation: string): Promise<GroupRow[]> {
	const rows = await read
		.select()
		.from(publishedGroups)
		.where(eq(publishedGroups.organisation, organisation));
	return rows.map(({ id, course, workplaces, size, body }) => ({
		id,
		course,
		size,
		// Only ever written below.
		workplaces: workplaces as string[],
		body: body as GroupBody
	}));
}

function gatherBefore(
	groups: readonly GroupRow[],
	kept: ReadonlyMap<string, Kept> | undefined
): Grouping {
	const peopleOf = new Map<string, string[]>(groups.map(({ id }) => [id, []]));
	const waiting = new Map<string, string>();
	const resting = new Map<string, string>();
	for (const [person, { group, since, isResting }] of kept ?? []) {
		const own = group === null ? undefined : peopleOf.get(group);
		if (own) own.push(person);
		else if (isResting) resting.set(person, since);
		else waiting.set(person, since);
	}
	return {
		groups: groups.map(({ id, workplaces, size }) => ({
			id,
			workplaces,
			size,
			people: peopleOf.get(id) ?? []
		})),
		waiting,
		resting
	};
}

async function listRuledCourses(read: Reader, organisation: string): Promise<Set<string>> {
	const rows = await read
		.selectDistinct({ course: assignmentRules.course })
		.from(assignmentRules)
		.where(and(eq(assignmentRules.organisation, organisation), isNull(assignmentRules.endedOn)));
	return new Set(rows.map(({ course }) => course));
}

/** Everybody of an organisation as they are now, and as they were when it was last published. */
async function readPeople(
	read: Reader,
	organisation: string,
	parentOf: ReadonlyMap<string, string | null>,
	breathe: Breathe
) {
	const now = new Map<string, PersonNow>();
	const kept = new Map<string, Map<string, Kept>>();
	const reachOf = createReach(parentOf);
	const text = new Map<string, string>();
	/** The same name of a module is one text, however many have completed it. */
	const intern = (name: string) => text.get(name) ?? (text.set(name, name), name);
	for (let last = ''; ;) {
		const some = await read
			.select({ id: people.id, closedOn: people.closedOn })
			.from(people)
			.where(and(eq(people.organisation, organisation), gt(people.id, last)))
			.orderBy(asc(people.id))
			.limit(atOnce);
		if (some.length === 0) return { now, kept };
		last = some.at(-1)?.id ?? last;
		const ids = some.map(({ id }) => id);
		const works = await read
			.select({ person: counted.person, workplace: counted.workplace })
			.from(counted)
			.where(and(inArray(counted.person, ids), eq(counted.role, 'staff')));
		await breathe();
		const stood = await read
			.select({
				person: standings.person,
				course: standings.course,
				state: standings.state,
				isValid: standings.isValid,
				isAsked: standings.isAsked
			})
			.from(standings)
			.where(inArray(standings.person, ids));
		await breathe();
		const done = await read
			.selectDistinct({
				person: moduleCompletions.person,
				course: moduleCompletions.course,
				module: moduleCompletions.module
			})
			.from(moduleCompletions)
			.where(inArray(moduleCompletions.person, ids));
		await breathe();
		const rows = await read
			.select()
			.from(publishedPeople)
			.where(inArray(publishedPeople.person, ids));
		await breathe();
		const worksOf = Map.groupBy(works, ({ person }) => person);
		const stoodOf = Map.groupBy(stood, ({ person }) => person);
		const doneOf = Map.groupBy(done, ({ person }) => person);
		for (const { id, closedOn } of some) {
			const own = stoodOf.get(id) ?? [];
			now.set(id, {
				isHere: closedOn === null,
				reach: reachOf((worksOf.get(id) ?? []).map(({ workplace }) => workplace)),
				// States are only ever written as such.
				stands: Object.fromEntries(
					own.map(({ course, state, isValid }) => [course, [state as State, isValid]])
				),
				asked: own.filter(({ isAsked }) => isAsked).map(({ course }) => course),
				modules: (doneOf.get(id) ?? []).map(({ course, module }) => intern(`${course}/${module}`)),
				refreshed: own.filter(({ isValid }) => isValid).map(({ course }) => course)
			});
		}
		for (const { course, person, group, since, isResting, body } of rows) {
			const known = kept.get(course) ?? new Map<string, Kept>();
			kept.set(course, known);
			known.set(person, { group, since, isResting, body: body as PersonBody });
		}
		await breathe();
	}
}

/** Workplaces with those above them; people of the same have one set between them. */
function createReach(parentOf: ReadonlyMap<string, string | null>) {
	const known = new Map<string, ReadonlySet<string>>();
	return (works: readonly string[]): ReadonlySet<string> => {
		const key = works.toSorted().join(' ');
		let found = known.get(key);
		if (found) return found;
		const all = new Set<string>();
		for (const place of works)
			if (parentOf.has(place))
				for (let at: string | null | undefined = place; at; at = parentOf.get(at)) all.add(at);
		known.set(key, (found = all));
		return found;
	};
}

/** How somebody stands, or stood when they were last seen here. */
function standOf(
	one: PersonNow | undefined,
	before: Kept | undefined,
	course: string
): [State, boolean] {
	const known = one?.isHere ? one.stands[course] : before?.body.stands[course];
	return known ?? ['not-started', false];
}

interface Releasing {
	grouping: Grouping;
	before: ReadonlyMap<string, GroupRow>;
	courses: readonly string[];
	coverage: { gains: Gains; outcomes: number } | null;
	now: ReadonlyMap<string, PersonNow>;
	kept: ReadonlyMap<string, Kept> | undefined;
	today: string;
	breathe: Breathe;
}

/** What is published of each group from now on: as it was, or as it is where that is due. */
async function releaseGroups(releasing: Releasing): Promise<Map<string, GroupBody>> {
	const { grouping, before, courses, coverage, today, breathe } = releasing;
	const bodies = new Map<string, GroupBody>();
	for (const group of grouping.groups) {
		const known = before.get(group.id);
		// A group that has lost people is another group.
		const last = known?.size === group.size ? known.body : undefined;
		const counts: GroupBody['counts'] = {};
		for (const course of courses) {
			const old = last?.counts[course];
			const fresh = countGroup(group, course, releasing);
			counts[course] =
				old && !isDueForRelease(old, fresh, today) ? old : { on: today, counts: fresh };
			await breathe();
		}
		bodies.set(group.id, {
			counts,
			reached: coverage && reachGroup(group, last?.reached ?? null, coverage, releasing)
		});
		await breathe();
	}
	return bodies;
}

function countGroup(
	{ people, size }: PublishGroup,
	course: string,
	{ now, kept }: Releasing
): Counts {
	const byState = noStates();
	let valid = 0;
	for (const person of people) {
		const [state, isValid] = standOf(now.get(person), kept?.get(person), course);
		byState[state] += 1;
		if (isValid) valid += 1;
	}
	return { total: size, valid, byState };
}

function reachGroup(
	{ people }: PublishGroup,
	last: GroupBody['reached'],
	{ gains, outcomes }: { gains: Gains; outcomes: number },
	{ now, kept, today }: Releasing
): GroupBody['reached'] {
	// A framework that has changed is counted anew.
	const isSame = last?.reached.taught.length === outcomes;
	if (last && isSame && !isDueForRelease({ on: last.on, counts: nothing }, nothing, today))
		return last;
	const reached = nobodyReached(outcomes);
	for (const person of people) {
		const one = now.get(person);
		if (!one) continue;
		const valid = one.isHere ? one.refreshed : (kept?.get(person)?.body.refreshed ?? []);
		const modules = one.modules.map((key) => ({
			key,
			isValid: valid.includes(key.slice(0, key.indexOf('/')))
		}));
		countPerson(reached, modules, gains);
	}
	return { on: today, reached };
}

/** Coverage changes by the calendar alone. */
const nothing: Counts = { total: 0, valid: 0, byState: noStates() };

async function writePeople(
	app: App,
	results: readonly Result[],
	now: ReadonlyMap<string, PersonNow>,
	kept: ReadonlyMap<string, ReadonlyMap<string, Kept>>,
	today: string,
	breathe: Breathe
): Promise<void> {
	for (const { course, grouping } of results) {
		const before = kept.get(course);
		const groupOf = new Map(
			grouping.groups.flatMap(({ id, people: inside }) => inside.map((person) => [person, id]))
		);
		const changed: (typeof publishedPeople.$inferInsert)[] = [];
		const gone: string[] = [];
		for (const [person, one] of now) {
			const old = before?.get(person);
			const group = groupOf.get(person) ?? null;
			const resting = grouping.resting.get(person);
			const since =
				group === null
					? (resting ?? grouping.waiting.get(person))
					: old?.group === group
						? old.since
						: today;
			if (since === undefined) {
				if (old) gone.push(person);
				continue;
			}
			const isResting = resting !== undefined;
			const body: PersonBody =
				!one.isHere && old ? old.body : { stands: one.stands, refreshed: one.refreshed };
			const isSame =
				old?.group === group &&
				old.since === since &&
				old.isResting === isResting &&
				JSON.stringify(old.body) === JSON.stringify(body);
			if (!isSame) changed.push({ course, person, group, since, isResting, body });
			await breathe();
		}
		for (let from = 0; from < changed.length; from += atOnce) {
			const rows = changed.slice(from, from + atOnce);
			const ids = rows.map(({ person }) => person);
			await app.db.write(async (tx) => {
				// Somebody may have been erased meanwhile.
				const there = await tx
					.select({ id: people.id })
					.from(people)
					.where(inArray(people.id, ids));
				const known = new Set(there.map(({ id }) => id));
				await tx
					.delete(publishedPeople)
					.where(and(eq(publishedPeople.course, course), inArray(publishedPeople.person, ids)));
				await insertMany(
					tx,
					publishedPeople,
					rows.filter(({ person }) => known.has(person))
				);
			});
			await breathe();
		}
		for (let from = 0; from < gone.length; from += atOnce) {
			const ids = gone.slice(from, from + atOnce);
			await app.db.write((tx) =>
				tx
					.delete(publishedPeople)
					.where(and(eq(publishedPeople.course, course), inArray(publishedPeople.person, ids)))
			);
		}
	}
}

async function writePublished(
	app: App,
	organisation: string,
	results: readonly Result[],
	{
		places,
		today,
		breathe
	}: { places: readonly { id: string; depth: number }[]; today: string; breathe: Breathe }
): Promise<void> {
	const ids = places.map(({ id }) => id);
	const groups = results.flatMap(({ course, grouping, bodies }) =>
		grouping.groups.map(({ id, workplaces, size }) => ({
			id,
			organisation,
			course,
			workplaces,
			size,
			body: bodies.get(id) ?? { counts: {}, reached: null }
		}))
	);
	const counts = new Map<string, CountsBody>(ids.map((id) => [id, { courses: {} }]));
	const coverage = new Map<string, PublishedCoverage>();
	const before = new Map<string, CountsBody>();
	for (const id of ids) {
		const [row] = await app.db.read
			.select({ body: published.body })
			.from(published)
			.where(and(eq(published.workplace, id), eq(published.kind, 'counts')));
		if (row) before.set(id, row.body as CountsBody);
		await breathe();
	}
	for (const result of results) {
		const inside = new Map<string, { group: PublishGroup; body: GroupBody }[]>();
		for (const group of result.grouping.groups) {
			const body = result.bodies.get(group.id);
			if (!body) continue;
			for (const place of group.workplaces) {
				const known = inside.get(place);
				if (known) known.push({ group, body });
				else inside.set(place, [{ group, body }]);
			}
		}
		const works = countReach(result.reach.values());
		for (const [place, own] of inside) {
			const people = own.flatMap(({ group }) => group.people);
			const here = people.filter((person) => result.reach.get(person)?.has(place)).length;
			const isWhole = here === people.length && here === works.get(place);
			for (const course of Object.keys(own[0]?.body.counts ?? {})) {
				const parts = own.flatMap(({ body }) => body.counts[course] ?? []);
				const sum = sumCounts(parts.map((one) => one.counts));
				const body = counts.get(place);
				if (!body || parts.length === 0) continue;
				body.courses[course] = {
					asOf: earliest(parts),
					counts: sum,
					isWhole,
					months: keepMonths(before.get(place)?.courses[course]?.months, today, sum)
				};
			}
			const reached = own.flatMap(({ group, body }) =>
				body.reached ? [{ people: group.size, ...body.reached }] : []
			);
			if (reached.length > 0)
				coverage.set(place, {
					asOf: earliest(reached),
					people: reached.reduce((sum, one) => sum + one.people, 0),
					shares: blendShares(reached)
				});
			await breathe();
		}
	}
	const rows = [
		...[...counts].map(([workplace, body]) => ({ workplace, kind: 'counts', day: today, body })),
		...[...coverage].map(([workplace, body]) => ({ workplace, kind: 'coverage', day: today, body }))
	];
	await app.db.writeMuch(async (tx, pause) => {
		await tx.delete(publishedGroups).where(eq(publishedGroups.organisation, organisation));
		await insertMany(tx, publishedGroups, groups, pause);
		for (let from = 0; from < ids.length; from += atOnce) {
			await tx
				.delete(published)
				.where(inArray(published.workplace, ids.slice(from, from + atOnce)));
			await pause();
		}
		await insertMany(tx, published, rows, pause);
	});
}

/** How many work in each workplace; people of the same places share one set. */
function countReach(all: Iterable<ReadonlySet<string>>): Map<string, number> {
	const bySet = new Map<ReadonlySet<string>, number>();
	for (const reach of all) bySet.set(reach, (bySet.get(reach) ?? 0) + 1);
	const works = new Map<string, number>();
	for (const [reach, some] of bySet)
		for (const place of reach) works.set(place, (works.get(place) ?? 0) + some);
	return works;
}

function earliest(parts: readonly { on: string }[]): string {
	return parts.reduce((first, { on }) => (on < first ? on : first), parts[0]?.on ?? '');
}

function keepMonths(
	before: PublishedCounts['months'] | undefined,
	today: string,
	{ valid, total }: Counts
): PublishedCounts['months'] {
	const all = { ...before, [today.slice(0, 7)]: { valid, total } };
	return Object.fromEntries(
		Object.entries(all)
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.slice(-monthsKept)
	);
}

/**
 * What is published of these workplaces in a course, by workplace; one that has too few people is not
 * there. Whoever shows it has seen to {@link publishIfMissing}.
 */
export async function readPublishedCounts(
	read: Reader,
	workplaces: readonly string[],
	course: string
): Promise<ReadonlyMap<string, PublishedCounts>> {
	const found = new Map<string, PublishedCounts>();
	for (let from = 0; from < workplaces.length; from += atOnce) {
		const rows = await read
			.select({ workplace: published.workplace, body: published.body })
			.from(published)
			.where(
				and(
					inArray(published.workplace, workplaces.slice(from, from + atOnce)),
					eq(published.kind, 'counts')
				)
			);
		for (const { workplace, body } of rows) {
			const one = (body as CountsBody).courses[course]; // only ever written above
			if (one) found.set(workplace, one);
		}
	}
	return found;
}

/**
 * What is published of several workplaces of an organisation together, everybody once; null where it is
 * of nobody.
 */
export async function readPublishedWhole(
	read: Reader,
	organisation: string,
	workplaces: readonly string[],
	course: string
): Promise<{ asOf: string; counts: Counts } | null> {
	const wanted = new Set(workplaces);
	const own = (await readGroups(read, organisation)).flatMap(({ workplaces: places, body }) => {
		const one = body.counts[course];
		return one && places.some((place) => wanted.has(place)) ? [one] : [];
	});
	if (own.length === 0) return null;
	return { asOf: earliest(own), counts: sumCounts(own.map(({ counts }) => counts)) };
}

/** How far a workplace is covered, as it is published; null where it has too few people. */
export async function readPublishedCoverage(
	read: Reader,
	workplace: string
): Promise<PublishedCoverage | null> {
	const [row] = await read
		.select({ body: published.body })
		.from(published)
		.where(and(eq(published.workplace, workplace), eq(published.kind, 'coverage')));
	return row ? (row.body as PublishedCoverage) : null; // only ever written above
}
