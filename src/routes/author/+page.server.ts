import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { listDrafts, restoreDraft, type ListedDraft } from '#lib/authoring/drafts.server.ts';
import { listWaitingReviews } from '#lib/authoring/waiting-reviews.server.ts';
import { DomainError } from '#lib/errors.ts';
import { dayOf, writeDay } from '#lib/time.ts';
import { readForm } from '../forms.ts';
import { answer, signedIn } from '../respond.ts';
import { draftRoleName, titleOf } from './words.ts';
import type { Actions, PageServerLoad } from './$types';

const restored = v.strictObject({ draft: v.pipe(v.string(), v.uuid()) });

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const all = await listDrafts(event.locals.app, actor);
		const { app, locale } = event.locals;
		const reviews = await listWaitingReviews(app, actor);
		const inUse = all.filter(({ discardedAt }) => discardedAt === null);
		return {
			waiting: inUse
				.filter(({ mentions, lacksConsent }) => mentions > 0 || lacksConsent)
				.map((draft) => describe(event, draft)),
			reviews: reviews.map(({ draft, title }) => ({ draft, title: titleOf(title, locale) })),
			drafts: inUse.map((draft) => describe(event, draft)),
			discarded: all
				.filter(({ discardedAt }) => discardedAt !== null)
				.map((draft) => describe(event, draft)),
			done: event.url.searchParams.get('done')
		};
	});

function describe({ locals: { locale } }: RequestEvent, draft: ListedDraft) {
	const { id, title, role, changedAt, people, mentions, lacksConsent } = draft;
	return {
		id,
		title: titleOf(title, locale),
		role: draftRoleName(role),
		isOwn: role === 'owner',
		day: writeDay(dayOf(changedAt), locale),
		others: people - 1,
		mentions,
		lacksConsent
	};
}

export const actions = {
	restore: (event) =>
		answer(async () => {
			const actor = signedIn(event);
			const { success, output } = await readForm(event.request, restored);
			if (!success) throw new DomainError('invalid', 'form');
			await restoreDraft(event.locals.app, actor, output.draft);
			redirect(303, '/author?done=restored');
		})
} satisfies Actions;
