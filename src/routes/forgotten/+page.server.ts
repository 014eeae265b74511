import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { askForReset } from '#lib/identity/forgotten.server.ts';
import { readForm } from '../forms.ts';
import { answer } from '../respond.ts';
import type { Actions, PageServerLoad } from './$types';

const asked = v.strictObject({ name: v.pipe(v.string(), v.trim(), v.maxLength(254)) });

export const load: PageServerLoad = ({ locals: { app } }) => ({
	canMail: app.mailer.kind !== 'none'
});

export const actions = {
	/** Answers the same whether there is such a person or not. */
	default: async ({ request, getClientAddress, locals: { app } }) => {
		const { success, output } = await readForm(request, asked, ['name']);
		if (!success || output.name === '') return fail(422, { isAsked: false, minutes: 0 });
		const result = await answer(() => askForReset(app, output.name, getClientAddress()));
		if (result.outcome === 'slow-down')
			return fail(429, { isAsked: false, minutes: Math.ceil(result.seconds / 60) });
		return { isAsked: true, minutes: 0 };
	}
} satisfies Actions;
