import { redirect } from '@sveltejs/kit';
import { endAt, openClient } from '#lib/identity/provider-client.server.ts';
import { findProvider } from '#lib/identity/providers.server.ts';
import { answer } from '../../respond.ts';
import type { PageServerLoad } from './$types';

/** Offers to sign out at the provider as well: here it has happened already. */
export const load: PageServerLoad = ({ url, locals: { app, actor } }) =>
	answer(async () => {
		if (actor) redirect(303, '/');
		const provider = await findProvider(app, url.searchParams.get('from') ?? '');
		if (!provider) redirect(303, '/');
		const client = await openClient(app, provider).catch(() => null);
		const there = client && endAt(client, `${app.origin}/`);
		return { name: provider.name, href: there?.href ?? null };
	});
