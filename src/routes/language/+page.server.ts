import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { setLocale } from '#lib/identity/people.server.ts';
import { readForm } from '../forms.ts';
import { answer, ownPath } from '../respond.ts';
import type { Actions, PageServerLoad } from './$types';

const wish = v.strictObject({ language: v.picklist(['da', 'en']), to: v.optional(v.string()) });
const year = 365 * 24 * 60 * 60;

export const load: PageServerLoad = () => redirect(303, '/');

/** Sets the language for this browser, and for the account of who is signed in. */
export const actions = {
	default: async ({ request, cookies, locals: { app, actor } }) => {
		const { success, output } = await readForm(request, wish);
		if (!success) error(422, { message: 'invalid' });
		const { language, to } = output;
		cookies.set('lang', language, {
			path: '/',
			maxAge: year,
			sameSite: 'lax',
			httpOnly: true,
			secure: app.origin.startsWith('https://')
		});
		if (actor && actor.locale !== language)
			await answer(() => app.db.write((tx) => setLocale(tx, actor.person, language)));
		redirect(303, ownPath(to));
	}
} satisfies Actions;
