import { writeSessionFile } from '#lib/plenary/calendar-file.server.ts';
import { findRecipe } from '#lib/plenary/recipes.ts';
import { findSession } from '#lib/plenary/sessions.server.ts';
import { answer, signedIn } from '../../../../respond.ts';
import * as m from '#lib/ui/messages/messages.js';
import type { RequestHandler } from './$types';

/** The session as a file for a calendar: to be sent on where the platform sends no mail. */
export const GET: RequestHandler = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app } = event.locals;
		const session = await findSession(app, actor, event.params.session);
		const { locale } = session;
		const body = writeSessionFile(session, {
			origin: app.origin,
			stamp: app.now(),
			about: findRecipe(session.kind).about[locale]
		});
		return new Response(body, {
			headers: {
				'content-type': 'text/calendar; charset=utf-8',
				'content-disposition': `attachment; filename="${m.plenary_file({}, { locale })}.ics"`,
				'cache-control': 'no-store'
			}
		});
	});
