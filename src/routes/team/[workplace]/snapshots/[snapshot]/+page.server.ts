import { readSnapshot } from '#lib/completion/snapshots.server.ts';
import { answer, signedIn } from '../../../../respond.ts';
import { viewSnapshot } from '../../../snapshot.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { workplace, snapshot } = event.params;
		return {
			workplace,
			snapshot: viewSnapshot(await readSnapshot(app, actor, workplace, snapshot), locale)
		};
	});
