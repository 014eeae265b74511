import { demonstrationAccounts } from '../demonstration/accounts.ts';
import { dayOf } from '#lib/time.ts';
import { findViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import { describeHome } from './learn/home.server.ts';
import { describeNotes } from './notes.ts';
import { answer } from './respond.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { app, actor, locale } }) =>
	answer(async () => ({
		notes: actor ? await describeNotes(app, actor, locale) : [],
		home: actor && (await describeHome(app, actor, locale)),
		policy: actor && (await findViewPolicy(app.db.read, actor.organisation, dayOf(app.now()))),
		accounts:
			!actor && app.demonstration
				? demonstrationAccounts.map(({ email, name, role }) => ({ email, name, role }))
				: []
	}));
