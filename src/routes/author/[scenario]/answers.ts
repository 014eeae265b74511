import type { RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#lib/access/actor.ts';
import { DomainError, type DomainErrorCode } from '#lib/errors.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { sendJson } from '../../send-json.ts';

const statusOf: Record<DomainErrorCode, number> = {
	'not-found': 404,
	forbidden: 403,
	conflict: 409,
	invalid: 422,
	'too-many': 429,
	'sign-in-required': 401
};

/** Answers a script of the editor in JSON: what `work` gives, or the reason why not. */
export async function answerScript(
	event: RequestEvent,
	work: (actor: Actor) => Promise<unknown>
): Promise<Response> {
	const { actor } = event.locals;
	if (!actor) return sendJson(event, { reason: 'sign-in-required' }, 401);
	try {
		return sendJson(event, await work(actor));
	} catch (thrown) {
		if (thrown instanceof StoreUnavailable) return sendJson(event, { reason: thrown.reason }, 503);
		if (!(thrown instanceof DomainError)) throw thrown;
		return sendJson(event, { reason: thrown.message }, statusOf[thrown.code]);
	}
}
