import type { App } from '#lib/app.ts';
import { addDays } from '#lib/time.ts';
import { requireNames, type Team } from './team.server.ts';
import type { TeamMember } from './team-members.server.ts';
import { namePlaces } from './team-members.server.ts';
import { findMembers, order, peopleOnPage } from './team-people.server.ts';
import { everybody } from './team-wish.ts';

/** So many days ahead a leader sees what is due. */
export const daysAhead = 60;

const fortnight = 14;

export interface TeamDue {
	/** By fortnights from today; the last is as long as what is left of the days ahead. */
	fortnights: readonly { from: string; until: string; people: number }[];
	total: number;
	page: number;
	pages: number;
	/** The soonest first. */
	people: readonly TeamMember[];
	names: ReadonlyMap<string, string>;
}

/**
 * Who is due, or has a completion to renew, within the next sixty days. Whoever is away or waived is
 * not: a date waits for them.
 *
 * @throws {DomainError} `forbidden` where only counts are shown.
 */
export async function listTeamDue(app: App, team: Team, page: number): Promise<TeamDue> {
	requireNames(team);
	const last = addDays(team.today, daysAhead);
	const names = await namePlaces(app.db.read, team.tops);
	const members = (await findMembers(app, team, everybody)).filter(
		({ state, dueOn }) =>
			state !== 'away' &&
			state !== 'waived' &&
			dueOn !== null &&
			dueOn >= team.today &&
			dueOn <= last
	);
	const pages = Math.max(1, Math.ceil(members.length / peopleOnPage));
	const shown = Math.min(Math.max(1, page), pages);
	const from = (shown - 1) * peopleOnPage;
	return {
		fortnights: cutFortnights(team.today, last).map((days) => ({
			...days,
			people: members.filter(({ dueOn }) => dueOn && days.from <= dueOn && dueOn <= days.until)
				.length
		})),
		total: members.length,
		page: shown,
		pages,
		people: order(members, 'due', names).slice(from, from + peopleOnPage),
		names
	};
}

/** The days from one to another, both included, a fortnight at a time; what is left joins the last. */
export function cutFortnights(first: string, last: string): { from: string; until: string }[] {
	const cut: { from: string; until: string }[] = [];
	for (let from = first; from <= last;) {
		const ends = addDays(from, fortnight - 1);
		const isLast = addDays(ends, fortnight) > last;
		const until = isLast ? last : ends;
		cut.push({ from, until });
		from = addDays(until, 1);
	}
	return cut;
}
