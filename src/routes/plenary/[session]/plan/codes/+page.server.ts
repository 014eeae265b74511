import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { DomainError } from '#lib/errors.ts';
import { printCodes } from '#lib/plenary/attendance.server.ts';
import { findHouseSession } from '#lib/plenary/sessions.server.ts';
import { dayOf, writeDay } from '#lib/time.ts';
import { requireForm } from '../../../../admin/forms.ts';
import { answer, signedIn } from '../../../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app } = event.locals;
		const { id, title, startsAt } = await findHouseSession(app, actor, event.params.session);
		return {
			session: { id, title, day: writeDay(dayOf(startsAt), event.locals.locale) },
			address: `${new URL(app.origin).host}/me/attendance`
		};
	});

export const actions = {
	print: (event) => {
		const actor = signedIn(event);
		return answer(async () => {
			await requireForm(event.request, v.strictObject({}));
			event.setHeaders({ 'cache-control': 'no-store' });
			try {
				return { codes: await printCodes(event.locals.app, actor, event.params.session) };
			} catch (thrown) {
				if (thrown instanceof DomainError && thrown.code === 'conflict')
					return fail(409, { refused: thrown.message });
				throw thrown;
			}
		});
	}
} satisfies Actions;
