import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { hasPassword, reauthenticate } from '#lib/identity/own-password.server.ts';
import { askForPasskey, listPasskeys } from '#lib/identity/passkeys.server.ts';
import { listAccounts } from '#lib/identity/providers.server.ts';
import { showPasskeyAgain } from '#lib/identity/second-step.server.ts';
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
		hasPassword: await answer(() => hasPassword(app.db.read, actor.person)),
		providers: await answer(() => listAccounts(app.db.read, actor.person)),
		passkey: await answer(async () =>
			(await listPasskeys(app.db.read, actor.person)).length > 0
				? askForPasskey(app, actor.person)
				: null
		),
		trouble: event.url.searchParams.get('trouble')
	};
};

const shown = v.strictObject({
	answer: v.pipe(v.string(), v.maxLength(20_000)),
	carried: v.pipe(v.string(), v.maxLength(4096))
});

export const actions = {
	password: async (event) => {
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
	},
	passkey: async (event) => {
		const { person } = signedIn(event);
		const { app, session } = event.locals;
		const { success, output } = await readForm(event.request, shown);
		const isShown =
			success &&
			session !== null &&
			(await answer(() => showPasskeyAgain(app, { person, token: session }, output)));
		if (!isShown) return fail(401, { problem: 'no-passkey' as const, minutes: 0 });
		redirect(303, ownPath(event.url.searchParams.get('to')));
	}
} satisfies Actions;
