import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { canAnywhere } from '#lib/access/rights.ts';
import { reviewKeys } from '#lib/authoring/review.ts';
import {
	acceptKey,
	declineKey,
	listKeys,
	listOwnKeys,
	offerKey,
	requireWriter,
	withdrawKey
} from '#lib/authoring/reviewers.server.ts';
import { acting, id, requireForm } from '../../admin/forms.ts';
import { answer, signedIn } from '../../respond.ts';
import { keyName } from '../describe-review.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const key = v.picklist(reviewKeys);
const deeds = ['offered', 'withdrawn', 'accepted', 'declined'] as const;

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		requireWriter(actor);
		const { app } = event.locals;
		const isEditor = canAnywhere(actor, 'scenarios.publish');
		const { grants, candidates } = isEditor
			? await listKeys(app, actor)
			: { grants: [], candidates: [] };
		return {
			own: (await listOwnKeys(app.db.read, actor.person)).map((one) => ({
				...one,
				name: keyName(one.key)
			})),
			isEditor,
			grants: grants.map((one) => ({ ...one, keyName: keyName(one.key) })),
			candidates: candidates.map(({ id, name, at }) => ({ value: id, name: `${name}, ${at}` })),
			keys: reviewKeys.map((one) => ({ value: one, name: keyName(one) })),
			done: deeds.find((one) => one === event.url.searchParams.get('done')) ?? null
		};
	});

const offering = v.strictObject({ person: id, key });
const own = v.strictObject({ key });

const done = (deed: (typeof deeds)[number]): never => redirect(303, `/author/keys?done=${deed}`);

export const actions = {
	offer: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		await offerKey(event.locals.app, actor, await requireForm(event.request, offering));
		return done('offered');
	}),
	withdraw: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		await withdrawKey(event.locals.app, actor, await requireForm(event.request, offering));
		return done('withdrawn');
	}),
	accept: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		await acceptKey(event.locals.app, actor, (await requireForm(event.request, own)).key);
		return done('accepted');
	}),
	decline: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		await declineKey(event.locals.app, actor, (await requireForm(event.request, own)).key);
		return done('declined');
	})
} satisfies Actions;
