import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import {
	isOpenForAttendance,
	listAttendance,
	openAttendance
} from '#lib/plenary/attendance.server.ts';
import { findLedSession } from '#lib/plenary/sessions.server.ts';
import { addDays, dayOf, writeDay } from '#lib/time.ts';
import { requireForm } from '../../../../admin/forms.ts';
import { answer, signedIn } from '../../../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const session = await findLedSession(app, actor, event.params.session);
		const { id, title, heldOn, word, state, workplace } = session;
		const isOpen = isOpenForAttendance(session, dayOf(app.now()));
		return {
			session: { id, title, isEnded: state === 'ended', workplace },
			isOpen,
			word: isOpen ? word : null,
			until: heldOn && writeDay(addDays(heldOn, 1), locale),
			address: `${new URL(app.origin).host}/me/attendance`,
			present: state === 'ended' ? await listAttendance(app, actor, id) : []
		};
	});

export const actions = {
	/** Makes the word of the day. */
	open: (event) => {
		const actor = signedIn(event);
		return answer(async () => {
			await requireForm(event.request, v.strictObject({}));
			await openAttendance(event.locals.app, actor, event.params.session);
			redirect(303, `/plenary/${event.params.session}/plan/after`);
		});
	}
} satisfies Actions;
