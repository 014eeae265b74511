import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { listOwnTexts, withdrawText } from '#lib/authoring/published.server.ts';
import { slug } from '#lib/content/slug.ts';
import { writeDay } from '#lib/time.ts';
import { acting, requireForm } from '../../admin/forms.ts';
import { answer, signedIn } from '../../respond.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { searchParams } = event.url;
		const texts = await listOwnTexts(app, actor.person);
		return {
			texts: texts.map(({ title, publishedOn, ...one }) => ({
				...one,
				title: title?.[locale] ?? one.slug,
				publishedOn: writeDay(publishedOn, locale)
			})),
			asked: texts.find(({ slug }) => slug === searchParams.get('withdraw'))?.slug ?? null,
			isDone: searchParams.has('withdrawn')
		};
	});

const withdrawing = v.strictObject({ slug });

export const actions = {
	withdraw: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		const { slug: text } = await requireForm(event.request, withdrawing);
		await withdrawText(event.locals.app, actor, text);
		redirect(303, '/me/texts?withdrawn');
	})
} satisfies Actions;
