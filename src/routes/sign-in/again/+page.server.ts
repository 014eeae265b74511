import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { hasPassword, reauthenticate } from '#lib/identity/own-password.server.ts';
import { typedPassword } from '../../arrive.ts';
import { readForm } from '../../forms.ts';
import { answer, ownPath, signedIn } from '../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

const again = v.strictObject({
	password: v.optional(typedPassword),
	to: v.optional(v.string())
});

export const load: PageServerLoad = async (event) => {
	const actor = signedIn(event);
	const { app } = event.locals;
	return {
		to: ownPath(event.url.searchParams.get('to')),
		pressIsEnough: app.demonstration,
		hasPassword: await answer(() => hasPassword(app.db.read, actor.person))
	};
};

export const actions = {
	default: async (event) => {
		const actor = signedIn(event);
		const { app, session } = event.locals;
		const { success, output } = await readForm(event.request, again);
		if (!success || !session) return fail(422, { problem: 'refused' as const, minutes: 0 });
		const { password = null, to } = output;
		const result = await answer(() =>
			reauthenticate(app, actor, password, session, event.getClientAddress())
		);
		if (result.outcome === 'fresh') redirect(303, ownPath(to));
		if (result.outcome === 'slow-down') {
			const minutes = Math.ceil(result.seconds / 60);
			return fail(429, { problem: 'slow-down' as const, minutes });
		}
		return fail(401, { problem: 'refused' as const, minutes: 0 });
	}
} satisfies Actions;
