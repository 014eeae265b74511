import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import {
	endRule,
	listRecommended,
	listRules,
	makeRecommended,
	makeRule,
	previewRule,
	type RuleLine
} from '#lib/completion/rules.server.ts';
import { ruledRoles, type RuleDraft } from '#lib/completion/rule.ts';
import { sayReach, sayRule } from '#lib/completion/ui/rule-sentence.ts';
import { slug } from '#lib/content/slug.ts';
import * as m from '#lib/ui/messages/messages.js';
import { listChoices } from '#lib/workplaces/list-tree.server.ts';
import { answer, signedIn } from '../../respond.ts';
import { acting, id, requireForm } from '../forms.ts';
import { roleName } from '../words.ts';
import { readDraft, ruleForm, writeDraft } from './rule-form.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const ending = v.strictObject({ rule: id });
const recommending = v.strictObject({ workplace: id, course: v.union([v.literal(''), slug]) });

const deeds = ['made', 'changed', 'ended', 'recommended'] as const;

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { searchParams } = event.url;
		const rules = await listRules(app, actor);
		const recommended = await listRecommended(app, actor);
		const places = await listChoices(app, actor, 'rules.manage');
		const { courses } = app.library.catalogue;
		const changing = rules.find((one) => one.id === searchParams.get('change'));
		const ending = rules.find((one) => one.id === searchParams.get('end'));
		const first = recommended[0] ?? {
			role: 'staff',
			workplace: places[0]?.id ?? '',
			course: courses[0]?.slug ?? '',
			terms: { dueDays: 30, graceDays: 30, renewal: null }
		};
		return {
			rules: rules.map((one) => show(event, one)),
			recommended: recommended.map((one) => show(event, one)),
			changing: changing ? show(event, changing) : null,
			ending: ending ? show(event, ending) : null,
			values: writeDraft(changing ?? first),
			places: places.map((one) => ({ value: one.id, name: one.name, depth: one.depth })),
			courses: courses.map((one) => ({ value: one.slug, name: one.title[locale] })),
			roles: ruledRoles.map((role) => ({
				value: role,
				name: role === 'staff' ? m.rules_role_staff() : roleName(role)
			})),
			done: deeds.find((one) => one === searchParams.get('done')) ?? null
		};
	});

const show = (event: RequestEvent, { id, workplace, course, ...rule }: RuleLine) => ({
	id,
	workplace,
	course,
	sentence: say(event, { ...rule, workplace, course }, rule.place),
	reach: sayReach(rule.reached, event.locals.locale)
});

function say(event: RequestEvent, draft: RuleDraft, place: string): string {
	const { app, locale } = event.locals;
	// What is not taught any more keeps the name it is stored under.
	const course = app.library.catalogue.course(draft.course)?.title[locale] ?? draft.course;
	return sayRule({ role: draft.role, place, course, terms: draft.terms }, locale);
}

export const actions = {
	/** Makes a rule, or shows what it would say and whom it would reach. */
	make: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { id: rule, replaces, view, ...values } = await requireForm(event.request, ruleForm);
		const draft = readDraft(values);
		if (view === 'preview') {
			const found = await previewRule(app, actor, draft);
			if ('fault' in found) return fail(422, { values, fault: found.fault });
			const sentence = say(event, draft, found.place);
			return { values, preview: { sentence, reach: sayReach(found.reached, locale) } };
		}
		const { fault } = await makeRule(app, actor, { ...draft, id: rule }, replaces || null);
		if (fault) return fail(422, { values, fault });
		redirect(303, `/admin/rules?done=${replaces ? 'changed' : 'made'}`);
	}),
	end: acting(async (event: RequestEvent) => {
		const { rule } = await requireForm(event.request, ending);
		await endRule(event.locals.app, signedIn(event), rule);
		redirect(303, '/admin/rules?done=ended');
	}),
	/** Makes the rules that the courses recommend: of one course, or of all. */
	recommend: acting(async (event: RequestEvent) => {
		const { workplace, course } = await requireForm(event.request, recommending);
		await makeRecommended(event.locals.app, signedIn(event), workplace, course || null);
		redirect(303, '/admin/rules?done=recommended');
	})
} satisfies Actions;
