import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { listLearners } from '#lib/completion/completions.server.ts';
import { applyImport, type Confirmed } from '#lib/workplaces/import-apply.server.ts';
import type { ImportKind } from '#lib/workplaces/import-columns.ts';
import type { RowFilter } from '#lib/workplaces/import-preview.ts';
import { undoImport } from '#lib/workplaces/import-undo.server.ts';
import { awaitWork } from '#lib/workplaces/import-works.server.ts';
import { beginImport, viewImport, type ImportView } from '#lib/workplaces/imports.server.ts';

const patience = 60_000;

/** Brings lists as somebody does on the pages, and waits for what comes of it. */
export class Importer {
	readonly #app: App;
	readonly #actor: Actor;

	constructor(app: App, actor: Actor) {
		this.#app = app;
		this.#actor = actor;
	}

	/** The preview of a file. */
	async preview(
		kind: ImportKind,
		file: string | Uint8Array,
		{ endsMissing = false } = {}
	): Promise<ImportView> {
		const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
		const id = await beginImport(this.#app, this.#actor, { kind, bytes, endsMissing });
		await awaitWork(this.#app, id, patience);
		return this.view(id);
	}

	async view(id: string, filter: RowFilter | null = null): Promise<ImportView> {
		const view = await viewImport(this.#app, this.#actor, id, { filter, page: 1 });
		if (view.work === 'failed') throw new Error('what was done with the import has failed');
		return view;
	}

	async apply(
		{ import: { id, counts } }: ImportView,
		confirmed: Confirmed = { missing: true, ended: counts.ended }
	): Promise<ImportView> {
		const answer = await applyImport(this.#app, this.#actor, id, confirmed);
		if (answer !== 'begun') throw new Error(answer);
		await awaitWork(this.#app, id, patience);
		return this.view(id);
	}

	/** What is left of the import: the rows that could not be taken back. */
	async undo({ import: { id } }: ImportView): Promise<ImportView> {
		await undoImport(this.#app, this.#actor, id, listLearners);
		await awaitWork(this.#app, id, patience);
		return this.view(id, 'kept');
	}

	/** Previews and applies a file. */
	async bring(
		kind: ImportKind,
		file: string | Uint8Array,
		options?: { endsMissing: boolean }
	): Promise<ImportView> {
		return this.apply(await this.preview(kind, file, options));
	}
}

/** What a preview refuses, as lines and codes. */
export function refusalsOf({ rows }: ImportView): (readonly [line: number, code: string])[] {
	return rows
		.filter(({ outcome }) => outcome === 'refused')
		.map(({ line, change }) => [line, change.reason?.code ?? '']);
}
