import { error } from '@sveltejs/kit';
import { answer, signedIn } from '../../../../respond.ts';
import { describeTour } from '../../../describe-review.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const walk = event.url.searchParams.get('walk');
		const tour = await describeTour(app, actor, event.params.scenario, locale, walk);
		if (!tour) error(404, { message: 'not-found' });
		return { tour };
	});
