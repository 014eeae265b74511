import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { eraseOwn } from '../../../../retention.server.ts';
import { readForm } from '../../../forms.ts';
import { answer, requireFresh } from '../../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

const wish = v.strictObject({ sure: v.literal('yes') });

export const load: PageServerLoad = (event) => {
	requireFresh(event);
};

export const actions = {
	default: async (event) => {
		const actor = requireFresh(event, '/me/data/erase');
		const { app } = event.locals;
		const { success } = await readForm(event.request, wish);
		if (!success) return fail(422, { problem: 'not-sure' as const });
		await answer(async () => {
			await eraseOwn(app, actor.person);
			await app.db.write((tx) =>
				writeAudit(tx, app.now(), { event: 'person.erased', actor, subject: actor.person })
			);
		});
		redirect(303, '/me/data?erased');
	}
} satisfies Actions;
