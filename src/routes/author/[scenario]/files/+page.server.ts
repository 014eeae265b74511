import { readOwnDraft } from '#lib/authoring/take-out.server.ts';
import { answer, signedIn } from '../../../respond.ts';
import { titleOf } from '../../words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { known, isWhole } = await readOwnDraft(app, actor, event.params.scenario);
		return { id: known.id, title: titleOf(known.title, locale), isWhole };
	});
