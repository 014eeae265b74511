import { dayOf, writeDay } from '#lib/time.ts';
import { answer, signedIn } from '../../../../../respond.ts';
import { requireModule, requireTask } from '../../../../module.server.ts';
import { describePlan } from '../../describe-task.server.ts';
import type { PageServerLoad } from './$types';

/** The plan of a workplace, to be printed: it is the workplace's, so no step and no learning is in it. */
export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { params, url } = event;
		const { course, module } = requireModule(app, params);
		const step = requireTask(module, params.task);
		const workplace = url.searchParams.get('workplace');
		const plan = await describePlan(app, actor, params, step, workplace, locale);
		const back = new URLSearchParams({ step: step.key, workplace: plan.workplace.id });
		return {
			title: step.title[locale],
			course: course.title[locale],
			plan: {
				...plan,
				fields: plan.fields.map((field) => ({
					...field,
					value: field.kind === 'date' && field.value ? writeDay(field.value, locale) : field.value
				}))
			},
			today: writeDay(dayOf(app.now()), locale),
			back: `/learn/${course.slug}/${module.slug}?${back}`
		};
	});
