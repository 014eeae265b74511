import { readCoverage } from '#lib/completion/coverage.server.ts';
import { answer, signedIn } from '../../../respond.ts';
import { viewCoverage } from '../../coverage.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { workplace, coverage } = await readCoverage(app, actor, event.params.workplace);
		return {
			workplace: { id: workplace.id, name: workplace.name },
			coverage: coverage && viewCoverage(coverage, locale)
		};
	});
