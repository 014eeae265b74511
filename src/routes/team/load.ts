import type { RequestEvent } from '@sveltejs/kit';
import { canAnywhere } from '#lib/access/rights.ts';
import { mostInWorkbook } from '#lib/completion/team-export.server.ts';
import { openTeam, reportTeam, requireNames, sinceOf } from '#lib/completion/team.server.ts';
import { listTeamPeople, mostTogether } from '#lib/completion/team-people.server.ts';
import { writeDay } from '#lib/time.ts';
import { signedIn } from '../respond.ts';
import { chooseCourse } from './course.ts';
import { describeCurve } from './curve.ts';
import { isChosen, readWish } from './listing.ts';
import { describePeople } from './people.ts';
import { describePlans } from './plans.ts';

/** So many people at most stand in a table without being asked for. */
const mostUnasked = 100;

/**
 * What the leader's pages show, over everything in reach or over one workplace; `named` for a page that
 * is about names alone.
 *
 * @throws {DomainError} `forbidden` to who leads nothing and for names where only counts are shown,
 * `not-found` for a workplace or a course that is not there for them.
 */
export async function loadTeam(event: RequestEvent, workplace: string | null, named?: 'named') {
	const actor = signedIn(event);
	const { app, locale } = event.locals;
	const course = chooseCourse(app, event.url.searchParams.get('course'), locale);
	const team = await openTeam(app, actor, course.slug, workplace);
	if (named) requireNames(team);
	const report = await reportTeam(app, team);
	const wish = readWish(event.url.searchParams);
	const since = sinceOf(team);
	const mayList =
		team.policy.shows === 'names' && (report.people <= mostTogether || wish.query !== '');
	const isListed = mayList && (report.people <= mostUnasked || isChosen(wish) || named);
	const single = team.tops.length === 1 ? team.tops[0] : undefined;
	return {
		course,
		workplace: team.workplace && { id: team.workplace.id, name: team.workplace.name },
		above: team.above && { id: team.above.id, name: team.above.name },
		/** The workplace that all of it is about, also where it was not asked for. */
		home: single ? { id: single.id, name: single.name } : null,
		policy: team.policy,
		/** From which day what is shown was completed, where names are shown from a day on. */
		since: since && writeDay(since, locale),
		isAsked: team.isAsked,
		mayMakeRules: canAnywhere(actor, 'rules.manage'),
		isWhole: report.isWhole,
		counts: report.counts,
		people: report.people,
		workplaces: report.units.map(({ id, name, depth, counts }) => ({ id, name, depth, counts })),
		isWholeTree: report.isWholeTree,
		/** The day of the numbers, where they are published ones and not of today. */
		asOf: report.asOf && writeDay(report.asOf, locale),
		curve: single && !named ? await describeCurve(app, team, single, locale) : null,
		roles: report.roles,
		wish,
		isTooMany: report.people > mostTogether,
		fitsWorkbook: report.people <= mostInWorkbook,
		listing: isListed
			? describePeople(await listTeamPeople(app, team, wish, wish.page), course, locale)
			: null,
		plans: workplace ? await describePlans(app, actor, workplace, locale) : []
	};
}

export type TeamView = Awaited<ReturnType<typeof loadTeam>>;
