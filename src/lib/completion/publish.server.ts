import { and, eq, isNull } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { newId } from '#lib/id.ts';
import { organisations } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { createBreathe, inSlices } from '#lib/server/slices.ts';
import { dayOf } from '#lib/time.ts';
import { findTop } from '#lib/workplaces/places.server.ts';
import { listOpenWorkplaces } from '#lib/workplaces/open-tree.server.ts';
import { orderAsTree } from '#lib/workplaces/tree-order.ts';
import { listGains } from './coverage.ts';
import { noGrouping, regroupInSteps, type Grouping } from './publish-groups.ts';
import { readPeople, writePeople, type Kept } from './publish-people.server.ts';
import { releaseGroups } from './publish-release.server.ts';
import { writePublished, type Result } from './publish-workplaces.server.ts';
import { readGroups, type GroupRow } from './published.server.ts';
import { leastCounted } from './shown-groups.ts';
import { assignmentRules, published } from './tables.server.ts';
import { trainedBy } from './trained.server.ts';

/** The course of those who are counted whatever is asked of them. */
const everybody = '';

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
		const grouping = await inSlices(regroupInSteps(before, reach, places, today, newId));
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
