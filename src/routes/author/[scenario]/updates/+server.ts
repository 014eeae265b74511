import * as v from 'valibot';
import { authoriseDraft } from '#lib/authoring/draft-rights.server.ts';
import { DomainError } from '#lib/errors.ts';
import {
	appendUpdate,
	fromBase64,
	nameWriter,
	openDraft,
	toBase64
} from '#lib/authoring/updates.server.ts';
import { answerScript } from '../answers.ts';
import type { RequestHandler } from './$types';

const sent = v.strictObject({
	id: v.string(),
	update: v.string(),
	/** Whose it is, as the server has called them. */
	writer: v.string()
});

/** Keeps one change; the same one again is answered the same. */
export const POST: RequestHandler = (event) =>
	answerScript(event, async (actor) => {
		const { app } = event.locals;
		const { scenario } = event.params;
		await authoriseDraft(app.db.read, actor, scenario, 'write');
		const body: unknown = await event.request.json().catch(() => null);
		const { success, output } = v.safeParse(sent, body);
		const update = success ? fromBase64(output.update) : null;
		if (!success || !update) throw new DomainError('invalid', 'update-malformed');
		if (output.writer !== nameWriter(actor, scenario)) {
			throw new DomainError('conflict', 'somebody-else');
		}
		return appendUpdate(app, actor, scenario, { id: output.id, body: update });
	});

/** All of a draft, or what is missing to whoever sends the state vector of what they have. */
export const GET: RequestHandler = (event) =>
	answerScript(event, async (actor) => {
		const { app } = event.locals;
		const named = event.url.searchParams.get('vector');
		const vector = named === null ? undefined : fromBase64(named);
		if (vector === null) throw new DomainError('invalid', 'state-vector');
		const { n, update } = await openDraft(app, actor, event.params.scenario, vector);
		return { n, update: toBase64(update) };
	});
