import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { canAnywhere } from '#lib/access/rights.ts';
import { beginDraft, chooseSlug } from '#lib/authoring/drafts.server.ts';
import {
	buildGuided,
	guidedFields,
	guidedQuestions,
	isAnswered,
	noAnswers,
	type GuidedAnswers
} from '#lib/authoring/guided.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { makeKebab } from '#lib/scenario/formats/kebab-names.ts';
import { writeFields } from '#lib/scenario/written.ts';
import { markMeant, readForm } from '../../../forms.ts';
import { answer, signedIn } from '../../../respond.ts';
import type { Actions, PageServerLoad } from './$types';

/** Where one is: at a question, or at the end, where all answers are looked at before the story is built. */
const places = [...guidedQuestions, 'look'] as const;

const sent = v.strictObject({
	id: v.pipe(v.string(), v.uuid()),
	to: v.picklist([...places, 'build']),
	...guidedFields
});

export const load: PageServerLoad = (event) =>
	answer(async () => {
		requireWriter(event);
		const { app, locale } = event.locals;
		return {
			id: newId(),
			answers: noAnswers,
			settings: app.library.catalogue.settings.map((setting) => ({
				value: setting.slug,
				name: setting[locale]
			}))
		};
	});

function requireWriter(event: RequestEvent) {
	const actor = signedIn(event);
	if (!canAnywhere(actor, 'scenarios.write')) throw new DomainError('forbidden', 'scenarios.write');
	return actor;
}

export const actions = {
	/** The answers go along from question to question in the form itself; nothing is kept before the story is built. */
	go: (event) =>
		answer(async () => {
			const actor = requireWriter(event);
			const { app, locale } = event.locals;
			const { success, output } = await readForm(event.request, sent);
			if (!success) throw new DomainError('invalid', 'form');
			const { id, to, ...answers } = output;
			if (to !== 'build') {
				const meant = markMeant(Object.values(answers));
				return { id, at: to, answers, answered: listAnswered(answers), meant };
			}
			const slug = await chooseSlug(app, makeKebab(answers.title, 'story'));
			const fields = writeFields(buildGuided(answers, slug, locale));
			await beginDraft(app, actor, { id, fields });
			redirect(303, `/author/${id}`);
		})
} satisfies Actions;

function listAnswered(answers: GuidedAnswers) {
	return guidedQuestions.filter((question) => isAnswered(answers, question));
}
