import { findPeople } from '#lib/workplaces/find-people.server.ts';
import { listChoices } from '#lib/workplaces/list-tree.server.ts';
import { authoriseAdministration } from '#lib/workplaces/administration.ts';
import { answer, signedIn } from '../../respond.ts';
import { readPeopleWish, writeFound } from './listing.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		authoriseAdministration(actor);
		const wish = readPeopleWish(event.url.searchParams);
		const workplace = event.url.searchParams.get('workplace') || null;
		const found = await findPeople(app, actor, { ...wish, workplace });
		return {
			wish: { ...wish, workplace },
			found: writeFound(found, locale),
			places: await listChoices(app, actor, 'people.manage')
		};
	});
