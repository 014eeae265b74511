import { dayOf } from '#lib/time.ts';
import { findViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import { findRetentionChoices } from '#lib/identity/sweep.server.ts';
import { answer } from '../respond.ts';
import type { PageServerLoad } from './$types';

/** For anyone; who is signed in sees what their own organisation has decided. */
export const load: PageServerLoad = ({ locals: { app, actor } }) =>
	answer(async () => ({
		policy: actor && (await findViewPolicy(app.db.read, actor.organisation, dayOf(app.now()))),
		choices: actor ? await findRetentionChoices(app.db.read, actor.organisation) : {}
	}));
