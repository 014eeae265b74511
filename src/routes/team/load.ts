import type { RequestEvent } from '@sveltejs/kit';
import { reportPeople, reportTeam } from '#lib/completion/team.server.ts';
import { writeDay } from '#lib/time.ts';
import { findPlace } from '#lib/workplaces/tree.server.ts';
import { signedIn } from '../respond.ts';
import { chooseCourse } from './course.ts';
import { listPeople, readWish } from './listing.ts';
import { describePlans } from './plans.ts';
import { describeReport } from './report.ts';

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
	const ask = named ? reportPeople : reportTeam;
	const report = describeReport(await ask(app, actor, course.slug, workplace), locale);
	// The report has checked the right to this workplace.
	const place = workplace && (await findPlace(app.db.read, workplace));
	const wish = readWish(event.url.searchParams);
	return {
		course,
		workplace: place ? { id: place.workplace.id, name: place.workplace.name } : null,
		policy: report.policy,
		/** From which day what is shown was completed, where names are shown from a day on. */
		since:
			report.policy.shows === 'names' && report.policy.since
				? writeDay(report.policy.since, locale)
				: null,
		isWhole: report.isWhole,
		counts: report.counts,
		workplaces: report.workplaces,
		wish,
		listing: listPeople(report.people, wish),
		plans: workplace ? await describePlans(app, actor, workplace, locale) : []
	};
}

export type TeamView = Awaited<ReturnType<typeof loadTeam>>;
