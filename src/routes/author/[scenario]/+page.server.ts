import { openFrame } from '#lib/authoring/frame.server.ts';
import { answer, signedIn } from '../../respond.ts';
import { makeLexicon } from './lexicon.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { known, mayWrite, writer, draft, state, status, chosen } = await openFrame(
			app,
			actor,
			event.params.scenario
		);
		return {
			id: known.id,
			writer,
			mayWrite,
			draft,
			state,
			status,
			chosen,
			lexicon: makeLexicon(app.library.catalogue, locale)
		};
	});
