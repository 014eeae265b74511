import { redirect } from '@sveltejs/kit';
import { sendToProvider, type Purpose } from '#lib/workplaces/provider-arrival.server.ts';
import { answer, ownPath } from '../../../respond.ts';
import { giveToBrowser } from './carry.ts';
import type { RequestHandler } from './$types';

const purposes = ['sign-in', 'again', 'link'] as const satisfies readonly Purpose[];

/** Sends the browser to a provider; nothing is changed here before it comes back. */
export const GET: RequestHandler = ({ url, params, cookies, locals }) =>
	answer(async () => {
		const { app, sessionFacts } = locals;
		const to = ownPath(url.searchParams.get('to'));
		const wanted = purposes.find((one) => one === url.searchParams.get('for')) ?? 'sign-in';
		const purpose = sessionFacts ? wanted : 'sign-in';
		const handle = sessionFacts?.handle ?? null;
		const sent = await sendToProvider(app, params.provider, { purpose, handle, to });
		if (sent.outcome !== 'away') {
			const back = purpose === 'sign-in' ? '/sign-in' : '/sign-in/again';
			redirect(303, `${back}?trouble=${sent.outcome}&to=${encodeURIComponent(to)}`);
		}
		const state = sent.url.searchParams.get('state') ?? '';
		giveToBrowser(cookies, app.origin, state, sent.carried);
		redirect(303, sent.url);
	});
