import { redirect } from '@sveltejs/kit';
import { findLink, joinByLink } from '#lib/authoring/draft-links.server.ts';
import { answer, signedIn } from '../../../respond.ts';
import { draftRoleName, titleOf } from '../../words.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { title, role, by } = await findLink(app, actor, event.params.token);
		return {
			title: titleOf(title, locale),
			role: draftRoleName(role),
			isWriting: role !== 'commenter',
			by
		};
	});

export const actions = {
	default: (event) =>
		answer(async () => {
			const actor = signedIn(event);
			const { draft } = await joinByLink(event.locals.app, actor, event.params.token);
			redirect(303, `/author/${draft}/people#own`);
		})
} satisfies Actions;
