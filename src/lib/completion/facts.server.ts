import { and, inArray, isNull } from 'drizzle-orm';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { absences, grants, memberships, workplaceReach } from '#lib/workplaces/tables.server.ts';
import type { Assignment, Completion, Rule } from './assigning.ts';
import { isReached, type Held, type Whereabouts } from './places.ts';
import type { By } from './renewal.ts';
import type { Days } from './standing.ts';
import { readTerms } from './terms.server.ts';
import {
	assignmentRules,
	assignments,
	courseCompletions,
	moduleCompletions,
	waivers
} from './tables.server.ts';

/** Everything that the standings of one person follow from, besides the day and the courses. */
export interface PersonFacts {
	person: string;
	/** Whether access is open; nobody else is counted or asked. */
	isHere: boolean;
	whereabouts: Whereabouts;
	/** That reach the person, of every course. */
	rules: readonly Rule[];
	absences: readonly Days[];
	waivers: readonly (Days & { course: string })[];
	assignments: readonly Assignment[];
	/** Every completion, by course. */
	completions: ReadonlyMap<string, readonly Completion[]>;
	/** Modules completed, by course. */
	modules: ReadonlyMap<string, readonly { module: string; cycle: number }[]>;
}

async function byPerson<Row extends { person: string }>(
	rows: PromiseLike<Row[]>
): Promise<Map<string, Row[]>> {
	return Map.groupBy(await rows, ({ person }) => person);
}

/** Reads all that standings follow from, for some people at once; who is not there is left out. */
export async function readFacts(read: Reader, ids: readonly string[]): Promise<PersonFacts[]> {
	const some = [...ids];
	const found = await read
		.select({ id: people.id, organisation: people.organisation, closedOn: people.closedOn })
		.from(people)
		.where(inArray(people.id, some));
	const works = await byPerson(
		read
			.select({ person: memberships.person, workplace: memberships.workplace })
			.from(memberships)
			.where(inArray(memberships.person, some))
	);
	const holds = await byPerson(
		read
			.select({ person: grants.person, role: grants.role, workplace: grants.workplace })
			.from(grants)
			.where(inArray(grants.person, some))
	);
	const places = new Set(
		[...works.values(), ...holds.values()].flat().map(({ workplace }) => workplace)
	);
	const above = await readAbove(read, [...places]);
	const rules = await readRules(read, [...new Set(found.map(({ organisation }) => organisation))]);
	const away = await byPerson(
		read
			.select({ person: absences.person, from: absences.fromDay, until: absences.untilDay })
			.from(absences)
			.where(inArray(absences.person, some))
	);
	const waived = await byPerson(
		read
			.select({
				person: waivers.person,
				course: waivers.course,
				from: waivers.fromDay,
				until: waivers.untilDay
			})
			.from(waivers)
			.where(inArray(waivers.person, some))
	);
	const asked = await readAssignments(read, some);
	const done = await byPerson(
		read
			.select({
				person: courseCompletions.person,
				course: courseCompletions.course,
				cycle: courseCompletions.cycle,
				day: courseCompletions.day,
				by: courseCompletions.by
			})
			.from(courseCompletions)
			.where(inArray(courseCompletions.person, some))
	);
	const modules = await byPerson(
		read
			.select({
				person: moduleCompletions.person,
				course: moduleCompletions.course,
				module: moduleCompletions.module,
				cycle: moduleCompletions.cycle
			})
			.from(moduleCompletions)
			.where(inArray(moduleCompletions.person, some))
	);
	return found.map(({ id, organisation, closedOn }) => {
		const whereabouts: Whereabouts = {
			works: works.get(id)?.map(({ workplace }) => workplace) ?? [],
			holds: holds.get(id) ?? [],
			above
		};
		return {
			person: id,
			isHere: closedOn === null,
			whereabouts,
			rules:
				closedOn === null
					? rules.filter((one) => one.organisation === organisation && isReached(whereabouts, one))
					: [],
			absences: away.get(id) ?? [],
			waivers: waived.get(id) ?? [],
			assignments: asked.get(id) ?? [],
			completions: Map.groupBy(
				(done.get(id) ?? []).map((row) => ({ ...row, by: row.by as By })), // written by `record.server.ts`
				({ course }) => course
			),
			modules: Map.groupBy(modules.get(id) ?? [], ({ course }) => course)
		};
	});
}

/** What lies above each of these workplaces, as a function. */
export async function readAbove(
	read: Reader,
	places: readonly string[]
): Promise<Whereabouts['above']> {
	const rows = places.length
		? await read
				.select({ above: workplaceReach.above, below: workplaceReach.below })
				.from(workplaceReach)
				.where(inArray(workplaceReach.below, [...places]))
		: [];
	const found = new Map<string, Set<string>>();
	for (const { above, below } of rows) {
		const known = found.get(below);
		if (known) known.add(above);
		else found.set(below, new Set([above]));
	}
	const nothing: ReadonlySet<string> = new Set();
	return (workplace) => found.get(workplace) ?? nothing;
}

async function readRules(
	read: Reader,
	organisations: readonly string[]
): Promise<(Rule & Held & { organisation: string })[]> {
	const rows = organisations.length
		? await read
				.select()
				.from(assignmentRules)
				.where(
					and(
						inArray(assignmentRules.organisation, [...organisations]),
						isNull(assignmentRules.endedOn)
					)
				)
		: [];
	return rows.map(({ id, organisation, role, workplace, course, ...terms }) => {
		return { id, organisation, role, workplace, course, terms: readTerms(terms) };
	});
}

async function readAssignments(
	read: Reader,
	some: string[]
): Promise<ReadonlyMap<string, Assignment[]>> {
	const rows = await read.select().from(assignments).where(inArray(assignments.person, some));
	const found = new Map<string, Assignment[]>();
	for (const { person, dueDays, origin, by, ...row } of rows) {
		const one: Assignment = {
			id: row.id,
			course: row.course,
			cycle: row.cycle,
			rule: row.rule,
			// Both are written by `settle.server.ts` and `choice.server.ts` alone.
			origin: origin as Assignment['origin'],
			by: by as By,
			assignedOn: row.assignedOn,
			dueOn: row.dueOn,
			terms: dueDays === null ? null : readTerms({ ...row, dueDays }),
			endedOn: row.endedOn
		};
		const known = found.get(person);
		if (known) known.push(one);
		else found.set(person, [one]);
	}
	return found;
}
