import { error, fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { findWayIn } from '#lib/identity/enter.server.ts';
import { readForm } from '../../forms.ts';
import { answer } from '../../respond.ts';
import { chosenFields, enterWith } from '../../sign-in/choose.ts';
import type { Actions, PageServerLoad } from './$types';

const fields = v.strictObject(chosenFields);

/** Expired, used, void and made up are one and the same. */
function sayThatItIsOver(): never {
	error(404, { message: 'not-found', reason: 'entry-over' });
}

/** Shows whom the link is for, and uses nothing up: mailboxes open links to look at them. */
export const load: PageServerLoad = async ({ params, setHeaders, locals: { app } }) => {
	// The token stands in the address, which is told to nobody.
	setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
	const wayIn = await answer(() => findWayIn(app, params.token));
	return { wayIn: wayIn ?? sayThatItIsOver() };
};

export const actions = {
	default: async (event) => {
		const { success, output } = await readForm(event.request, fields);
		if (!success) return fail(422, { problem: 'password' as const, fault: 'too-long' as const });
		const refused = await enterWith(event, { token: event.params.token }, output);
		if (refused.data.problem !== 'password') sayThatItIsOver();
		return fail(422, { problem: 'password' as const, fault: refused.data.fault });
	}
} satisfies Actions;
