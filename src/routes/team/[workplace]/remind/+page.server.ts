import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { DomainError } from '#lib/errors.ts';
import {
	previewByHand,
	readByHand,
	sendByHand,
	type Wish
} from '#lib/notifications/by-hand.server.ts';
import { writeDay } from '#lib/time.ts';
import { requireForm } from '../../../admin/forms.ts';
import { answer, signedIn } from '../../../respond.ts';
import { chooseCourse } from '../../course.ts';
import { stateName } from '../../state-name.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { searchParams } = event.url;
		const course = chooseCourse(app, searchParams.get('course'), locale);
		const { workplace } = event.params;
		const { candidates, ...house } = await readByHand(app, actor, {
			workplace,
			course: course.slug
		});
		const wanted = searchParams.get('person');
		const late = ['overdue', 'lapsed', 'due-soon'];
		return {
			house,
			course,
			sent: Number(searchParams.get('sent')) || 0,
			candidates: candidates.map(({ person, name, state, dueOn, isRecent }) => ({
				person,
				name,
				state: stateName(state),
				due: dueOn ? writeDay(dueOn, locale) : null,
				isRecent,
				isChosen: !isRecent && (wanted ? person === wanted : late.includes(state))
			}))
		};
	});

const wish = v.strictObject({
	course: v.pipe(v.string(), v.maxLength(100)),
	to: v.picklist(['all', 'some']),
	people: v.optional(v.pipe(v.array(v.pipe(v.string(), v.uuid())), v.maxLength(300)), [])
});

/** Reads whom the leader wants to remind, and tells on the page why it cannot be done. */
async function withWish<Result>(
	event: RequestEvent,
	work: (wished: Wish) => Promise<Result>
): Promise<Result | ReturnType<typeof refuse>> {
	signedIn(event);
	return answer(async () => {
		try {
			const { course, to, people } = await requireForm(event.request, wish);
			if (to === 'some' && people.length === 0) return refuse('nobody');
			return await work({
				workplace: event.params.workplace,
				course,
				to: to === 'all' ? 'all' : people
			});
		} catch (thrown) {
			if (thrown instanceof DomainError && thrown.code === 'conflict') return refuse('this-week');
			throw thrown;
		}
	});
}

const refuse = (refused: 'nobody' | 'this-week') => fail(409, { refused });

export const actions = {
	/** Shows word by word what will be sent, and sends nothing. */
	preview: (event) =>
		withWish(event, async (wished) => ({
			preview: {
				mails: await previewByHand(event.locals.app, signedIn(event), wished),
				course: wished.course,
				to: wished.to === 'all' ? ('all' as const) : ('some' as const),
				people: wished.to === 'all' ? [] : [...wished.to]
			}
		})),
	send: (event) =>
		withWish(event, async (wished) => {
			const count = await sendByHand(event.locals.app, signedIn(event), wished);
			redirect(
				303,
				`/team/${wished.workplace}/remind?course=${encodeURIComponent(wished.course)}&sent=${count}`
			);
		})
} satisfies Actions;
