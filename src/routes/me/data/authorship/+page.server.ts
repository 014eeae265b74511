import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { eraseAuthorship } from '#lib/authoring/own-authorship.server.ts';
import { readForm } from '../../../forms.ts';
import { answer, requireFresh } from '../../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

const wish = v.strictObject({ sure: v.literal('yes') });

export const load: PageServerLoad = (event) => {
	requireFresh(event);
};

export const actions = {
	default: async (event) => {
		const actor = requireFresh(event, '/me/data/authorship');
		const { success } = await readForm(event.request, wish);
		if (!success) return fail(422, { problem: 'not-sure' as const });
		await answer(() => eraseAuthorship(event.locals.app, actor));
		redirect(303, '/me/data?forgotten');
	}
} satisfies Actions;
