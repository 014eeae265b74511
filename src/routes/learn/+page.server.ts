import { describeNotes } from '../notes.ts';
import { answer, signedIn } from '../respond.ts';
import { describeHome } from './home.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const { app, locale } = event.locals;
		const actor = signedIn(event);
		return {
			home: await describeHome(app, actor, locale),
			notes: await describeNotes(app, actor, locale),
			published: app.library.shelf.scenarios.map(({ slug, presented, scenario }) => ({
				slug,
				title: presented[locale].title,
				summary: presented[locale].summary,
				minutes: scenario.minutes
			}))
		};
	});
