import { demonstrationAccounts } from '../demonstration/accounts.ts';
import { describeHome } from './learn/home.server.ts';
import { answer } from './respond.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { app, actor, locale } }) =>
	answer(async () => ({
		home: actor && (await describeHome(app, actor, locale)),
		accounts:
			!actor && app.demonstration
				? demonstrationAccounts.map(({ email, name, role }) => ({ email, name, role }))
				: []
	}));
