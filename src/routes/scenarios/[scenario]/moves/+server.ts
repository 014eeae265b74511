import { findVersionOfAttempt } from '#lib/practice/attempts.server.ts';
import { sendJson } from '../../../send-json.ts';
import { explainRefusal, recordSentMove } from './record.server.ts';
import type { RequestHandler } from './$types';

/** Records one move. Where the entry stands in front, `direct-routes.server.ts` answers instead. */
export const POST: RequestHandler = async (event) => {
	const { params, request } = event;
	const { app, actor } = event.locals;
	const body: unknown = await request.json().catch(() => null);
	const { status, data } = await recordSentMove(app, actor, params.scenario, body);
	return sendJson(event, data, status);
};

/** Whether an attempt is that of who is signed in: 204, or 404. Nothing of it is told. */
export const GET: RequestHandler = async (event) => {
	const { params, url } = event;
	const { app, actor } = event.locals;
	if (!actor) return sendJson(event, { reason: 'sign-in-required' }, 401);
	const attempt = url.searchParams.get('attempt') ?? '';
	try {
		await findVersionOfAttempt(app.learning, actor.person, params.scenario, attempt);
		return new Response(null, { status: 204 });
	} catch (thrown) {
		const { status, data } = explainRefusal(thrown);
		return sendJson(event, data, status);
	}
};
