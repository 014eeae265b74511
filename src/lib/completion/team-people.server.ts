import type { App } from '#lib/app.ts';
import { compareKeys, danishKey } from '#lib/identity/danish-order.ts';
import { states } from './state.ts';
import { requireNames, sinceOf, type Team } from './team.server.ts';
import { collectMembers, namePlaces, type TeamMember } from './team-members.server.ts';
import type { PeopleFilter, Sort } from './team-wish.ts';

/** One page of a leader's table of people. */
export interface TeamPeople {
	total: number;
	page: number;
	pages: number;
	people: readonly TeamMember[];
	/** The names of the workplaces that they work at, by their id. */
	names: ReadonlyMap<string, string>;
}

/** So many people stand on a page. */
export const peopleOnPage = 50;

/** More people than these are not listed together: one searches among them, or goes to a part of them. */
export const mostTogether = 10_000;

/**
 * A page of the people who fit, in the order wished; a page beyond the last is the last.
 *
 * @throws {DomainError} `forbidden` where only counts are shown.
 */
export async function listTeamPeople(
	app: App,
	team: Team,
	filter: PeopleFilter,
	page: number
): Promise<TeamPeople> {
	requireNames(team);
	const { read } = app.db;
	const names = await namePlaces(read, team.tops);
	const sorted = order(await findMembers(app, team, filter), filter.sort, names);
	const pages = Math.max(1, Math.ceil(sorted.length / peopleOnPage));
	const shown = Math.min(Math.max(1, page), pages);
	const from = (shown - 1) * peopleOnPage;
	return {
		total: sorted.length,
		page: shown,
		pages,
		people: sorted.slice(from, from + peopleOnPage),
		names
	};
}

/** Everybody who fits, in no order. */
export async function findMembers(
	{ db: { read } }: App,
	team: Team,
	{ state, ...wish }: PeopleFilter
): Promise<TeamMember[]> {
	const members = await collectMembers(read, team, sinceOf(team), wish);
	return state === null ? members : members.filter((member) => member.state === state);
}

/** Puts people in the order wished, and by name within it. */
export function order(
	members: readonly TeamMember[],
	sort: Sort,
	names: ReadonlyMap<string, string>
): TeamMember[] {
	const keyOf = {
		name: () => '',
		workplace: ({ workplaces }: TeamMember) =>
			workplaces
				.map((id) => danishKey(names.get(id) ?? ''))
				.sort(compareKeys)
				.join(),
		state: ({ state }: TeamMember) => String(states.indexOf(state)),
		// Who has none comes last; of completions the newest come first.
		completed: ({ completedOn }: TeamMember) => (completedOn ? backwards(completedOn) : '~'),
		due: ({ dueOn }: TeamMember) => dueOn ?? '~'
	}[sort];
	return members
		.map((member) => ({ member, key: keyOf(member), name: danishKey(member.name) }))
		.sort(
			(a, b) =>
				compareKeys(a.key, b.key) ||
				compareKeys(a.name, b.name) ||
				compareKeys(a.member.person, b.member.person)
		)
		.map(({ member }) => member);
}

/** A day as a text that sorts later the earlier it is. */
const backwards = (day: string) => day.replace(/\d/g, (digit) => String(9 - Number(digit)));
