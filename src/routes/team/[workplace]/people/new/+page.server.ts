import { readWhere } from '#lib/workplaces/where.server.ts';
import { acting } from '../../../../admin/forms.ts';
import { addByLeader } from '../../../../admin/people/adding.ts';
import { answer, signedIn } from '../../../../respond.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const workplace = await readWhere(
			event.locals.app,
			actor,
			'people.add',
			event.params.workplace
		);
		return { workplace };
	});

export const actions = {
	default: acting((event: RequestEvent) => addByLeader(event, event.params.workplace))
} satisfies Actions;
