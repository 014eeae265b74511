import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import {
	addComment,
	listComments,
	seeComments,
	settleComment
} from '#lib/authoring/comments.server.ts';
import { holdsCpr } from '#lib/content/cpr.ts';
import { sendJson } from '../../../send-json.ts';
import { answer, signedIn } from '../../../respond.ts';
import { commentFields } from '../../comment-form.ts';
import type { RequestHandler } from './$types';

const sent = v.union([
	v.strictObject({ seen: v.literal(true) }),
	v.strictObject({ settle: commentFields.id, isResolved: v.boolean() }),
	v.strictObject({ ...commentFields, cpr: v.optional(v.literal('kept')) })
]);

/** All comments of a draft. */
export const GET: RequestHandler = (event) =>
	answer(async () => {
		const { app } = event.locals;
		return sendJson(event, await listComments(app, signedIn(event), event.params.scenario));
	});

/** Says something, resolves a thread, or tells that one has seen where one was named; answers with all that is said by then. */
export const POST: RequestHandler = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app } = event.locals;
		const { scenario } = event.params;
		// Who may not be here learns that before anything that was sent is looked at.
		await listComments(app, actor, scenario);
		const { success, output } = v.safeParse(sent, await event.request.json().catch(() => null));
		if (!success) error(422, { message: 'invalid' });
		if ('seen' in output) await seeComments(app, actor, scenario);
		else if ('settle' in output)
			await settleComment(app, actor, scenario, {
				comment: output.settle,
				isResolved: output.isResolved
			});
		else {
			const { cpr, ...said } = output;
			if (cpr !== 'kept' && holdsCpr(said.body)) error(422, { message: 'held', reason: 'cpr' });
			await addComment(app, actor, scenario, said);
		}
		return sendJson(event, await listComments(app, actor, scenario));
	});
