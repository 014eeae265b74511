import { fail, redirect } from '@sveltejs/kit';
import { authorise } from '#lib/access/rights.ts';
import { listHouses } from '#lib/plenary/company.server.ts';
import { findRecipe, lengthOf, recipes } from '#lib/plenary/recipes.ts';
import { sessionKinds } from '#lib/plenary/session-plan.ts';
import { planSession } from '#lib/plenary/sessions.server.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { dayOf } from '#lib/time.ts';
import { answer, signedIn } from '../../respond.ts';
import {
	beginValues,
	keepValues,
	newPlan,
	readOffer,
	readPlanForm,
	toDraft
} from '../plan-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const houses = await listHouses(app, actor);
		const [only] = houses;
		if (!only) authorise(actor, 'plenary.lead', null);
		const { searchParams } = event.url;
		const asked = searchParams.get('house');
		const house = houses.find(({ id }) => id === asked) ?? (asked ? undefined : only);
		if (!house) throw new DomainError('not-found', 'house');
		const kind = sessionKinds.find((one) => one === searchParams.get('kind'));
		return {
			house: { id: house.id, name: house.name },
			houses: houses.map(({ id, name }) => ({ id, name })),
			recipes: recipes.map((recipe) => ({
				kind: recipe.kind,
				title: recipe.title[locale],
				about: recipe.about[locale],
				minutes: lengthOf(recipe)
			})),
			chosen: kind
				? {
						id: newId(),
						kind,
						title: findRecipe(kind).title[locale],
						plays: findRecipe(kind).plays,
						values: beginValues(kind, locale, dayOf(app.now())),
						offer: await readOffer(app, actor, house.id, locale)
					}
				: null
		};
	});

export const actions = {
	default: (event) => {
		const actor = signedIn(event);
		return answer(async () => {
			const form = await readPlanForm(event.request, newPlan);
			const values = keepValues(form);
			const draft = toDraft(values, form);
			const planned = await planSession(event.locals.app, actor, { ...draft, id: form.id });
			if (planned.fault !== null) return fail(422, { fault: planned.fault, values, id: form.id });
			redirect(303, `/plenary/${planned.id}/plan`);
		});
	}
} satisfies Actions;
