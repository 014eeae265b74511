import { error } from '@sveltejs/kit';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { lookIn, leadChannel } from '#lib/plenary/rooms.server.ts';
import { findSession } from '#lib/plenary/sessions.server.ts';
import { openStream, type LiveEvent } from '#lib/server/live/stream.server.ts';
import { answer, signedIn } from '../../../respond.ts';
import { mayStillListen } from '../../../still-here.ts';
import { drawControl, drawEnded, drawWall } from '../../live-screens.server.ts';
import type { RequestHandler } from './$types';

/** News for the wall and the control. What only counts comes without an event, so each ring is told. */
export const GET: RequestHandler = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const surface = event.url.searchParams.get('surface');
		if (surface !== 'wall' && surface !== 'control') error(404);
		const { id, mayLead } = await findSession(app, actor, event.params.session);
		const at = `/plenary/${id}`;
		return openStream({
			channel: leadChannel(id),
			after: 0,
			signal: event.request.signal,
			onFault: (err) => app.log.error({ err }, 'a screen could not be drawn'),
			mayStay: () => mayStillListen(event.locals, (listener) => findSession(app, listener, id)),
			async readAfter(): Promise<LiveEvent[]> {
				const room = await lookIn(app, id);
				if (!room) return (await isOver(app, actor, id)) ? [drawEnded(locale, surface, at)] : [];
				if (surface === 'wall') return [await drawWall(app, room, locale)];
				return [await drawControl(app, room, locale, { mayLead, at })];
			}
		});
	});

/** Whether it has been held; a rehearsal that is over is no more. */
function isOver(app: App, actor: Actor, id: string): Promise<boolean> {
	return findSession(app, actor, id).then(
		({ state }) => state === 'ended',
		() => true
	);
}
