import { fail } from '@sveltejs/kit';
import * as v from 'valibot';
import {
	attendByCode,
	attendByWord,
	listAttended,
	type Confirmed
} from '#lib/plenary/attendance.server.ts';
import { writeDay } from '#lib/time.ts';
import { requireForm } from '../../admin/forms.ts';
import { answer, signedIn } from '../../respond.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

/** Anybody may come here: who has no device types a printed code on somebody else's. */
export const load: PageServerLoad = (event) =>
	answer(async () => {
		const { actor, app, locale } = event.locals;
		if (!actor) return { isSignedIn: false, attended: [] };
		const attended = await listAttended(app.db.read, actor.person);
		return {
			isSignedIn: true,
			attended: attended.map(({ title, house, day, modules }) => ({
				title,
				house,
				day: writeDay(day, locale),
				modules: nameModules(event, modules)
			}))
		};
	});

function nameModules({ locals: { app, locale } }: RequestEvent, refs: readonly string[]): string[] {
	return refs.flatMap((ref) => {
		const [course = '', module = ''] = ref.split('/');
		const found = app.library.catalogue.module(course, module);
		return found ? [found.title[locale]] : [];
	});
}

const typed = v.pipe(v.string(), v.maxLength(100));

function tell(event: RequestEvent, way: 'word' | 'code', confirmed: Confirmed) {
	if (confirmed.kind === 'noted') {
		const { title, modules } = confirmed;
		return { way, noted: { title, modules: nameModules(event, modules) } };
	}
	if (confirmed.kind === 'unknown') return fail(422, { way, problem: 'unknown' as const });
	const minutes = Math.ceil(confirmed.seconds / 60);
	return fail(429, { way, problem: 'slow-down' as const, minutes });
}

export const actions = {
	/** For who is signed in: the word of the day. */
	word: (event) => {
		const actor = signedIn(event);
		return answer(async () => {
			const { word } = await requireForm(event.request, v.strictObject({ word: typed }));
			return tell(event, 'word', await attendByWord(event.locals.app, actor, word));
		});
	},
	/** For who is not: the code of a printed list. */
	code: (event) =>
		answer(async () => {
			const { code } = await requireForm(event.request, v.strictObject({ code: typed }));
			const { app } = event.locals;
			return tell(event, 'code', await attendByCode(app, code, event.getClientAddress()));
		})
} satisfies Actions;
