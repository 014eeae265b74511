import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { askForPasskey } from '#lib/identity/passkeys.server.ts';
import { signInWithPasskey } from '#lib/identity/second-step.server.ts';
import { letIn, readArrival, sharedBox } from '../../arrive.ts';
import { readForm } from '../../forms.ts';
import { answer, ownPath } from '../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

const shown = v.strictObject({
	answer: v.pipe(v.string(), v.maxLength(20_000)),
	carried: v.pipe(v.string(), v.maxLength(4096)),
	shared: sharedBox
});

export const load: PageServerLoad = ({ url, locals: { app, actor } }) =>
	answer(async () => {
		const to = ownPath(url.searchParams.get('to'));
		if (actor) redirect(303, to);
		return { to, passkey: await askForPasskey(app) };
	});

export const actions = {
	default: async (event) => {
		const { success, output } = await readForm(event.request, shown);
		if (!success) return fail(422, { problem: 'refused' as const });
		const { app } = event.locals;
		const arrival = readArrival(event, output.shared);
		const stepped = await answer(() =>
			signInWithPasskey(app, output, event.getClientAddress(), arrival)
		);
		if (stepped.outcome === 'signed-in')
			return letIn(event, stepped, event.url.searchParams.get('to') ?? undefined);
		return fail(401, { problem: 'refused' as const });
	}
} satisfies Actions;
