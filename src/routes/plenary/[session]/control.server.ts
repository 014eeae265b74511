import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Actor } from '#lib/access/actor.ts';
import { DomainError } from '#lib/errors.ts';
import { endRoom } from '#lib/plenary/ending.server.ts';
import { openRoom, reveal, steer, type Steering } from '#lib/plenary/lead.server.ts';
import { findSession } from '#lib/plenary/sessions.server.ts';
import { planRehearsal } from '#lib/plenary/rehearsal.server.ts';
import {
	agreeChange,
	keepSuggestions,
	noteSuggestion,
	tidySuggestion
} from '#lib/plenary/suggestions.server.ts';
import { readForm } from '../../forms.ts';
import { answer, signedIn } from '../../respond.ts';

const step = v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number));
const name = v.pipe(v.string(), v.maxLength(100));
const words = v.pipe(v.string(), v.maxLength(500));
const none = v.strictObject({});

const plain = ['next', 'ask', 'pair', 'back', 'round-off', 'pause', 'resume'] as const;
const steered = v.strictObject({ step, event: v.picklist(plain) });
const chosen = v.strictObject({ step, move: name });
const looked = v.strictObject({ step, choice: name });
const stepped = v.strictObject({ step });
const noted = v.strictObject({ words });
const tidied = v.strictObject({
	suggestion: v.pipe(v.string(), v.uuid()),
	hidden: v.picklist(['yes', 'no'])
});
const kept = v.strictObject({
	step,
	suggestion: v.optional(v.pipe(v.array(v.pipe(v.string(), v.uuid())), v.maxLength(200)), [])
});
const changed = v.strictObject({
	body: words,
	owner: words,
	due: v.pipe(v.string(), v.maxLength(10))
});

type App = RequestEvent['locals']['app'];

/** An action that does something in the room and comes back to the control, which then shows where it is. */
function doing<Schema extends v.GenericSchema>(
	schema: Schema,
	work: (app: App, actor: Actor, id: string, form: v.InferOutput<Schema>) => Promise<string | void>
) {
	return (event: RequestEvent) =>
		answer(async () => {
			const actor = signedIn(event);
			const id = event.params['session'] ?? '';
			const { success, output } = await readForm(event.request, schema);
			if (!success) throw new DomainError('invalid', 'form');
			const { app } = event.locals;
			redirect(303, await goOn(() => work(app, actor, id, output), `/plenary/${id}`));
		});
}

/** What the room has moved past since is no fault: the control shows where it is. */
async function goOn(work: () => Promise<string | void>, control: string): Promise<string> {
	try {
		return (await work()) ?? control;
	} catch (thrown) {
		if (thrown instanceof DomainError && thrown.code === 'conflict') return `${control}?moved`;
		throw thrown;
	}
}

/** Everything that can be done on the control. */
export const controlActions = {
	open: doing(none, (app, actor, id) => openRoom(app, actor, id)),
	rehearse: doing(none, async (app, actor, id) => {
		const rehearsal = await planRehearsal(app, actor, id);
		await openRoom(app, actor, rehearsal);
		return `/plenary/${rehearsal}`;
	}),
	steer: doing(steered, (app, actor, id, { event, step }) =>
		// Each of these has nothing but its kind.
		steer(app, actor, id, { type: event } as Steering, step)
	),
	choose: doing(chosen, (app, actor, id, { move, step }) =>
		steer(app, actor, id, { type: 'choose', move }, step)
	),
	look: doing(looked, (app, actor, id, { choice, step }) =>
		steer(app, actor, id, { type: 'look', choice }, step)
	),
	reveal: doing(stepped, (app, actor, id, { step }) => reveal(app, actor, id, step)),
	note: doing(noted, (app, actor, id, { words }) => noteSuggestion(app, actor, id, words)),
	tidy: doing(tidied, (app, actor, id, { suggestion, hidden }) =>
		tidySuggestion(app, actor, id, suggestion, hidden === 'yes')
	),
	keep: doing(kept, (app, actor, id, { suggestion }) =>
		keepSuggestions(app, actor, id, suggestion)
	),
	change: doing(changed, (app, actor, id, change) => agreeChange(app, actor, id, change)),
	end: doing(none, async (app, actor, id) => {
		const { rehearsal } = await findSession(app, actor, id);
		await endRoom(app, actor, id);
		// Nothing of a rehearsal is left to be looked at.
		return rehearsal ? '/plenary' : undefined;
	})
};
