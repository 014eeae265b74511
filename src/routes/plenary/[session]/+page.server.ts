import { findSession } from '#lib/plenary/sessions.server.ts';
import { lookIn } from '#lib/plenary/rooms.server.ts';
import { showControl } from '#lib/plenary/screens.server.ts';
import { answer, signedIn } from '../../respond.ts';
import { controlActions } from './control.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { id, title, state, mayLead, rehearsal } = await findSession(
			app,
			actor,
			event.params.session
		);
		const room = await lookIn(app, id);
		return {
			session: { id, title, state, mayLead, rehearsal },
			screen: room && (await showControl(app, room, locale, { mayLead })),
			n: room?.n ?? 0,
			hasMoved: event.url.searchParams.has('moved')
		};
	});

export const actions = controlActions satisfies Actions;
