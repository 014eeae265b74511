import { redirect } from '@sveltejs/kit';
import { arriveFromProvider } from '#lib/workplaces/provider-arrival.server.ts';
import { eraseOwn } from '../../../../../retention.server.ts';
import { isSharedTablet } from '../../../../../shared-tablet.ts';
import { letIn, readArrival } from '../../../../arrive.ts';
import { answer } from '../../../../respond.ts';
import { takeFromBrowser } from '../carry.ts';
import type { RequestHandler } from './$types';

/** Where a provider sends people back to. */
export const GET: RequestHandler = (event) =>
	answer(async () => {
		const { url, params, cookies, locals } = event;
		const { app, actor, session, sessionFacts } = locals;
		const carried = takeFromBrowser(cookies, app.origin, url.searchParams.get('state') ?? '');
		// As it is known there, whatever name of this machine the browser used.
		const came = new URL(url.pathname + url.search, app.origin);
		const returning = {
			...{ carried, actor, session, handle: sessionFacts?.handle ?? null },
			erase: (person: string) => eraseOwn(app, person)
		};
		const arrival = readArrival(event, isSharedTablet(cookies) ? '1' : undefined);
		const arrived = await arriveFromProvider(app, params.provider, came, returning, arrival);
		const { outcome, to } = arrived;
		if (outcome === 'signed-in') return letIn(event, arrived, to);
		if (outcome === 'fresh') redirect(303, to);
		if (outcome === 'linked') redirect(303, '/me/sign-in?done=linked');
		const trouble = `trouble=${outcome}&to=${encodeURIComponent(to)}`;
		redirect(303, actor ? `/sign-in/again?${trouble}` : `/sign-in?${trouble}`);
	});
