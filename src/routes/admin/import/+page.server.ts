import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { canAnywhere } from '#lib/access/rights.ts';
import { listLearners } from '#lib/completion/completions.server.ts';
import { DomainError } from '#lib/errors.ts';
import { readUpload } from '#lib/server/upload.server.ts';
import { dayOf, writeDay } from '#lib/time.ts';
import { importKinds } from '#lib/workplaces/import-columns.ts';
import { fileLimits } from '#lib/workplaces/import-table.server.ts';
import { undoImport } from '#lib/workplaces/import-undo.server.ts';
import { awaitWork } from '#lib/workplaces/import-works.server.ts';
import { beginImport, listImports } from '#lib/workplaces/imports.server.ts';
import { readForm } from '../../forms.ts';
import { answer, signedIn } from '../../respond.ts';
import { countWritten } from '#lib/workplaces/import-preview.ts';
import type { Actions, PageServerLoad } from './$types';

/** How long an answer waits for what is soon done, in milliseconds. */
const patience = 2000;

const brought = v.strictObject({
	kind: v.picklist(importKinds),
	ends: v.optional(v.literal('yes'))
});

const undone = v.strictObject({ import: v.pipe(v.string(), v.uuid()) });

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const { app, locale } = event.locals;
		const { imports, undoable } = await listImports(app, signedIn(event));
		return {
			undoable,
			imports: imports.map(({ id, kind, state, counts, madeAt }) => ({
				id,
				kind,
				state,
				day: writeDay(dayOf(madeAt), locale),
				time: writeTime(madeAt),
				written: countWritten(counts),
				refused: counts.refused
			}))
		};
	});

function writeTime(moment: Date): string {
	const time = { timeZone: 'Europe/Copenhagen', hour: '2-digit', minute: '2-digit' } as const;
	return new Intl.DateTimeFormat('en-GB', time).format(moment);
}

/** A large body is refused by Kit, which then leaves it unread: here it is read from the request itself. */
function bodyOf({ request, platform }: RequestEvent): AsyncIterable<Uint8Array> {
	const isLarge = Number(request.headers.get('content-length')) > 400_000;
	if (isLarge && platform?.req) return platform.req;
	return request.body ?? new Blob([]).stream();
}

export const actions = {
	upload: (event) =>
		answer(async () => {
			const actor = signedIn(event);
			const { app } = event.locals;
			// Asked before anything is read of what may be twenty megabytes.
			if (!canAnywhere(actor, 'people.import')) throw new DomainError('forbidden', 'people.import');
			const type = event.request.headers.get('content-type');
			const upload = await readUpload(bodyOf(event), type, fileLimits.size);
			if (upload === 'too-large') return fail(413, { problem: 'too-large' as const });
			if (upload === 'unreadable') throw new DomainError('invalid', 'upload');
			const { success, output } = v.safeParse(brought, Object.fromEntries(upload.fields));
			if (!success) throw new DomainError('invalid', 'upload');
			const { kind, ends } = output;
			if (!upload.file || upload.file.length === 0)
				return fail(422, { problem: 'no-file' as const });
			const endsMissing = kind === 'people' && ends === 'yes';
			const id = await beginImport(app, actor, { kind, bytes: upload.file, endsMissing });
			await awaitWork(app, id, patience);
			redirect(303, `/admin/import/${id}`);
		}),
	undo: (event) =>
		answer(async () => {
			const actor = signedIn(event);
			const { app } = event.locals;
			const { success, output } = await readForm(event.request, undone);
			if (!success) throw new DomainError('invalid', 'form');
			await undoImport(app, actor, output.import, listLearners);
			await awaitWork(app, output.import, patience);
			redirect(303, `/admin/import/${output.import}`);
		})
} satisfies Actions;
