import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { markHeld } from '#lib/plenary/attendance.server.ts';
import { findOwnFeedback, giveFeedback, readFeedback } from '#lib/plenary/feedback.server.ts';
import { findPath } from '#lib/plenary/path.server.ts';
import { addUp } from '#lib/plenary/session-plan.ts';
import { findSession, viewSession, cancelSession } from '#lib/plenary/sessions.server.ts';
import { layOut, writeTime } from '#lib/plenary/when.ts';
import { dayOf } from '#lib/time.ts';
import { requireForm } from '../../../admin/forms.ts';
import { answer, signedIn } from '../../../respond.ts';
import { describeSession } from '../../describe.ts';
import { helperName } from '../../words.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { session, house, others, helpers, facilitatorName } = await viewSession(
			app,
			actor,
			event.params.session
		);
		const { catalogue } = app.library;
		const played = session.scenario === null ? undefined : app.library.scenario(session.scenario);
		const before =
			session.follows && (await findSession(app, actor, session.follows).catch(() => null));
		const isEnded = session.state === 'ended';
		const own = isEnded ? await findOwnFeedback(app.db.read, session.id, actor.person) : undefined;
		return {
			session: describeSession(session, locale),
			isRehearsal: session.rehearsal,
			isPast: dayOf(session.startsAt) <= dayOf(app.now()),
			mayChange: session.own === 'facilitator' || session.own === 'key-staff',
			house,
			facilitatorName,
			others: others.map(({ name }) => name),
			helpers: helpers.map(({ name, role }) => ({ name, role: helperName(role) })),
			scenario: played && {
				title: played.scenario.title[locale],
				note: played.scenario.contentNote[locale]
			},
			modules: session.modules.flatMap((ref) => {
				const [course = '', module = ''] = ref.split('/');
				const found = catalogue.module(course, module);
				return found ? [found.title[locale]] : [];
			}),
			follows: before ? { id: before.id, title: before.title } : null,
			runSheet: layOut(session.runSheet).map(({ from, minutes, heading, words }) => ({
				at: writeTime(new Date(session.startsAt.getTime() + from * 60_000), locale),
				minutes,
				heading,
				words
			})),
			/** The way that the room took, once it is held. */
			path: isEnded ? await findPath(app, session, locale) : null,
			sum: addUp(session.runSheet),
			planned: session.minutes,
			language: session.locale,
			feedback: isEnded
				? (await readFeedback(app, actor, session.id)).map(({ role, ...told }) => ({
						...told,
						role: helperName(role)
					}))
				: [],
			/** What one has told oneself; undefined for who did not help. */
			own,
			told: event.url.searchParams.has('told')
		};
	});

const nothing = v.strictObject({});
const told = v.strictObject({
	good: v.pipe(v.string(), v.maxLength(2000)),
	next: v.pipe(v.string(), v.maxLength(2000))
});

async function acting(event: RequestEvent, work: () => Promise<void>) {
	return answer(async () => {
		await requireForm(event.request, nothing);
		await work();
		redirect(303, `/plenary/${event.params.session}/plan`);
	});
}

export const actions = {
	cancel: (event) => {
		const actor = signedIn(event);
		const { session } = event.params;
		return acting(event, () => cancelSession(event.locals.app, actor, session));
	},
	held: (event) => {
		const actor = signedIn(event);
		const { session } = event.params;
		return acting(event, () => markHeld(event.locals.app, actor, session));
	},
	/** Tells who led what one has seen. */
	tell: (event) => {
		const actor = signedIn(event);
		return answer(async () => {
			const feedback = await requireForm(event.request, told);
			await giveFeedback(event.locals.app, actor, event.params.session, feedback);
			redirect(303, `/plenary/${event.params.session}/plan?told=1#tell`);
		});
	}
} satisfies Actions;
