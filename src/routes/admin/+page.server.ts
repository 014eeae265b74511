import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { fold } from '#lib/identity/fold.ts';
import { addWorkplace } from '#lib/workplaces/change-workplace.server.ts';
import { listTree } from '#lib/workplaces/list-tree.server.ts';
import { answer, signedIn } from '../respond.ts';
import { acting, id, line, requireForm } from './forms.ts';
import { listSettings, writeSetting } from './setting-names.ts';
import type { Actions, PageServerLoad } from './$types';

const adding = v.strictObject({ id, name: line, setting: line, parent: id });

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const { searchParams } = event.url;
		const tree = await listTree(app, actor);
		const query = (searchParams.get('q') ?? '').trim().slice(0, 100);
		const showsClosed = searchParams.get('closed') === '1';
		const open = tree.filter(({ closedOn }) => closedOn === null);
		const listed = (showsClosed ? tree : open).filter(({ name }) =>
			fold(name).includes(fold(query))
		);
		return {
			query,
			showsClosed,
			closed: tree.length - open.length,
			open: open.length,
			workplaces: listed.map((one) => ({
				id: one.id,
				name: one.name,
				// Found ones stand beside each other, whatever they stand under.
				depth: query === '' ? one.depth : 0,
				setting: writeSetting(app, one.setting, locale),
				isClosed: one.closedOn !== null,
				people: one.people,
				leaders: one.leaders
			})),
			adding: {
				under: searchParams.get('under') ?? open[0]?.id ?? '',
				added: tree.find((one) => one.id === searchParams.get('added'))?.name ?? null,
				places: open.map((one) => ({ value: one.id, name: one.name, depth: one.depth })),
				settings: listSettings(app, locale)
			}
		};
	});

export const actions = {
	add: acting(async (event) => {
		const actor = signedIn(event);
		const form = await requireForm(event.request, adding);
		const { name, parent } = form;
		const setting = form.setting || null;
		const result = await addWorkplace(event.locals.app, actor, { ...form, setting });
		if ('fault' in result)
			return fail(422, { fault: result.fault, values: { name, setting: form.setting, parent } });
		redirect(303, `/admin?under=${parent}&added=${result.added}#add`);
	})
} satisfies Actions;
