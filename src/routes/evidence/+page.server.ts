import { answer, signedIn } from '../respond.ts';
import { listEvidence } from './listing.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		signedIn(event);
		const { app, locale } = event.locals;
		return { topics: listEvidence(app.library.catalogue, locale) };
	});
