import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { DomainError } from '#lib/errors.ts';
import { printImported } from '#lib/workplaces/import-invite.server.ts';
import { findImport } from '#lib/workplaces/imports.server.ts';
import { readForm } from '../../../../forms.ts';
import { answer, requireFresh, signedIn } from '../../../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

const nothing = v.strictObject({});

/** Letters are in the answer to a form and nowhere else: an address alone leads back. */
export const load: PageServerLoad = (event) =>
	answer(async () => {
		const { id } = await findImport(event.locals.app, signedIn(event), event.params.import);
		if (event.request.method === 'GET') redirect(303, `/admin/import/${id}`);
		return { id };
	});

export const actions = {
	default: (event) =>
		answer(async () => {
			const actor = requireFresh(event, `/admin/import/${event.params.import}`);
			const { success } = await readForm(event.request, nothing);
			if (!success) throw new DomainError('invalid', 'form');
			return printImported(event.locals.app, actor, event.params.import);
		})
} satisfies Actions;
