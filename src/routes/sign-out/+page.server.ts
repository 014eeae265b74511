import { redirect } from '@sveltejs/kit';
import { signOut } from '#lib/identity/sign-in.server.ts';
import { clearSessionCookie, readSessionCookie } from '../../session-cookie.ts';
import { isSharedTablet } from '../../shared-tablet.ts';
import { answer } from '../respond.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = () => redirect(303, '/');

export const actions = {
	default: async ({ url, cookies, setHeaders, locals }) => {
		const { app, actor, sessionFacts } = locals;
		// Also one that still waits for a second step, by which nobody is let in yet.
		const session = locals.session ?? readSessionCookie(cookies, app.origin);
		if (session) await answer(() => signOut(app, actor, session));
		clearSessionCookie(cookies, app.origin);
		setHeaders({ 'clear-site-data': '"cache", "storage"' });
		const provider = sessionFacts?.provider;
		const isShared = sessionFacts?.isShared || isSharedTablet(cookies);
		// The next person may read another language.
		if (isShared) cookies.delete('lang', { path: '/' });
		if (provider) redirect(303, `/sign-out/there?from=${provider}`);
		if (!isShared) redirect(303, '/');
		redirect(303, url.searchParams.has('quiet') ? '/sign-in?quiet' : '/sign-in?forgotten');
	}
} satisfies Actions;
