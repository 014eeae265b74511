import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { readForm } from '../../forms.ts';
import { answer, signedIn } from '../../respond.ts';
import { moveForm } from '../move.ts';
import { beginPlay, describePlay, recordPlay } from '../play.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const { person } = signedIn(event);
		const { app, locale } = event.locals;
		const play = await describePlay(app, person, event.params.scenario, locale);
		const wantsText = event.url.searchParams.get('view') === 'text';
		const view = wantsText ? 'text' : play.attempt ? 'play' : 'note';
		return { slug: event.params.scenario, play, view: view as 'note' | 'play' | 'text' };
	});

const beginning = v.strictObject({ again: v.optional(v.literal('1')) });
const moving = v.strictObject(moveForm);

export const actions = {
	begin: (event) =>
		answer(async () => {
			const { person } = signedIn(event);
			const { success, output } = await readForm(event.request, beginning);
			if (!success) error(422, { message: 'invalid' });
			const { scenario } = event.params;
			await beginPlay(event.locals.app, person, scenario, { again: output.again === '1' });
			redirect(303, `/scenarios/${scenario}`);
		}),
	move: (event) =>
		answer(async () => {
			const { person } = signedIn(event);
			const { success, output } = await readForm(event.request, moving);
			if (!success) error(422, { message: 'invalid' });
			const { scenario } = event.params;
			await recordPlay(event.locals.app, person, scenario, output);
			redirect(303, `/scenarios/${scenario}#consequence-${output.position}`);
		})
} satisfies Actions;
