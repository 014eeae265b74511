import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { newId } from '#lib/id.ts';
import {
	addAgreement,
	changeAgreement,
	judgeAgreement,
	moveAgreement,
	readAgreements,
	writeContacts,
	type Agreement,
	type AgreementFault
} from '#lib/plenary/agreements.server.ts';
import { writeDay } from '#lib/time.ts';
import { requireForm } from '../../../admin/forms.ts';
import { answer, signedIn } from '../../../respond.ts';
import { languagesFrom } from '../../../me/send-pdf.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { workplace, standing, ended, contacts } = await readAgreements(
			app,
			actor,
			event.params.workplace
		);
		const describe = (one: Agreement) => ({
			...one,
			dueOn: one.due && writeDay(one.due, locale),
			agreed: writeDay(one.agreedOn, locale),
			judged: one.outcomeOn && writeDay(one.outcomeOn, locale)
		});
		return {
			workplace,
			standing: standing.map(describe),
			ended: ended.map(describe),
			contacts,
			fresh: newId(),
			languages: languagesFrom(locale)
		};
	});

const text = v.pipe(v.string(), v.maxLength(1000));
const written = {
	kind: v.picklist(['here-we', 'change']),
	body: text,
	owner: v.optional(text, ''),
	due: v.optional(text, '')
};
const id = v.pipe(v.string(), v.maxLength(64));
const added = v.strictObject({ ...written, id: v.pipe(v.string(), v.uuid()) });
const changed = v.strictObject({ ...written, agreement: id });
const moved = v.strictObject({ agreement: id, way: v.picklist(['up', 'down']) });
const judged = v.strictObject({
	agreement: id,
	outcome: v.picklist(['held', 'slid', 'ended', 'open'])
});
const contacts = v.strictObject({
	label: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(20)),
	number: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(20))
});

/** Does something, and shows the page again at its place, or says why it stands as it was. */
async function acting<Schema extends v.GenericSchema<unknown, object>>(
	event: RequestEvent,
	schema: Schema,
	work: (output: v.InferOutput<Schema>) => Promise<AgreementFault | null | void>
) {
	signedIn(event);
	return answer(async () => {
		const output = await requireForm(event.request, schema);
		const typed = output as { agreement?: string; body?: string }; // what every schema here has of it
		const fault = await work(output);
		if (fault)
			return fail(422, { fault, agreement: typed.agreement ?? null, body: typed.body ?? '' });
		const anchor = typed.agreement ? `#a-${typed.agreement}` : '';
		redirect(303, `/plenary/agreements/${event.params.workplace}${anchor}`);
	});
}

export const actions = {
	add: (event) =>
		acting(event, added, (input) =>
			addAgreement(event.locals.app, signedIn(event), event.params.workplace, input)
		),
	change: (event) =>
		acting(event, changed, ({ agreement, ...input }) =>
			changeAgreement(event.locals.app, signedIn(event), event.params.workplace, agreement, input)
		),
	move: (event) =>
		acting(event, moved, ({ agreement, way }) =>
			moveAgreement(event.locals.app, signedIn(event), event.params.workplace, agreement, way)
		),
	/** Notes what a follow-up has found. */
	judge: (event) =>
		acting(event, judged, ({ agreement, outcome }) =>
			judgeAgreement(
				event.locals.app,
				signedIn(event),
				event.params.workplace,
				agreement,
				outcome === 'open' ? null : outcome
			)
		),
	contacts: (event) =>
		acting(event, contacts, ({ label, number }) =>
			writeContacts(
				event.locals.app,
				signedIn(event),
				event.params.workplace,
				label.map((each, index) => ({ label: each, number: number[index] ?? '' }))
			)
		)
} satisfies Actions;
