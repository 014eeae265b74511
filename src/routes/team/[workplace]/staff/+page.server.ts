import { findPeople } from '#lib/workplaces/find-people.server.ts';
import { readWhere } from '#lib/workplaces/where.server.ts';
import { answer, signedIn } from '../../../respond.ts';
import { readPeopleWish, writeFound } from '../../../admin/people/listing.ts';
import type { PageServerLoad } from './$types';

/** Who works here, to be let in, noted as away or ended: nothing of what anybody learns. */
export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const workplace = await readWhere(app, actor, 'people.read', event.params.workplace);
		const wish = readPeopleWish(event.url.searchParams);
		const found = await findPeople(app, actor, { ...wish, workplace: workplace.id });
		return { workplace, wish, found: writeFound(found, locale) };
	});
