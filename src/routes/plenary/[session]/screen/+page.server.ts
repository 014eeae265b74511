import { lookIn } from '#lib/plenary/rooms.server.ts';
import { showWall } from '#lib/plenary/screens.server.ts';
import { findSession } from '#lib/plenary/sessions.server.ts';
import { answer, signedIn } from '../../../respond.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { id, title, state } = await findSession(app, actor, event.params.session);
		const room = await lookIn(app, id);
		return {
			session: { id, title, state },
			screen: room && (await showWall(app, room, locale)),
			n: room?.n ?? 0
		};
	});
