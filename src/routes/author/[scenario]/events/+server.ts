import { authoriseDraft } from '#lib/authoring/draft-rights.server.ts';
import { channelOf, readUpdatesAfter } from '#lib/authoring/updates.server.ts';
import { openStream, readAfterNumber } from '#lib/server/live/stream.server.ts';
import { answer, signedIn } from '../../../respond.ts';
import { mayStillListen } from '../../../still-here.ts';
import type { RequestHandler } from './$types';

/** What changes in a draft, as it changes, and who is where in it. */
export const GET: RequestHandler = async (event) => {
	const { app } = event.locals;
	const draft = event.params.scenario;
	await answer(() => authoriseDraft(app.db.read, signedIn(event), draft, 'comment'));
	return openStream({
		channel: channelOf(draft),
		after: readAfterNumber(event.request),
		readAfter: (n) => readUpdatesAfter(app.db.read, draft, n),
		signal: event.request.signal,
		mayStay: () =>
			mayStillListen(event.locals, (listener) =>
				authoriseDraft(app.db.read, listener, draft, 'comment')
			),
		onFault: (fault) => app.log.error({ err: fault, route: event.route.id })
	});
};
