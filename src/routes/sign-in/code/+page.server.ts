import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { findWayInByCode } from '#lib/identity/enter.server.ts';
import { readForm } from '../../forms.ts';
import { answer } from '../../respond.ts';
import { chosenFields, enterWith } from '../choose.ts';
import type { Actions, PageServerLoad } from './$types';

const code = v.pipe(v.string(), v.maxLength(64));
const typed = v.strictObject({ code });
const chosen = v.strictObject({ code, ...chosenFields });

const refused = { problem: 'refused', minutes: 0 } as const;

export const load: PageServerLoad = () => ({});

export const actions = {
	/** Says whose letter it is; the code stays good until they have come in. */
	find: async ({ request, getClientAddress, locals: { app } }) => {
		const { success, output } = await readForm(request, typed);
		if (!success) return fail(422, refused);
		const tried = await answer(() => findWayInByCode(app, output.code, getClientAddress()));
		if (tried.outcome === 'refused') return fail(404, refused);
		if (tried.outcome === 'slow-down')
			return fail(429, {
				problem: 'slow-down' as const,
				minutes: Math.ceil(tried.seconds / 60)
			});
		return { wayIn: tried.wayIn, code: output.code };
	},
	enter: async (event) => {
		const { success, output } = await readForm(event.request, chosen);
		if (!success) return fail(422, refused);
		const { status, data } = await enterWith(event, { code: output.code }, output);
		if (data.problem === 'password')
			return fail(status, { wayIn: data.wayIn, fault: data.fault, code: output.code });
		return fail(status, { minutes: 0, ...data });
	}
} satisfies Actions;
