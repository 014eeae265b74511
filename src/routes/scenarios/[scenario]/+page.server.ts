import { error, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { DomainError } from '#lib/errors.ts';
import { readForm } from '../../forms.ts';
import { answer, signedIn } from '../../respond.ts';
import { beginFields, moveForm, noteField } from '../move.ts';
import { beginPlay, describePlay, keepNote, recordPlay } from '../play.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const { person } = signedIn(event);
		const { app, locale } = event.locals;
		const asked = event.url.searchParams.get('view');
		const { scenario: slug } = event.params;
		try {
			return { slug, play: await describePlay(app, person, slug, locale, asked) };
		} catch (thrown) {
			// What somebody had begun, and its author has withdrawn since: that is said in calm words.
			if (thrown instanceof DomainError && thrown.message === 'withdrawn')
				return { slug, play: null };
			throw thrown;
		}
	});

const beginning = v.strictObject(beginFields);
const noting = v.strictObject({ note: noteField });
const moving = v.strictObject(moveForm);

export const actions = {
	begin: (event) =>
		answer(async () => {
			const { person } = signedIn(event);
			const { success, output } = await readForm(event.request, beginning);
			if (!success) error(422, { message: 'invalid' });
			const { scenario } = event.params;
			await beginPlay(event.locals.app, person, scenario, output);
			redirect(303, `/scenarios/${scenario}`);
		}),
	note: (event) =>
		answer(async () => {
			const { person } = signedIn(event);
			const { success, output } = await readForm(event.request, noting);
			if (!success) error(422, { message: 'invalid' });
			const { scenario } = event.params;
			await keepNote(event.locals.app, person, scenario, output.note);
			redirect(303, `/scenarios/${scenario}#note`);
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
