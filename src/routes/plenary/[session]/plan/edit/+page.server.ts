import { fail, redirect } from '@sveltejs/kit';
import { findRecipe } from '#lib/plenary/recipes.ts';
import { addNames, changePlan, findHouseSession } from '#lib/plenary/sessions.server.ts';
import { answer, signedIn } from '../../../../respond.ts';
import {
	changedPlan,
	keepValues,
	readOffer,
	readPlanForm,
	toDraft,
	valuesOf
} from '../../../plan-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const session = await findHouseSession(app, actor, event.params.session);
		const view = await addNames(app.db.read, session);
		if (session.state !== 'planned') redirect(303, `/plenary/${session.id}/plan`);
		return {
			id: session.id,
			title: session.title,
			plays: findRecipe(session.kind).plays,
			values: valuesOf(view),
			offer: await readOffer(app, actor, session.workplace, locale)
		};
	});

export const actions = {
	default: (event) => {
		const actor = signedIn(event);
		return answer(async () => {
			const { app } = event.locals;
			const { session } = event.params;
			const values = keepValues(await readPlanForm(event.request, changedPlan));
			const stands = await findHouseSession(app, actor, session);
			const changed = await changePlan(app, actor, session, toDraft(values, stands));
			if (changed.fault !== null) return fail(422, { fault: changed.fault, values });
			redirect(303, `/plenary/${session}/plan`);
		});
	}
} satisfies Actions;
