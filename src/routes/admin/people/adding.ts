import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { givenRoles, namedRoles } from '#lib/access/naming.ts';
import { personFields } from '#lib/identity/person-form.ts';
import { addPerson } from '#lib/workplaces/add-person.server.ts';
import { signedIn } from '../../respond.ts';
import { chosenLocale, id, line, requireForm } from '../forms.ts';

const common = { id, name: line, email: line, isAnother: v.optional(v.literal('yes')) };

const byLeader = v.strictObject({ ...common, role: v.picklist(['', ...namedRoles]) });

const byAdministrator = v.strictObject({
	...common,
	username: line,
	employeeId: line,
	locale: chosenLocale,
	workplace: id,
	role: v.picklist(['', ...givenRoles])
});

/** An administrator's form for somebody new; leads to the person's record. */
export async function addByAdministrator(event: RequestEvent) {
	const form = await requireForm(event.request, byAdministrator, personFields);
	return add(
		event,
		{ ...form, locale: form.locale ?? null },
		(person) => `/admin/people/${person}`
	);
}

/** A leader's shorter form; leads to the letter and the invitation. */
export async function addByLeader(event: RequestEvent, workplace: string) {
	const form = await requireForm(event.request, byLeader, personFields);
	const rest = { username: '', employeeId: '', locale: null, workplace };
	return add(event, { ...form, ...rest }, (person) => `/team/${workplace}/people/${person}`);
}

type Written = v.InferOutput<typeof byAdministrator>;

async function add(event: RequestEvent, form: Written, hrefOf: (person: string) => string) {
	const actor = signedIn(event);
	const { role, isAnother, ...values } = form;
	const result = await addPerson(event.locals.app, actor, {
		...values,
		role: role || null,
		isAnother: isAnother === 'yes'
	});
	if ('added' in result) redirect(303, `${hrefOf(result.added)}?done=added`);
	return fail(422, {
		values: { ...values, role },
		faults: result.faults,
		duplicates: result.duplicates.map((one) => ({ ...one, href: one.person && hrefOf(one.person) }))
	});
}
