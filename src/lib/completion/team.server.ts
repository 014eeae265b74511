import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise, canAnywhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { memberships, workplaceReach } from '#lib/workplaces/tables.server.ts';
import { findPlace, listWorkplacesWhere, type Workplace } from '#lib/workplaces/tree.server.ts';
import { courseCompletions, moduleCompletions } from './tables.server.ts';
import { countStates, stateOf, type Counts, type State } from './state.ts';

/** A person in a leader's table: that they have finished, and when; nothing else is known here. */
export interface TeamMember {
	person: string;
	name: string;
	workplaces: readonly string[];
	state: State;
	/** The day the course was completed, else null. */
	completedOn: string | null;
	modulesCompleted: number;
}

export interface TeamReport {
	counts: Counts;
	/**
	 * One row for each workplace with everybody in and below it, the one above before those below. A
	 * person who works in two counts in both, and once in `counts`.
	 */
	workplaces: readonly { id: string; name: string; counts: Counts }[];
	/** In Danish alphabetical order. */
	people: readonly TeamMember[];
}

const byDanishName = new Intl.Collator('da');

/**
 * The leader's report on one course: over everything the leader's roles reach, or over one workplace
 * and what is below it.
 *
 * @throws {DomainError} `forbidden` to who leads nothing, `not-found` for a workplace out of reach.
 */
export async function reportTeam(
	app: App,
	actor: Actor,
	course: string,
	workplace: string | null
): Promise<TeamReport> {
	if (workplace === null && !canAnywhere(actor, 'team.read'))
		throw new DomainError('forbidden', 'team.read');
	const reached = workplace
		? await listBelow(app, actor, workplace)
		: await listWorkplacesWhere(app.db.read, actor, 'team.read');
	const members = await listTeam(
		app.db.read,
		reached.map(({ id }) => id),
		course,
		app.library.catalogue.course(course)?.modules.map(({ slug }) => slug) ?? []
	);
	return {
		counts: countStates(members),
		workplaces: sortAsTree(reached)
			.map(({ id, name }) => {
				const own = collectBelow(reached, id);
				const there = members.filter(({ workplaces }) => workplaces.some((one) => own.has(one)));
				return { id, name, counts: countStates(there) };
			})
			.filter(({ counts }) => counts.total > 0),
		people: members.toSorted((a, b) => byDanishName.compare(a.name, b.name))
	};
}

/** A workplace and everything below it, among those given. */
function collectBelow(workplaces: readonly Workplace[], top: string): ReadonlySet<string> {
	const found = new Set([top]);
	// A set is walked over what is added to it on the way.
	for (const above of found) {
		for (const { id, parent } of workplaces) if (parent === above) found.add(id);
	}
	return found;
}

/** Each workplace before those below it, those side by side in Danish alphabetical order. */
function sortAsTree(workplaces: readonly Workplace[], above: string | null = null): Workplace[] {
	const known = new Set(workplaces.map(({ id }) => id));
	const isHere = ({ parent }: Workplace) =>
		above === null ? parent === null || !known.has(parent) : parent === above;
	return workplaces
		.filter(isHere)
		.sort((a, b) => byDanishName.compare(a.name, b.name))
		.flatMap((one) => [one, ...sortAsTree(workplaces, one.id)]);
}

async function listBelow(app: App, actor: Actor, workplace: string): Promise<Workplace[]> {
	authorise(actor, 'team.read', await findPlace(app.db.read, workplace));
	const all = await listWorkplacesWhere(app.db.read, actor, 'team.read');
	const below = await app.db.read
		.select({ id: workplaceReach.below })
		.from(workplaceReach)
		.where(eq(workplaceReach.above, workplace));
	const wanted = new Set(below.map(({ id }) => id));
	return all.filter(({ id }) => wanted.has(id));
}

async function listTeam(
	read: Reader,
	workplaces: readonly string[],
	course: string,
	modulesOfCourse: readonly string[]
): Promise<TeamMember[]> {
	if (workplaces.length === 0) return [];
	const rows = await read
		.select({
			person: people.id,
			name: people.name,
			workplace: memberships.workplace,
			completedOn: courseCompletions.day
		})
		.from(memberships)
		.innerJoin(people, eq(people.id, memberships.person))
		.leftJoin(
			courseCompletions,
			and(eq(courseCompletions.person, people.id), eq(courseCompletions.course, course))
		)
		.where(and(inArray(memberships.workplace, [...workplaces]), isNull(people.closedOn)));
	const modules = await read
		.selectDistinct({ person: moduleCompletions.person, module: moduleCompletions.module })
		.from(moduleCompletions)
		.innerJoin(memberships, eq(memberships.person, moduleCompletions.person))
		.where(
			and(
				inArray(memberships.workplace, [...workplaces]),
				eq(moduleCompletions.course, course),
				// A refresher, or a module that the course no longer has, is none of them.
				inArray(moduleCompletions.module, [...modulesOfCourse])
			)
		);
	const finished = new Map<string, number>();
	for (const { person } of modules) finished.set(person, (finished.get(person) ?? 0) + 1);

	const members = new Map<string, TeamMember & { workplaces: string[] }>();
	for (const { person, name, workplace, completedOn } of rows) {
		const known = members.get(person);
		if (known) {
			known.workplaces.push(workplace);
			continue;
		}
		const modulesCompleted = finished.get(person) ?? 0;
		const state = stateOf({ completedOn, modulesCompleted });
		members.set(person, {
			person,
			name,
			workplaces: [workplace],
			state,
			completedOn,
			modulesCompleted
		});
	}
	return [...members.values()];
}
