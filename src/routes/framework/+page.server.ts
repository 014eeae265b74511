import type { Library } from '#lib/scenario/library.server.ts';
import { listTraining, type Training } from '#lib/scenario/training.ts';
import { answer, signedIn } from '../respond.ts';
import { listFramework } from './listing.ts';
import type { PageServerLoad } from './$types';

/** Walking through every scenario takes a while, and a library never changes. */
const known = new WeakMap<Library, Training[]>();

export const load: PageServerLoad = (event) =>
	answer(async () => {
		signedIn(event);
		const { app, locale } = event.locals;
		const { catalogue, scenarios } = app.library;
		const trainings = known.get(app.library) ?? listTraining(catalogue, scenarios);
		known.set(app.library, trainings);
		return { framework: listFramework(catalogue, trainings, scenarios, locale) };
	});
