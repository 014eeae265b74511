import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { signIn, signInToDemonstration, type SignedIn } from '#lib/identity/sign-in.server.ts';
import { listOpenProviders } from '#lib/identity/providers.server.ts';
import { demonstrationAccounts } from '../../demonstration/accounts.ts';
import { isSharedTablet } from '../../shared-tablet.ts';
import { letIn, readArrival, sharedBox, typedPassword } from '../arrive.ts';
import { readForm } from '../forms.ts';
import { answer, ownPath } from '../respond.ts';
import { findWaiting } from './waiting.ts';
import type { Actions, PageServerLoad } from './$types';

const credentials = v.strictObject({
	name: v.pipe(v.string(), v.trim(), v.maxLength(254)),
	password: typedPassword,
	shared: sharedBox,
	to: v.optional(v.string())
});
const demonstration = v.strictObject({ account: v.string(), to: v.optional(v.string()) });

/** What can come of going to a provider, as the address says it. */
const troubles = ['down', 'begin-again', 'cancelled', 'refused', 'stranger', 'not-yours'] as const;

export const load: PageServerLoad = async (event) => {
	const { url, locals } = event;
	const { app, actor } = locals;
	const to = ownPath(url.searchParams.get('to'));
	if (actor) redirect(303, to);
	const isForm = event.request.method === 'POST';
	if (!isForm && (await answer(() => findWaiting(event))))
		redirect(303, `/sign-in/step?to=${encodeURIComponent(to)}`);
	const trouble = url.searchParams.get('trouble');
	return {
		to,
		trouble: troubles.find((one) => one === trouble) ?? null,
		providers: await answer(() => listOpenProviders(app.db.read)),
		left: (['quiet', 'forgotten'] as const).find((why) => url.searchParams.has(why)) ?? null,
		accounts: app.demonstration
			? demonstrationAccounts.map(({ email, name, role }) => ({ email, name, role }))
			: []
	};
};

const refused = { problem: 'refused', minutes: 0, name: '' } as const;

async function enter(
	event: RequestEvent,
	result: SignedIn,
	said: { to?: string | undefined; name?: string }
) {
	const { name = '' } = said;
	if (result.outcome === 'signed-in') await letIn(event, result, said.to);
	if (result.outcome === 'slow-down') {
		const minutes = Math.ceil(result.seconds / 60);
		return fail(429, { problem: 'slow-down' as const, minutes, name });
	}
	return fail(401, { ...refused, name });
}

export const actions = {
	password: async (event) => {
		const { success, output } = await readForm(event.request, credentials);
		if (!success) return fail(422, refused);
		const { app } = event.locals;
		const arrival = readArrival(event, output.shared);
		const result = await answer(() => signIn(app, output, event.getClientAddress(), arrival));
		return enter(event, result, output);
	},
	demonstration: async (event) => {
		const { success, output } = await readForm(event.request, demonstration);
		if (!success) return fail(422, refused);
		const { app } = event.locals;
		// One press has no box; what was said on this device before holds.
		const arrival = readArrival(event, isSharedTablet(event.cookies) ? '1' : undefined);
		const result = await answer(() =>
			signInToDemonstration(app, output.account, demonstrationAccounts, arrival)
		);
		return enter(event, result, output);
	}
} satisfies Actions;
