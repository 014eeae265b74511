import type { RequestEvent } from '@sveltejs/kit';
import { reportTeam } from '#lib/completion/team.server.ts';
import { findPlace } from '#lib/workplaces/tree.server.ts';
import { signedIn } from '../respond.ts';
import { chooseCourse } from './course.ts';
import { listPeople, readWish } from './listing.ts';
import { describePlans } from './plans.ts';
import { describeReport } from './report.ts';

/**
 * What the leader's pages show, over everything in reach or over one workplace.
 *
 * @throws {DomainError} `forbidden` to who leads nothing, `not-found` for a workplace or a course that
 * is not there for them.
 */
export async function loadTeam(event: RequestEvent, workplace: string | null) {
	const actor = signedIn(event);
	const { app, locale } = event.locals;
	const course = chooseCourse(app, event.url.searchParams.get('course'), locale);
	const report = describeReport(await reportTeam(app, actor, course.slug, workplace), locale);
	// The report has checked the right to this workplace.
	const place = workplace && (await findPlace(app.db.read, workplace));
	const wish = readWish(event.url.searchParams);
	return {
		course,
		workplace: place ? { id: place.workplace.id, name: place.workplace.name } : null,
		counts: report.counts,
		workplaces: report.workplaces,
		wish,
		listing: listPeople(report.people, wish),
		plans: workplace ? await describePlans(app, actor, workplace, locale) : []
	};
}

export type TeamView = Awaited<ReturnType<typeof loadTeam>>;
