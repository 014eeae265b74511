import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { DomainError } from '#lib/errors.ts';
import { findVersionOfAttempt } from '#lib/practice/attempts.server.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { finishSteps } from '../../../../finishing.server.ts';
import { requireOpen, requireStep } from '../../../learn/module.server.ts';
import { sendJson } from '../../../send-json.ts';
import { moveFields } from '../../move.ts';
import { recordPlay } from '../../play.server.ts';
import type { RequestHandler } from './$types';

const slug = v.pipe(v.string(), v.maxLength(100));
const sent = v.strictObject({
	...moveFields,
	/** The step that is behind the learner once the story has ended. */
	module: v.optional(v.strictObject({ course: slug, module: slug, step: slug }))
});

/** Records one move, durably, before it answers; the same move again is answered the same. */
export const POST: RequestHandler = async (event) => {
	const { params, request } = event;
	const { app, actor } = event.locals;
	if (!actor) return sendJson(event, { reason: 'sign-in-required' }, 401);
	const { success, output } = v.safeParse(sent, await request.json().catch(() => null));
	if (!success) return sendJson(event, { reason: 'invalid' }, 422);
	try {
		const step = output.module && requireStep(app, output.module, params.scenario);
		if (step) await requireOpen(app, actor, step.course);
		const ended = await recordPlay(app, actor.person, params.scenario, output);
		if (ended && step) await finishSteps(app, actor.person, step.course, step.module, [step.key]);
		return sendJson(event, { saved: output.position + 1, ended });
	} catch (thrown) {
		return refuse(event, thrown);
	}
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
		return refuse(event, thrown);
	}
};

function refuse(event: RequestEvent, thrown: unknown): Response {
	if (thrown instanceof StoreUnavailable) return sendJson(event, { reason: thrown.reason }, 503);
	if (!(thrown instanceof DomainError)) throw thrown;
	if (thrown.code === 'not-found') return sendJson(event, { reason: 'not-found' }, 404);
	if (thrown.code === 'forbidden') return sendJson(event, { reason: thrown.message }, 403);
	const reason = thrown.message === 'not-offered' ? 'not-offered' : 'moved-on';
	return sendJson(event, { reason }, 409);
}
