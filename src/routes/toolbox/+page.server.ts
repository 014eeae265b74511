import { answer, signedIn } from '../respond.ts';
import { listToolbox } from './listing.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		signedIn(event);
		const { app, locale } = event.locals;
		return { groups: listToolbox(app.library.catalogue.toolbox, locale) };
	});
