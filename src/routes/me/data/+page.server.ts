import { findRetentionChoices } from '#lib/identity/sweep.server.ts';
import { writeDay } from '#lib/time.ts';
import { answer, signedIn } from '../../respond.ts';
import { gatherOwn } from '../gather.server.ts';
import type { PageServerLoad } from './$types';

/** As many of one's own log as one reads; all of it comes with the download. */
const shownLog = 30;

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const own = await gatherOwn(app, actor);
		return {
			counts: {
				courses: own.completed.courses.length,
				modules: own.completed.modules.length,
				certificates: own.certificates.length,
				attended: own.sessions.attended.length,
				led: own.sessions.led.length,
				steps: own.private.steps.length,
				attempts: own.private.attempts.length,
				refreshers: own.private.refreshers.length,
				reflections: own.private.reflections.length
			},
			authorship: {
				drafts: own.authorship.drafts.length,
				comments: own.authorship.comments.length,
				published: own.authorship.published.length,
				isAny:
					own.authorship.mentions > 0 ||
					own.authorship.keys.length > 0 ||
					own.authorship.approvals.length > 0 ||
					own.authorship.drafts.length + own.authorship.comments.length > 0 ||
					own.authorship.published.length > 0
			},
			looks: own.looks.map(({ role, house, day }) => ({
				role,
				house,
				day: writeDay(day, locale)
			})),
			log: own.log
				.slice(0, shownLog)
				.map(({ event: what, by, day }) => ({ what, by, day: writeDay(day, locale) })),
			choices: await findRetentionChoices(app.db.read, actor.organisation),
			erased: event.url.searchParams.has('erased'),
			forgotten: event.url.searchParams.has('forgotten')
		};
	});
