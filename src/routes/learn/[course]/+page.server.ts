import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { chooseCourse, hasChosen, undoChoice } from '#lib/completion/choice.server.ts';
import { isOpen } from '#lib/completion/own-standing.ts';
import { listModulesOf } from '#lib/completion/completions.server.ts';
import { readOwnStandings } from '#lib/completion/stale.server.ts';
import { DomainError } from '#lib/errors.ts';
import { dayOf } from '#lib/time.ts';
import { readForm } from '../../forms.ts';
import { answer, signedIn } from '../../respond.ts';
import { summariseCourse } from '../home.server.ts';
import { isOpenTo, requireCourse, requireOpen } from '../module.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { person } = actor;
		const { app, locale } = event.locals;
		const course = requireCourse(app, event.params.course);
		const standings = await readOwnStandings(app, person);
		const modules = await listModulesOf(app.db.read, person, standings);
		const mayTake = await isOpenTo(app, actor, course);
		const standing = standings.get(course.slug);
		const today = dayOf(app.now());
		const isFree = !standing || (!standing.isAsked && isOpen(standing));
		const isChosen = isFree && (await hasChosen(app.db.read, person, course.slug));
		return {
			course: summariseCourse(course, modules, standing, { locale, today, isOpenTo: mayTake }),
			/** Whether they may choose what nobody asks of them, or have. */
			choice: isChosen ? 'chosen' : isFree && mayTake ? 'free' : null
		};
	});

const nothing = v.strictObject({});

/** The course of a button that says nothing more. @throws {DomainError} `invalid`, `not-found`. */
async function requirePress(event: RequestEvent) {
	const { success } = await readForm(event.request, nothing);
	if (!success) throw new DomainError('invalid', 'form');
	return requireCourse(event.locals.app, event.params.course);
}

export const actions = {
	choose: async (event) => {
		const actor = signedIn(event);
		const { app } = event.locals;
		const course = await answer(async () => {
			const wanted = await requirePress(event);
			await requireOpen(app, actor, wanted);
			await chooseCourse(app, actor.person, wanted.slug);
			return wanted;
		});
		redirect(303, `/learn/${course.slug}`);
	},
	undo: async (event) => {
		const actor = signedIn(event);
		const course = await answer(async () => {
			const wanted = await requirePress(event);
			await undoChoice(event.locals.app, actor.person, wanted.slug);
			return wanted;
		});
		redirect(303, `/learn/${course.slug}`);
	}
} satisfies Actions;
