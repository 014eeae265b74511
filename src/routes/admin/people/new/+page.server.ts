import { givenRoles, permissionToGive } from '#lib/access/naming.ts';
import { canAnywhere } from '#lib/access/rights.ts';
import { authoriseAdministration } from '#lib/workplaces/administration.ts';
import { listChoices } from '#lib/workplaces/list-tree.server.ts';
import { answer, signedIn } from '../../../respond.ts';
import { acting } from '../../forms.ts';
import { roleName } from '../../words.ts';
import { addByAdministrator } from '../adding.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		authoriseAdministration(actor);
		const places = await listChoices(event.locals.app, actor, 'people.add');
		return {
			workplace: event.url.searchParams.get('workplace') ?? '',
			places: places.map(({ id, name, depth }) => ({ value: id, name, depth })),
			roles: givenRoles
				.filter((role) => canAnywhere(actor, permissionToGive(role)))
				.map((role) => ({ value: role, name: roleName(role) }))
		};
	});

export const actions = {
	default: acting(async (event) => {
		authoriseAdministration(signedIn(event));
		return addByAdministrator(event);
	})
} satisfies Actions;
