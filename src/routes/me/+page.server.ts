import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { endOtherSessions, endSession, listSessions } from '#lib/identity/own-sessions.server.ts';
import { readOwnStandings } from '#lib/completion/stale.server.ts';
import { listOwnHistory, putAway } from '#lib/notifications/own-reminders.server.ts';
import { findStop, startReminders, stopReminders } from '#lib/notifications/stops.server.ts';
import { kindName, outcomeName } from '#lib/notifications/ui/kind-name.ts';
import { readTranscript } from '#lib/completion/transcript.server.ts';
import { localise } from '#lib/content/localised.ts';
import { DomainError } from '#lib/errors.ts';
import { dayOf, writeDay } from '#lib/time.ts';
import { readRecord } from '#lib/workplaces/own-record.server.ts';
import { findViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import { requireNothing } from '../admin/forms.ts';
import { readForm } from '../forms.ts';
import { compareAsked, sayAsked } from '../learn/asking.ts';
import { answer, ownPath, signedIn } from '../respond.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const record = await readRecord(app.db.read, actor.person);
		if (!record) throw new DomainError('not-found', 'person');
		const { courses, modules } = await readTranscript(app.db.read, actor.person);
		const { catalogue } = app.library;
		const titleOf = (slug: string, module?: string) => {
			const course = catalogue.course(slug);
			const found = module ? course?.modules.find((one) => one.slug === module) : course;
			// What is not taught any more keeps the name it is stored under.
			return found ? localise(found.title, locale) : (module ?? slug);
		};
		const { name, email, username, workplaces, roles } = record;
		const today = dayOf(app.now());
		const standings = await readOwnStandings(app, actor.person);
		const here = event.locals.sessionFacts?.handle ?? '';
		const clock = new Intl.DateTimeFormat('da-DK', {
			timeStyle: 'short',
			timeZone: 'Europe/Copenhagen'
		});
		const sessions = await listSessions(app, actor, here);
		const stoppedOn = await findStop(app.db.read, actor.person);
		const reminded = await listOwnHistory(app.db.read, actor.person);
		return {
			reminders: {
				stoppedOn: stoppedOn && writeDay(stoppedOn, locale),
				hasEmail: email !== null,
				latest: reminded
					.filter(({ outcome }) => outcome !== 'waiting' && outcome !== 'dropped')
					.slice(0, 5)
					.map(({ kind, course, day, outcome }) => ({
						day: writeDay(day, locale),
						what: course ? `${kindName(kind)}, ${titleOf(course)}` : kindName(kind),
						outcome: outcomeName(outcome)
					}))
			},
			sessions: sessions.map(({ begunAt, ...session }) => ({
				...session,
				day: writeDay(dayOf(begunAt), locale),
				time: clock.format(begunAt)
			})),
			policy: await findViewPolicy(app.db.read, actor.organisation, today),
			record: { name, email, username, workplaces: workplaces.map((one) => one.name), roles },
			asked: [...standings.values()].toSorted(compareAsked).flatMap((standing) => {
				const words = sayAsked(standing, today, locale);
				return words ? [{ title: titleOf(standing.course), words }] : [];
			}),
			courses: courses.map(({ course, day, source, by }) => ({
				title: titleOf(course),
				day: writeDay(day, locale),
				source,
				by
			})),
			modules: modules.map(({ course, module, day, source }) => ({
				title: titleOf(course, module),
				course: titleOf(course),
				day: writeDay(day, locale),
				source
			}))
		};
	});

const which = v.strictObject({ session: v.pipe(v.string(), v.maxLength(64)) });

const whichReminder = v.strictObject({
	reminder: v.pipe(v.string(), v.maxLength(64)),
	back: v.pipe(v.string(), v.maxLength(500))
});

export const actions = {
	stopReminders: async (event) => {
		const actor = signedIn(event);
		await answer(async () => {
			await requireNothing(event.request);
			await stopReminders(event.locals.app, actor);
		});
		redirect(303, '/me#reminders');
	},
	startReminders: async (event) => {
		const actor = signedIn(event);
		await answer(async () => {
			await requireNothing(event.request);
			await startReminders(event.locals.app, actor);
		});
		redirect(303, '/me#reminders');
	},
	/** Puts a reminder away that stands on home or among the modules. */
	putAway: async (event) => {
		const actor = signedIn(event);
		const { success, output } = await readForm(event.request, whichReminder);
		if (!success) error(422, { message: 'invalid' });
		await answer(() => putAway(event.locals.app, actor, output.reminder));
		redirect(303, ownPath(output.back));
	},
	/** Signs out there. */
	end: async (event) => {
		const actor = signedIn(event);
		const { success, output } = await readForm(event.request, which);
		if (!success) error(422, { message: 'invalid' });
		await answer(() => endSession(event.locals.app, actor, output.session));
		redirect(303, '/me#sessions');
	},
	/** Signs out everywhere but here. */
	endOthers: async (event) => {
		const actor = signedIn(event);
		const here = event.locals.sessionFacts?.handle ?? '';
		await answer(async () => {
			await requireNothing(event.request);
			await endOtherSessions(event.locals.app, actor, here);
		});
		redirect(303, '/me#sessions');
	}
} satisfies Actions;
