import { authorise, canAnywhere } from '#lib/access/rights.ts';
import { answer, signedIn } from '../../respond.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		if (!canAnywhere(actor, 'plenary.lead')) authorise(actor, 'plenary.lead', null);
		const { app, locale } = event.locals;
		return {
			courses: app.library.catalogue.courses.map(({ slug, title, modules }) => ({
				slug,
				title: title[locale],
				modules: modules.map((module) => ({ slug: module.slug, title: module.title[locale] }))
			}))
		};
	});
