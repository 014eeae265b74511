import { and, countDistinct, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { workplaceReach } from '#lib/workplaces/tables.server.ts';
import { orderAsTree, type Placed } from '#lib/workplaces/tree-order.ts';
import { findViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import type { ViewPolicy } from '#lib/workplaces/view-policy.ts';
import { publishIfMissing } from './publish.server.ts';
import { readPublishedCounts, readPublishedWhole } from './published.server.ts';
import { settleForPage } from './stale.server.ts';
import { countStates, noStates, type Counts, type State } from './state.ts';
import { counted, standings } from './tables.server.ts';
import { collectMembers, listTeamPlaces } from './team-members.server.ts';
import { findTeamReach, type TeamReach } from './team-reach.server.ts';
import { isAskedFor, listUnits, readRoles, type Unit } from './team-units.server.ts';

/** What a leader looks at, once it is theirs to look at: everything else about a team begins here. */
export interface Team extends TeamReach {
	organisation: string;
	course: string;
	/** What the organisation lets leaders see. With `names` since a day, all here is since that day. */
	policy: ViewPolicy;
	/** Whether a rule of the organisation asks for the course; else it is about all who work there. */
	isAsked: boolean;
	today: string;
}

export interface TeamReport {
	counts: Counts;
	/** How many people work there, each once. */
	people: number;
	/**
	 * False where only counts are shown and some of those in reach are left out, because they would be
	 * too few; where nobody can be counted, the counts are 0.
	 */
	isWhole: boolean;
	/** Where only counts are shown: the earliest day of what is told. Null where it is all of today. */
	asOf: string | null;
	/**
	 * The workplaces with everybody in and below each, those above before those below. A person who works
	 * in two counts in both, and once in `counts`. Without the one that is asked for.
	 */
	units: readonly Placed<Unit>[];
	/** False where only those right below are listed, because they are many. */
	isWholeTree: boolean;
	/** What people are beside their work there, with how they stand; where names are shown. */
	roles: readonly { role: string; counts: Counts }[];
}

/**
 * Lets a leader look at one course: over everything their roles reach, or over one workplace and what
 * is below it.
 *
 * @throws {DomainError} `forbidden` to who leads nothing, `not-found` for a workplace out of reach.
 */
export async function openTeam(
	app: App,
	actor: Actor,
	course: string,
	workplace: string | null
): Promise<Team> {
	const reach = await findTeamReach(app, actor, workplace);
	await settleForPage(app);
	const today = dayOf(app.now());
	const { organisation } = actor;
	return {
		...reach,
		organisation,
		course,
		policy: await findViewPolicy(app.db.read, organisation, today),
		isAsked: await isAskedFor(app.db.read, organisation, course),
		today
	};
}

/** @throws {DomainError} `forbidden` where leaders see counts only. */
export function requireNames({ policy }: Team): void {
	if (policy.shows === 'counts') throw new DomainError('forbidden', 'counts-only');
}

/** The day from which on completions are shown with a name; null where all are. */
export function sinceOf({ policy }: Pick<Team, 'policy'>): string | null {
	return policy.shows === 'names' ? policy.since : null;
}

/** How many stand where, in all and by workplace and role: from rows that are kept, so at one cost. */
export async function reportTeam(app: App, team: Team): Promise<TeamReport> {
	const { read } = app.db;
	const whole = await readKept(read, team);
	if (team.policy.shows === 'counts') return tellPublished(app, team, whole);
	if (sinceOf(team) !== null) return countSince(read, team, whole);
	return whole;
}

/** Everything as it is kept. Where a leader has several workplaces side by side, each person once. */
async function readKept(read: Reader, team: Team): Promise<TeamReport> {
	const units: Unit[] = [];
	let [people, isWholeTree] = [0, true];
	let roles: TeamReport['roles'] = [];
	let counts: Counts = { total: 0, valid: 0, byState: noStates() };
	for (const top of team.tops) {
		const here = await readRoles(read, top.id, team.course, team.isAsked);
		people += here.people;
		counts = here.byRole.get('staff') ?? counts;
		roles = [...here.byRole]
			.filter(([role, { total }]) => role !== 'staff' && total > 0)
			.map(([role, counts]) => ({ role, counts }));
		const all = here.byRole.get('staff') ?? { total: 0, valid: 0, byState: noStates() };
		const below = await listUnits(read, { ...top, counts: all }, team.course, team.isAsked);
		units.push(...below.units);
		isWholeTree &&= below.isWholeTree;
	}
	const isOne = team.tops.length === 1;
	return {
		counts: isOne
			? counts
			: await countDistinctly(
					read,
					team,
					team.tops.map(({ id }) => id)
				),
		people,
		isWhole: true,
		asOf: null,
		units: orderAsTree(units).filter(
			({ id, counts: { total } }) =>
				id !== team.workplace?.id && (total > 0 || team.policy.shows === 'counts')
		),
		isWholeTree,
		roles: isOne ? roles : []
	};
}

/** How many stand where in all of these and below, each once: worked out from the people themselves. */
async function countDistinctly(
	read: Reader,
	{ course, isAsked }: Team,
	tops: readonly string[]
): Promise<Counts> {
	const byState = noStates();
	const counts = { total: 0, valid: 0, byState };
	if (tops.length === 0) return counts;
	const groups = await read
		.select({
			state: standings.state,
			isValid: standings.isValid,
			people: countDistinct(counted.person)
		})
		.from(workplaceReach)
		.innerJoin(counted, and(eq(counted.workplace, workplaceReach.below), eq(counted.role, 'staff')))
		.leftJoin(standings, and(eq(standings.person, counted.person), eq(standings.course, course)))
		.where(inArray(workplaceReach.above, [...tops]))
		.groupBy(standings.state, standings.isValid);
	for (const { state, isValid, people } of groups) {
		if (state === null && isAsked) continue;
		byState[(state ?? 'not-started') as State] += people; // only ever written as one
		counts.total += people;
		if (isValid) counts.valid += people;
	}
	return counts;
}

/**
 * What is published and nothing else: neither who is told apart by sums, nor what changed since
 * yesterday. Of `whole` it takes which workplaces there are, and how many work there.
 */
async function tellPublished(app: App, team: Team, whole: TeamReport): Promise<TeamReport> {
	const { read } = app.db;
	await publishIfMissing(app, team.organisation);
	const tops = team.tops.map(({ id }) => id);
	const ids = [...new Set([...tops, ...whole.units.map(({ id }) => id)])];
	const known = await readPublishedCounts(read, ids, team.course);
	const [single] = tops.length === 1 ? tops : [];
	const all =
		(single === undefined ? undefined : known.get(single)) ??
		(await readPublishedWhole(read, team.organisation, await listBelow(read, tops), team.course));
	return {
		...whole,
		counts: all?.counts ?? { total: 0, valid: 0, byState: noStates() },
		isWhole: tops.every((id) => known.get(id)?.isWhole),
		asOf: all?.asOf ?? null,
		units: whole.units.flatMap((unit) => {
			const one = known.get(unit.id);
			return one ? [{ ...unit, counts: one.counts }] : [];
		}),
		roles: []
	};
}

async function listBelow(read: Reader, tops: readonly string[]): Promise<string[]> {
	if (tops.length === 0) return [];
	const below = await read
		.selectDistinct({ id: workplaceReach.below })
		.from(workplaceReach)
		.where(inArray(workplaceReach.above, [...tops]));
	return below.map(({ id }) => id);
}

/** What can be known since a day, from people one at a time: nothing else is kept of it. */
async function countSince(read: Reader, team: Team, whole: TeamReport): Promise<TeamReport> {
	const members = await collectMembers(read, team, sinceOf(team));
	const places = await listTeamPlaces(
		read,
		whole.units.map(({ id }) => id)
	);
	return {
		...whole,
		counts: countStates(members),
		roles: [],
		units: whole.units.map((unit) => {
			const own = new Set(places.get(unit.id));
			return {
				...unit,
				counts: countStates(
					members.filter(({ workplaces }) => workplaces.some((id) => own.has(id)))
				)
			};
		})
	};
}
