import { redirect } from '@sveltejs/kit';
import { signOut } from '#lib/identity/sign-in.server.ts';
import { clearSessionCookie } from '../../session-cookie.ts';
import { isSharedTablet } from '../../shared-tablet.ts';
import { answer } from '../respond.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/');

export const actions = {
	default: async ({ url, cookies, setHeaders, locals }) => {
		const { app, actor, session, sessionFacts } = locals;
		if (session) await answer(() => signOut(app, actor, session));
		clearSessionCookie(cookies, app.origin);
		setHeaders({ 'clear-site-data': '"cache", "storage"' });
		if (!sessionFacts?.isShared && !isSharedTablet(cookies)) redirect(303, '/');
		// The next person may read another language.
		cookies.delete('lang', { path: '/' });
		redirect(303, url.searchParams.has('quiet') ? '/sign-in?quiet' : '/sign-in?forgotten');
	}
} satisfies Actions;
