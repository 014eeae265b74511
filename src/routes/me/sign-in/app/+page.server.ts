import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import { addTotp } from '#lib/identity/factors.server.ts';
import { findSignInName } from '#lib/identity/own-password.server.ts';
import { listSessions } from '#lib/identity/own-sessions.server.ts';
import { findHolder } from '#lib/identity/people.server.ts';
import { offerTotp } from '#lib/identity/totp.server.ts';
import { readForm } from '../../../forms.ts';
import { answer, requireFresh } from '../../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

const typed = v.strictObject({
	carried: v.pipe(v.string(), v.maxLength(4096)),
	code: v.pipe(v.string(), v.maxLength(12))
});

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = requireFresh(event);
		const { app, sessionFacts, carriedOffer } = event.locals;
		const holder = await findHolder(app.db.read, actor.person);
		const name = await findSignInName(app.db.read, actor.person);
		const label = { issuer: `Holdepunkt, ${holder?.organisation ?? ''}`, name };
		const sessions = await listSessions(app, actor, sessionFacts?.handle ?? '');
		return {
			offer: offerTotp(app, actor.person, label, carriedOffer),
			otherSessions: sessions.length - 1
		};
	});

export const actions = {
	default: (event) =>
		answer(async () => {
			const actor = requireFresh(event, '/me/sign-in/app');
			const { success, output } = await readForm(event.request, typed);
			const codes = success ? await addTotp(event.locals.app, actor, output) : null;
			if (codes) return { codes };
			// The same picture again: it may be in the app by now.
			if (success) event.locals.carriedOffer = output.carried;
			return fail(422, { codes: null });
		})
} satisfies Actions;
