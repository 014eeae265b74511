import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { findSignInName, setOwnPassword } from '#lib/identity/own-password.server.ts';
import { typedPassword } from '../../arrive.ts';
import { readForm } from '../../forms.ts';
import { answer, requireFresh } from '../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

const chosen = v.strictObject({ password: typedPassword });

export const load: PageServerLoad = async (event) => {
	const actor = requireFresh(event);
	const { app } = event.locals;
	return { signInName: await answer(() => findSignInName(app.db.read, actor.person)) };
};

export const actions = {
	default: async (event) => {
		const actor = requireFresh(event);
		const { app, sessionFacts } = event.locals;
		const { success, output } = await readForm(event.request, chosen);
		if (!success || !sessionFacts) return fail(422, { fault: 'too-long' as const });
		const fault = await answer(() =>
			setOwnPassword(app, actor, output.password, sessionFacts.handle)
		);
		return fault ? fail(422, { fault }) : { fault: null };
	}
} satisfies Actions;
