import { redirect } from '@sveltejs/kit';
import { DomainError } from '#lib/errors.ts';
import { findByStopToken, stopReminders } from '#lib/notifications/stops.server.ts';
import { answer } from '../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

/** Shows what may be stopped, and stops nothing: mailboxes open addresses to look at them (3.5.3). */
export const load: PageServerLoad = ({ params, setHeaders, locals: { app } }) => {
	setHeaders({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
	return answer(async () => {
		const found = await findByStopToken(app.db.read, params.token);
		if (!found) throw new DomainError('not-found', 'reminder');
		return { isStopped: found.isStopped };
	});
};

export const actions = {
	/** Works for who holds the mail, without signing in. */
	default: async ({ params, locals: { app } }) => {
		await answer(async () => {
			const found = await findByStopToken(app.db.read, params.token);
			if (!found) throw new DomainError('not-found', 'reminder');
			await stopReminders(app, found);
		});
		redirect(303, `/reminders/${encodeURIComponent(params.token)}`);
	}
} satisfies Actions;
