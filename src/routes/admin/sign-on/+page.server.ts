import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { alwaysDemanded } from '#lib/access/factor-policy.ts';
import { givenRoles } from '#lib/access/naming.ts';
import { newId } from '#lib/id.ts';
import type { ProviderForm } from '#lib/identity/provider-form.ts';
import {
	decideFactorPolicy,
	mostDaysOff,
	readFactorPolicy
} from '#lib/workplaces/factor-policies.server.ts';
import { listChoices } from '#lib/workplaces/list-tree.server.ts';
import { backAddress } from '#lib/workplaces/provider-arrival.server.ts';
import {
	addProviderRule,
	checkProvider,
	keepProvider,
	listProviders,
	removeProvider,
	removeProviderRule
} from '#lib/workplaces/sign-on.server.ts';
import { answer, requireFresh } from '../../respond.ts';
import { acting, id, line, requireForm } from '../forms.ts';
import { roleName } from '../words.ts';
import { sayRule } from './words.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const page = '/admin/sign-on';
const done = ['decided', 'kept', 'rule', 'unruled', 'removed'] as const;

const deciding = v.strictObject({
	roles: v.optional(v.array(v.picklist(givenRoles)), []),
	until: line
});
const box = v.optional(v.literal('1'));
const keeping = v.strictObject({
	id,
	name: line,
	issuer: line,
	clientId: line,
	secret: line,
	scopes: line,
	subjectClaim: line,
	employeeClaim: line,
	factorWords: line,
	makesPeople: box,
	isOpen: box
});
const ruling = v.strictObject({
	id,
	claim: line,
	value: line,
	workplace: id,
	role: v.picklist(['', ...givenRoles])
});
const which = v.strictObject({ id });

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = requireFresh(event);
		const { app } = event.locals;
		const providers = await listProviders(app, actor);
		const places = await listChoices(app, actor, 'organisation.manage');
		const nameOf = (place: string) => places.find((one) => one.id === place)?.name ?? null;
		const policy = await readFactorPolicy(app.db.read, actor.organisation);
		const { searchParams } = event.url;
		const open = searchParams.get('open');
		return {
			isDemonstration: app.demonstration,
			mostDaysOff,
			policy: {
				until: policy.until ?? '',
				roles: givenRoles.map((role) => ({
					role,
					name: roleName(role),
					isDemanded: policy.roles.includes(role) || alwaysDemanded.some((one) => one === role),
					isFixed: alwaysDemanded.some((one) => one === role)
				}))
			},
			providers: providers.map((provider) => ({
				...provider,
				factorWords: provider.factorWords.join(' '),
				employeeClaim: provider.employeeClaim ?? '',
				rules: provider.rules.map((rule) => ({
					...rule,
					role: rule.role ?? '',
					words: sayRule(rule, nameOf(rule.workplace))
				})),
				back: backAddress(app, provider.slug),
				ended: `${app.origin}/sign-in/with/${provider.slug}/ended`,
				afterwards: `${app.origin}/`
			})),
			newId: newId(),
			isAdding: open === 'new',
			places: places.map((one) => ({ value: one.id, name: one.name, depth: one.depth })),
			roles: givenRoles.map((role) => ({ value: role, name: roleName(role) })),
			done: done.find((one) => one === searchParams.get('done')) ?? null,
			/** The one that was just changed, whose part stands open. */
			open
		};
	});

const onward = (what: (typeof done)[number], open?: string): never =>
	redirect(303, `${page}?done=${what}${open ? `&open=${open}#p-${open}` : ''}`);

const fresh = (event: RequestEvent) => requireFresh(event, page);

export const actions = {
	decide: acting(async (event) => {
		const actor = fresh(event);
		const form = await requireForm(event.request, deciding);
		const { fault } = await decideFactorPolicy(event.locals.app, actor, form);
		if (fault) return fail(422, { policy: { fault, ...form } });
		return onward('decided');
	}),
	keep: acting(async (event) => {
		const actor = fresh(event);
		const {
			id: provider,
			makesPeople,
			isOpen,
			...rest
		} = await requireForm(event.request, keeping);
		const values: ProviderForm = {
			...rest,
			makesPeople: makesPeople === '1',
			isOpen: isOpen === '1'
		};
		const { faults } = await keepProvider(event.locals.app, actor, provider, values);
		if (Object.keys(faults).length > 0)
			return fail(422, { keep: { id: provider, faults, values: { ...values, secret: '' } } });
		return onward('kept', provider);
	}),
	rule: acting(async (event) => {
		const actor = fresh(event);
		const { id: provider, role, ...rest } = await requireForm(event.request, ruling);
		const form = { ...rest, role: role || null };
		const { fault } = await addProviderRule(event.locals.app, actor, provider, form);
		if (fault) return fail(422, { rule: { id: provider, fault, values: { ...rest, role } } });
		return onward('rule', provider);
	}),
	unrule: acting(async (event) => {
		const actor = fresh(event);
		const { id: provider, ...rule } = await requireForm(event.request, ruling);
		await removeProviderRule(event.locals.app, actor, provider, rule);
		return onward('unruled', provider);
	}),
	check: acting(async (event) => {
		const actor = fresh(event);
		const form = await requireForm(event.request, which);
		return { checked: { id: form.id, ...(await checkProvider(event.locals.app, actor, form.id)) } };
	}),
	remove: acting(async (event) => {
		const actor = fresh(event);
		const form = await requireForm(event.request, which);
		await removeProvider(event.locals.app, actor, form.id);
		return onward('removed');
	})
} satisfies Actions;
