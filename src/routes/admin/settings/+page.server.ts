import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { daysKept, retention } from '#lib/access/retention.ts';
import {
	changeOrganisation,
	chosenClasses,
	decideRetention,
	readSettings
} from '#lib/workplaces/organisation.server.ts';
import { decideViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import { addDays, dayOf, writeDay } from '#lib/time.ts';
import { notice, viewings } from '#lib/workplaces/view-policy.ts';
import { answer, signedIn } from '../../respond.ts';
import { acting, line, requireForm } from '../forms.ts';
import type { Actions, PageServerLoad } from './$types';

const changing = v.strictObject({ name: line, locale: v.picklist(['da', 'en']) });
const deciding = v.strictObject({ shows: v.picklist(viewings) });
const keeping = v.strictObject(
	v.entriesFromList(chosenClasses, v.pipe(v.string(), v.regex(/^\d{1,5}$/)))
);

const done = ['changed', 'decided', 'kept'] as const;

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { searchParams } = event.url;
		const settings = await readSettings(app, actor);
		const wanted = searchParams.get('shows');
		return {
			name: settings.name,
			locale: settings.locale,
			policy: settings.policy,
			/** What is asked about before it is decided. */
			deciding: viewings.find((one) => one === wanted) ?? null,
			namesFrom: writeDay(addDays(dayOf(app.now()), notice), locale),
			kept: chosenClasses.map((name) => {
				const { choice } = retention[name];
				const days = daysKept(name, settings.retention);
				return { name, days, least: choice?.least ?? days, most: choice?.most ?? days };
			}),
			done: done.find((one) => one === searchParams.get('done')) ?? null
		};
	});

export const actions = {
	change: acting(async (event) => {
		const actor = signedIn(event);
		const form = await requireForm(event.request, changing);
		const { fault } = await changeOrganisation(event.locals.app, actor, form);
		if (fault) return fail(422, { change: { fault, values: form } });
		redirect(303, '/admin/settings?done=changed');
	}),
	decide: acting(async (event) => {
		const actor = signedIn(event);
		const { shows } = await requireForm(event.request, deciding);
		await decideViewPolicy(event.locals.app, actor, shows);
		redirect(303, '/admin/settings?done=decided#policy');
	}),
	keep: acting(async (event) => {
		const actor = signedIn(event);
		const typed = await requireForm(event.request, keeping);
		const wanted = Object.fromEntries(
			Object.entries(typed).map(([name, days]) => [name, Number(days)])
		);
		const wrong = await decideRetention(event.locals.app, actor, wanted);
		if (wrong.length > 0) return fail(422, { keep: { wrong, values: typed } });
		redirect(303, '/admin/settings?done=kept#keep');
	})
} satisfies Actions;
