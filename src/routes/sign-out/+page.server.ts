import { redirect } from '@sveltejs/kit';
import { clearSessionCookie } from '../../session-cookie.ts';
import { answer } from '../respond.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/');

export const actions = {
	default: async ({ cookies, setHeaders, locals: { app, session } }) => {
		if (session) await answer(() => app.sessions.end(session));
		clearSessionCookie(cookies, app.origin);
		setHeaders({ 'clear-site-data': '"cache", "storage"' });
		redirect(303, '/');
	}
} satisfies Actions;
