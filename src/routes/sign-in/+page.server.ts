import { fail, redirect, type Cookies } from '@sveltejs/kit';
import * as v from 'valibot';
import type { App } from '#lib/app.ts';
import { signIn, signInToDemonstration, type SignedIn } from '#lib/identity/sign-in.server.ts';
import { demonstrationAccounts } from '../../demonstration/accounts.ts';
import { writeSessionCookie } from '../../session-cookie.ts';
import { readForm } from '../forms.ts';
import { answer, ownPath } from '../respond.ts';
import type { Actions, PageServerLoad } from './$types';

const credentials = v.strictObject({
	email: v.pipe(v.string(), v.trim(), v.maxLength(254)),
	// Checked for size only: what a password must be is asked when it is set.
	password: v.pipe(v.string(), v.maxLength(128)),
	to: v.optional(v.string())
});
const demonstration = v.strictObject({ account: v.string(), to: v.optional(v.string()) });

export const load: PageServerLoad = ({ url, locals: { app, actor } }) => {
	const to = ownPath(url.searchParams.get('to'));
	if (actor) redirect(303, to);
	return {
		to,
		accounts: app.demonstration
			? demonstrationAccounts.map(({ email, name, role }) => ({ email, name, role }))
			: []
	};
};

function enter(
	cookies: Cookies,
	app: App,
	result: SignedIn,
	to: string | undefined,
	email: string
) {
	if (result.outcome === 'signed-in') {
		writeSessionCookie(cookies, app.origin, result.token, result.expiresAt);
		redirect(303, ownPath(to));
	}
	if (result.outcome === 'slow-down')
		return fail(429, {
			problem: 'slow-down' as const,
			minutes: Math.ceil(result.seconds / 60),
			email
		});
	return fail(401, { problem: 'refused' as const, minutes: 0, email });
}

export const actions = {
	password: async ({ request, cookies, getClientAddress, locals: { app, session } }) => {
		const { success, output } = await readForm(request, credentials);
		if (!success) return fail(422, { problem: 'refused' as const, minutes: 0, email: '' });
		const result = await answer(() => signIn(app, output, getClientAddress(), session));
		return enter(cookies, app, result, output.to, output.email);
	},
	demonstration: async ({ request, cookies, locals: { app, session } }) => {
		const { success, output } = await readForm(request, demonstration);
		if (!success) return fail(422, { problem: 'refused' as const, minutes: 0, email: '' });
		const { account, to } = output;
		const result = await answer(() =>
			signInToDemonstration(app, account, demonstrationAccounts, session)
		);
		return enter(cookies, app, result, to, '');
	}
} satisfies Actions;
