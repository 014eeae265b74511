import { commentsChannel } from '#lib/authoring/comments.server.ts';
import { findReviewAccess } from '#lib/authoring/review-access.server.ts';
import { openStream } from '#lib/server/live/stream.server.ts';
import { answer, signedIn } from '../../../../respond.ts';
import { mayStillListen } from '../../../../still-here.ts';
import type { RequestHandler } from './$types';

/** Tells whoever looks at a draft that its comments have changed. */
export const GET: RequestHandler = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app } = event.locals;
		const { scenario } = event.params;
		await findReviewAccess(app.db.read, actor, scenario);
		return openStream({
			channel: commentsChannel(scenario),
			after: 0,
			readAfter: async () => [],
			signal: event.request.signal,
			mayStay: () =>
				mayStillListen(event.locals, (listener) =>
					findReviewAccess(app.db.read, listener, scenario)
				)
		});
	});
