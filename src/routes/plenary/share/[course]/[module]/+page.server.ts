import { authorise, canAnywhere } from '#lib/access/rights.ts';
import { DomainError } from '#lib/errors.ts';
import { makeShareSheet } from '#lib/plenary/share.ts';
import { answer, signedIn } from '../../../../respond.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		if (!canAnywhere(actor, 'plenary.lead')) authorise(actor, 'plenary.lead', null);
		const { app, locale } = event.locals;
		const { catalogue } = app.library;
		const { course, module } = event.params;
		const found = catalogue.module(course, module);
		if (!found) throw new DomainError('not-found', 'module');
		const { outcomes } = catalogue.framework;
		const nameOutcome = (id: string) => outcomes.find((one) => one.id === id)?.text[locale];
		return {
			course: catalogue.course(course)?.title[locale] ?? course,
			sheet: makeShareSheet(found, nameOutcome, locale)
		};
	});
