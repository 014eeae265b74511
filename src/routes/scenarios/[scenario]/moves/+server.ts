import { json } from '@sveltejs/kit';
import * as v from 'valibot';
import { DomainError } from '#lib/errors.ts';
import { findVersionOfAttempt } from '#lib/practice/attempts.server.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { finishSteps } from '../../../../finishing.server.ts';
import { requireOpen, requireStep } from '../../../learn/module.server.ts';
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
export const POST: RequestHandler = async ({ params, request, locals: { app, actor } }) => {
	if (!actor) return json({ reason: 'sign-in-required' }, { status: 401 });
	const { success, output } = v.safeParse(sent, await request.json().catch(() => null));
	if (!success) return json({ reason: 'invalid' }, { status: 422 });
	try {
		const step = output.module && requireStep(app, output.module, params.scenario);
		if (step) await requireOpen(app, actor, step.course);
		const ended = await recordPlay(app, actor.person, params.scenario, output);
		if (ended && step) await finishSteps(app, actor.person, step.course, step.module, [step.key]);
		return json({ saved: output.position + 1, ended });
	} catch (thrown) {
		return refuse(thrown);
	}
};

/** Whether an attempt is that of who is signed in: 204, or 404. Nothing of it is told. */
export const GET: RequestHandler = async ({ params, url, locals: { app, actor } }) => {
	if (!actor) return json({ reason: 'sign-in-required' }, { status: 401 });
	const attempt = url.searchParams.get('attempt') ?? '';
	try {
		await findVersionOfAttempt(app.learning, actor.person, params.scenario, attempt);
		return new Response(null, { status: 204 });
	} catch (thrown) {
		return refuse(thrown);
	}
};

function refuse(thrown: unknown): Response {
	if (thrown instanceof StoreUnavailable) return json({ reason: thrown.reason }, { status: 503 });
	if (!(thrown instanceof DomainError)) throw thrown;
	if (thrown.code === 'not-found') return json({ reason: 'not-found' }, { status: 404 });
	if (thrown.code === 'forbidden') return json({ reason: thrown.message }, { status: 403 });
	const reason = thrown.message === 'not-offered' ? 'not-offered' : 'moved-on';
	return json({ reason }, { status: 409 });
}
