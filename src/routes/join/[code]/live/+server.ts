import { findSeat } from '#lib/plenary/phones.server.ts';
import { lookIn, roomChannel } from '#lib/plenary/rooms.server.ts';
import { openStream, readAfterNumber } from '#lib/server/live/stream.server.ts';
import { answer } from '../../../respond.ts';
import { drawEnded, drawPhone } from '../../../plenary/live-screens.server.ts';
import { readSeat } from '../../seat-cookie.ts';
import type { RequestHandler } from './$types';

/** News for a phone in its seat. One without a seat is told to ask no more. */
export const GET: RequestHandler = (event) =>
	answer(async () => {
		const { app, locale } = event.locals;
		const seat = await findSeat(app, event.params.code, readSeat(event.cookies));
		if (!seat) return new Response(null, { status: 204 });
		const { session } = seat;
		return openStream({
			channel: roomChannel(session),
			after: readAfterNumber(event.request),
			signal: event.request.signal,
			onFault: (err) => app.log.error({ err }, 'a phone could not be told'),
			mayStay: async () => (await lookIn(app, session)) !== null,
			async readAfter(n) {
				const room = await lookIn(app, session);
				if (!room) return [drawEnded(locale, 'phone')];
				return room.n > n ? [await drawPhone(app, room, locale)] : [];
			}
		});
	});
