import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import {
	previewInvitations,
	sendInvitations
} from '#lib/notifications/session-invitations.server.ts';
import { findLedSession } from '#lib/plenary/sessions.server.ts';
import { requireForm } from '../../../../admin/forms.ts';
import { answer, signedIn } from '../../../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

/** Shows word by word what will be sent, and sends nothing. */
export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app } = event.locals;
		const { id, title, state } = await findLedSession(app, actor, event.params.session);
		const sent = Number(event.url.searchParams.get('sent'));
		return {
			session: { id, title, isOff: state === 'cancelled' },
			preview: await previewInvitations(app, actor, id),
			sent: Number.isInteger(sent) && sent > 0 ? sent : 0
		};
	});

export const actions = {
	send: (event) => {
		const actor = signedIn(event);
		return answer(async () => {
			await requireForm(event.request, v.strictObject({}));
			const { session } = event.params;
			const count = await sendInvitations(event.locals.app, actor, session);
			redirect(303, `/plenary/${session}/plan/invitation?sent=${count}`);
		});
	}
} satisfies Actions;
