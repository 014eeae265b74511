import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { listSnapshots, makeSnapshot } from '#lib/completion/snapshots.server.ts';
import { writeDay } from '#lib/time.ts';
import { acting, id, requireForm } from '../../../admin/forms.ts';
import { answer, signedIn } from '../../../respond.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { workplace, snapshots } = await listSnapshots(app, actor, event.params.workplace);
		return {
			workplace: { id: workplace.id, name: workplace.name },
			snapshots: snapshots.map(({ id, madeOn }) => ({ id, day: writeDay(madeOn, locale) }))
		};
	});

const made = v.strictObject({ id });

export const actions = {
	default: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		const { workplace } = event.params;
		const wanted = await requireForm(event.request, made);
		await makeSnapshot(event.locals.app, actor, workplace, wanted.id);
		redirect(303, `/team/${workplace}/snapshots/${wanted.id}`);
	})
} satisfies Actions;
