import { answer, signedIn } from '../respond.ts';
import { describeHome } from './home.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const { app, locale } = event.locals;
		return { home: await describeHome(app, signedIn(event), locale) };
	});
