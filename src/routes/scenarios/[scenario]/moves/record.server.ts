import * as v from 'valibot';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { finishSteps } from '../../../../finishing.server.ts';
import { requireOpen, requireStep } from '../../../learn/module.server.ts';
import { moveFields } from '../../move.ts';
import { recordPlay } from '../../play.server.ts';

const slug = v.pipe(v.string(), v.maxLength(100));
const sent = v.strictObject({
	...moveFields,
	/** The step that is behind the learner once the story has ended. */
	module: v.optional(v.strictObject({ course: slug, module: slug, step: slug }))
});

/** What is answered, in JSON. */
export interface MoveAnswer {
	status: number;
	data: { saved: number; ended: boolean } | { reason: string };
}

/** Records one move, durably, before it answers; the same move again is answered the same. */
export async function recordSentMove(
	app: App,
	actor: Actor | null,
	scenario: string,
	body: unknown
): Promise<MoveAnswer> {
	if (!actor) return { status: 401, data: { reason: 'sign-in-required' } };
	const { success, output } = v.safeParse(sent, body);
	if (!success) return { status: 422, data: { reason: 'invalid' } };
	try {
		const step = output.module && requireStep(app, output.module, scenario);
		if (step) await requireOpen(app, actor, step.course);
		const ended = await recordPlay(app, actor.person, scenario, output);
		if (ended && step) await finishSteps(app, actor.person, step.course, step.module, [step.key]);
		return { status: 200, data: { saved: output.position + 1, ended } };
	} catch (thrown) {
		return explainRefusal(thrown);
	}
}

/** What is answered where a move, or a question about an attempt, is refused. @throws what is a bug. */
export function explainRefusal(thrown: unknown): MoveAnswer {
	if (thrown instanceof StoreUnavailable) return { status: 503, data: { reason: thrown.reason } };
	if (!(thrown instanceof DomainError)) throw thrown;
	// The page asks anew, and is told kindly.
	if (thrown.message === 'withdrawn') return { status: 410, data: { reason: 'withdrawn' } };
	if (thrown.code === 'not-found') return { status: 404, data: { reason: 'not-found' } };
	if (thrown.code === 'forbidden') return { status: 403, data: { reason: thrown.message } };
	const reason = thrown.message === 'not-offered' ? 'not-offered' : 'moved-on';
	return { status: 409, data: { reason } };
}
