import * as v from 'valibot';
import { authoriseDraft } from '#lib/authoring/draft-rights.server.ts';
import { tellPresence } from '#lib/authoring/updates.server.ts';
import { DomainError } from '#lib/errors.ts';
import { answerScript } from '../answers.ts';
import type { RequestHandler } from './$types';

const sent = v.strictObject({
	tab: v.pipe(v.string(), v.regex(/^[\w-]{8,40}$/u)),
	place: v.nullable(v.pipe(v.string(), v.maxLength(120))),
	gone: v.boolean(),
	asks: v.boolean()
});

/** Tells the others in a draft where one is; kept nowhere. */
export const POST: RequestHandler = (event) =>
	answerScript(event, async (actor) => {
		const { app } = event.locals;
		await authoriseDraft(app.db.read, actor, event.params.scenario, 'comment');
		const body: unknown = await event.request.json().catch(() => null);
		const { success, output } = v.safeParse(sent, body);
		if (!success) throw new DomainError('invalid', 'presence');
		await tellPresence(app, actor, event.params.scenario, output);
		return {};
	});
