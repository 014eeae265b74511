import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise, canAnywhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { memberships, workplaceReach } from '#lib/workplaces/tables.server.ts';
import { orderAsTree } from '#lib/workplaces/tree-order.ts';
import { findPlace, listWorkplacesWhere, type Workplace } from '#lib/workplaces/tree.server.ts';
import { findViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import type { ViewPolicy } from '#lib/workplaces/view-policy.ts';
import { listShownWorkplaces } from './shown-workplaces.server.ts';
import { standings } from './tables.server.ts';
import { settleForPage } from './stale.server.ts';
import { countStates, type Counts, type State } from './state.ts';

/** A person in a leader's table: that they have finished, and when; nothing else is known here. */
export interface TeamMember {
	person: string;
	name: string;
	workplaces: readonly string[];
	state: State;
	/** Whether a completion counts today. */
	isValid: boolean;
	/** The day the course was last completed, else null. */
	completedOn: string | null;
	modulesCompleted: number;
}

export interface TeamReport {
	/** What the organisation lets leaders see. With `names` since a day, all here is since that day. */
	policy: ViewPolicy;
	counts: Counts;
	/**
	 * False where only counts are shown and some of those in reach are left out, because they would be
	 * too few; where nobody can be counted, the counts are 0.
	 */
	isWhole: boolean;
	/**
	 * One row for each workplace with everybody in and below it, the one above before those below. A
	 * person who works in two counts in both, and once in `counts`.
	 */
	workplaces: readonly { id: string; name: string; counts: Counts }[];
	/** In Danish alphabetical order; nobody where only counts are shown. */
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
	await settleForPage(app);
	const reached = workplace
		? await listBelow(app, actor, workplace)
		: await listWorkplacesWhere(app.db.read, actor, 'team.read');
	const today = dayOf(app.now());
	const policy = await findViewPolicy(app.db.read, actor.organisation, today);
	const members = await listTeam(
		app.db.read,
		reached.map(({ id }) => id),
		{ course, since: policy.shows === 'names' ? policy.since : null }
	);
	const rows = orderAsTree(reached)
		.map(({ id, name }) => {
			const own = collectBelow(reached, id);
			const there = members.filter(({ workplaces }) => workplaces.some((one) => own.has(one)));
			return { id, name, there };
		})
		.filter(({ there }) => there.length > 0);
	if (policy.shows === 'names')
		return {
			policy,
			counts: countStates(members),
			isWhole: true,
			workplaces: rows.map(countRow),
			people: members.toSorted((a, b) => byDanishName.compare(a.name, b.name))
		};
	const shown = await listShownWorkplaces(app.db.read, actor.organisation);
	const shownRows = rows.filter(({ id }) => shown.has(id));
	// Only who stands in a shown group is counted: a larger whole, less those, would tell of the rest.
	const counted = new Set(shownRows.flatMap(({ there }) => there));
	return {
		policy,
		counts: countStates([...counted]),
		isWhole: counted.size === members.length,
		workplaces: shownRows.map(countRow),
		people: []
	};
}

function countRow({ id, name, there }: { id: string; name: string; there: TeamMember[] }) {
	return { id, name, counts: countStates(there) };
}

/**
 * The same report for who needs it by name, such as a list to keep.
 *
 * @throws {DomainError} as {@link reportTeam}, and `forbidden` where only counts are shown.
 */
export async function reportPeople(...request: Parameters<typeof reportTeam>): Promise<TeamReport> {
	const report = await reportTeam(...request);
	if (report.policy.shows === 'counts') throw new DomainError('forbidden', 'counts-only');
	return report;
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
	{ course, since }: { course: string; since: string | null }
): Promise<TeamMember[]> {
	if (workplaces.length === 0) return [];
	const rows = await read
		.select({
			person: people.id,
			name: people.name,
			workplace: memberships.workplace,
			state: standings.state,
			isValid: standings.isValid,
			completedOn: standings.completedOn,
			modulesCompleted: standings.modulesCompleted
		})
		.from(memberships)
		.innerJoin(people, eq(people.id, memberships.person))
		.leftJoin(standings, and(eq(standings.person, people.id), eq(standings.course, course)))
		.where(and(inArray(memberships.workplace, [...workplaces]), isNull(people.closedOn)));
	const members = new Map<string, TeamMember & { workplaces: string[] }>();
	for (const { workplace, ...row } of rows) {
		const known = members.get(row.person);
		if (known) known.workplaces.push(workplace);
		else members.set(row.person, { ...showMember(row, since), workplaces: [workplace] });
	}
	return [...members.values()];
}

/** What was completed before names were shown is not shown with a name. */
function showMember(
	row: {
		person: string;
		name: string;
		state: string | null;
		isValid: boolean | null;
		completedOn: string | null;
		modulesCompleted: number | null;
	},
	since: string | null
): Omit<TeamMember, 'workplaces'> {
	const { person, name } = row;
	const isBefore = since !== null && (row.completedOn ?? '') < since;
	if (isBefore && row.completedOn !== null)
		return {
			person,
			name,
			state: 'not-started',
			isValid: false,
			completedOn: null,
			modulesCompleted: 0
		};
	return {
		person,
		name,
		state: (row.state ?? 'not-started') as State, // only ever written as one
		isValid: row.isValid ?? false,
		completedOn: row.completedOn,
		modulesCompleted: row.modulesCompleted ?? 0
	};
}
