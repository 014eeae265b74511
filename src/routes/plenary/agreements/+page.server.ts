import { redirect } from '@sveltejs/kit';
import { authorise } from '#lib/access/rights.ts';
import { listHouses } from '#lib/plenary/company.server.ts';
import { answer, signedIn } from '../../respond.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const houses = await listHouses(event.locals.app, actor);
		const [first, second] = houses;
		if (!first) authorise(actor, 'plenary.lead', null);
		if (first && !second) redirect(303, `/plenary/agreements/${first.id}`);
		return { houses: houses.map(({ id, name }) => ({ id, name })) };
	});
