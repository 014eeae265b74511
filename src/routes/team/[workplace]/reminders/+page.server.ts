import { readReminderLog } from '#lib/notifications/reminder-log.server.ts';
import { writeDay } from '#lib/time.ts';
import { answer, signedIn } from '../../../respond.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const log = await readReminderLog(app, actor, event.params.workplace);
		const titleOf = (course: string | null) =>
			(course && app.library.catalogue.course(course)?.title[locale]) || (course ?? '');
		return {
			workplace: log.workplace,
			shows: log.shows,
			toAll: log.toAll.map(({ course, day }) => ({
				title: titleOf(course),
				day: writeDay(day, locale)
			})),
			toOne: log.toOne.map(({ course, day, ...row }) => ({
				...row,
				title: titleOf(course),
				day: writeDay(day, locale)
			}))
		};
	});
