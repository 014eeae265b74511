import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { changeWorkplace } from '#lib/workplaces/change-workplace.server.ts';
import { closeWorkplace, reopenWorkplace } from '#lib/workplaces/close-workplace.server.ts';
import { moveWorkplace } from '#lib/workplaces/move-workplace.server.ts';
import { withdrawRole } from '#lib/workplaces/roles.server.ts';
import { readWorkplace } from '#lib/workplaces/read-workplace.server.ts';
import { writeDay } from '#lib/time.ts';
import { answer, signedIn } from '../../../respond.ts';
import { acting, findRefusal, id, line, requireForm } from '../../forms.ts';
import { listSettings } from '../../setting-names.ts';
import { isDeed } from '../../words.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const changing = v.strictObject({ name: line, setting: line });
const moving = v.strictObject({ parent: id });
const withdrawing = v.strictObject({ person: id, grant: id });
const nothing = v.strictObject({});

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { closedOn, ...workplace } = await readWorkplace(app, actor, event.params.workplace);
		const done = event.url.searchParams.get('done');
		return {
			workplace: { ...workplace, closedOn: closedOn && writeDay(closedOn, locale) },
			settings: listSettings(app, locale),
			isClosing: event.url.searchParams.get('view') === 'close',
			done: isDeed(done) ? done : null
		};
	});

const back = (event: RequestEvent, done: string): never =>
	redirect(303, `/admin/workplaces/${event.params.workplace}?done=${done}`);

export const actions = {
	change: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		const { name, setting } = await requireForm(event.request, changing);
		const { fault } = await changeWorkplace(event.locals.app, actor, event.params.workplace, {
			name,
			setting: setting || null
		});
		if (fault) return fail(422, { fault, values: { name, setting }, refused: null });
		back(event, 'changed');
	}),
	move: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		const { parent } = await requireForm(event.request, moving);
		const refused = await findRefusal(() =>
			moveWorkplace(event.locals.app, actor, event.params.workplace, parent)
		);
		if (refused) return fail(409, { fault: null, values: null, refused });
		back(event, 'moved');
	}),
	close: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		await requireForm(event.request, nothing);
		const refused = await findRefusal(async () => {
			const hindered = await closeWorkplace(event.locals.app, actor, event.params.workplace);
			// The page itself tells what stands in the way.
			if (hindered) redirect(303, `/admin/workplaces/${event.params.workplace}?view=close`);
		});
		if (refused) return fail(409, { fault: null, values: null, refused });
		back(event, 'closed');
	}),
	reopen: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		await requireForm(event.request, nothing);
		const refused = await findRefusal(() =>
			reopenWorkplace(event.locals.app, actor, event.params.workplace)
		);
		if (refused) return fail(409, { fault: null, values: null, refused });
		back(event, 'reopened');
	}),
	withdraw: acting(async (event: RequestEvent) => {
		const actor = signedIn(event);
		const { person, grant } = await requireForm(event.request, withdrawing);
		const refused = await findRefusal(() => withdrawRole(event.locals.app, actor, person, grant));
		if (refused) return fail(409, { fault: null, values: null, refused });
		back(event, 'role-withdrawn');
	})
} satisfies Actions;
