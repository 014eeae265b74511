import { fail, redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { listLearners } from '#lib/completion/completions.server.ts';
import { DomainError } from '#lib/errors.ts';
import { dayOf, writeDay } from '#lib/time.ts';
import { applyImport } from '#lib/workplaces/import-apply.server.ts';
import {
	inviteImported,
	lettersAtATime,
	listUninvited
} from '#lib/workplaces/import-invite.server.ts';
import { countWritten, endsMany, rowFilters } from '#lib/workplaces/import-preview.ts';
import { undoImport } from '#lib/workplaces/import-undo.server.ts';
import { awaitWork } from '#lib/workplaces/import-works.server.ts';
import { readAllWorkplaces } from '#lib/workplaces/import-world.server.ts';
import { viewImport } from '#lib/workplaces/imports.server.ts';
import { readForm } from '../../../forms.ts';
import { answer, requireFresh, signedIn } from '../../../respond.ts';
import { describeRow } from '../describe.ts';
import type { Actions, PageServerLoad } from './$types';

/** How long a page waits for what is being done, and how soon it is asked for again, in seconds. */
const patience = 4;

const confirmed = v.strictObject({
	missing: v.optional(v.literal('yes')),
	ended: v.optional(v.pipe(v.string(), v.maxLength(20)))
});
const nothing = v.strictObject({});

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const id = event.params.import;
		const { searchParams } = event.url;
		const filter = rowFilters.find((known) => known === searchParams.get('rows')) ?? null;
		const asked = Number(searchParams.get('page'));
		const wish = { filter, page: Number.isInteger(asked) && asked >= 1 ? asked : 1 };
		// Seen before it is waited for: a stranger waits for nothing.
		await viewImport(app, actor, id, wish);
		await awaitWork(app, id, patience * 1000);
		const view = await viewImport(app, actor, id, wish);
		const work = view.work === 'failed' ? null : view.work;
		const isWorking = work !== null;
		if (isWorking) event.setHeaders({ refresh: String(patience) });
		const workplaces = await readAllWorkplaces(app.db.read, actor.organisation);
		const names = new Map(workplaces.map(({ id: workplace, name }) => [workplace, name]));
		const { kind, state, counts, madeAt } = view.import;
		const uninvited = await listUninvited(app, actor, id);
		return {
			id,
			kind,
			// Interrupted, where nobody is reading it any more.
			state: state === 'reading' && !isWorking ? ('failed' as const) : state,
			counts,
			kept: view.kept,
			written: countWritten(counts),
			asksAgain: kind === 'people' && endsMany(counts),
			day: writeDay(dayOf(madeAt), locale),
			work,
			hasFailed: view.work === 'failed',
			note: view.note,
			filter,
			page: view.page,
			pages: view.pages,
			isUndoable: view.isUndoable,
			rows: view.rows.map((row) => describeRow(row, kind, names, locale)),
			byMail: app.mailer.kind === 'none' ? 0 : uninvited.byMail.length,
			hasNoMail: app.mailer.kind === 'none' && uninvited.byMail.length > 0,
			byLetter: uninvited.byLetter.length,
			lettersAtATime,
			invited: Number(searchParams.get('invited')) || 0
		};
	});

export const actions = {
	apply: (event) =>
		answer(async () => {
			// It may change the addresses and numbers of many.
			const actor = requireFresh(event, `/admin/import/${event.params.import}`);
			const { app } = event.locals;
			const id = event.params.import;
			const { success, output } = await readForm(event.request, confirmed);
			if (!success) throw new DomainError('invalid', 'form');
			const ended = output.ended === undefined ? null : Number(output.ended.replace(/[ .]/g, ''));
			const answered = await applyImport(app, actor, id, {
				missing: output.missing === 'yes',
				ended
			});
			if (answered === 'unconfirmed') return fail(422, { problem: 'unconfirmed' as const });
			await awaitWork(app, id, patience * 500);
			redirect(303, `/admin/import/${id}`);
		}),
	undo: (event) =>
		answer(async () => {
			// It may change the addresses and numbers of many.
			const actor = requireFresh(event, `/admin/import/${event.params.import}`);
			const { app } = event.locals;
			const { success } = await readForm(event.request, nothing);
			if (!success) throw new DomainError('invalid', 'form');
			await undoImport(app, actor, event.params.import, listLearners);
			await awaitWork(app, event.params.import, patience * 500);
			redirect(303, `/admin/import/${event.params.import}`);
		}),
	invite: (event) =>
		answer(async () => {
			const actor = signedIn(event);
			const { success } = await readForm(event.request, nothing);
			if (!success) throw new DomainError('invalid', 'form');
			const { app } = event.locals;
			const invited = await inviteImported(app, actor, event.params.import);
			await awaitWork(app, event.params.import, patience * 500);
			redirect(303, `/admin/import/${event.params.import}?invited=${invited}`);
		})
} satisfies Actions;
