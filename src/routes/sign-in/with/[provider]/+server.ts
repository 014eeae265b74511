import { redirect } from '@sveltejs/kit';
import { sendToProvider, type Purpose } from '#lib/workplaces/provider-arrival.server.ts';
import { isSharedTablet } from '../../../../shared-tablet.ts';
import { answer, ownPath, requireFresh } from '../../../respond.ts';
import { giveToBrowser } from './carry.ts';
import type { RequestHandler } from './$types';

const purposes = ['sign-in', 'again', 'link'] as const satisfies readonly Purpose[];

/** Sends the browser to a provider; nothing is changed here before it comes back. */
export const GET: RequestHandler = (event) =>
	answer(async () => {
		const { url, params, cookies, locals, request } = event;
		const { app, sessionFacts } = locals;
		const to = ownPath(url.searchParams.get('to'));
		const wanted = purposes.find((one) => one === url.searchParams.get('for')) ?? 'sign-in';
		const purpose = sessionFacts ? wanted : 'sign-in';
		// A link from elsewhere takes nobody out of their session, and links no account.
		if (sessionFacts && purpose === 'sign-in') redirect(303, to);
		if (purpose === 'link') {
			if (request.headers.get('sec-fetch-site') === 'cross-site') redirect(303, '/me/sign-in');
			requireFresh(event, '/me/sign-in');
		}
		// On a shared tablet the colleague before may still be signed in there.
		const isAnew = url.searchParams.has('anew');
		const mustShow = purpose !== 'sign-in' || isAnew || isSharedTablet(cookies);
		const handle = sessionFacts?.handle ?? null;
		const sent = await sendToProvider(app, params.provider, {
			...{ purpose, handle, to, mustShow }
		});
		if (sent.outcome !== 'away') {
			const back = purpose === 'sign-in' ? '/sign-in' : '/sign-in/again';
			redirect(303, `${back}?trouble=${sent.outcome}&to=${encodeURIComponent(to)}`);
		}
		const state = sent.url.searchParams.get('state') ?? '';
		giveToBrowser(cookies, app.origin, state, sent.carried);
		redirect(303, sent.url);
	});
