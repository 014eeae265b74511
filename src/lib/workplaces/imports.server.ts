import { and, asc, count, desc, eq, gt, inArray, lt, ne, notInArray, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { canAnywhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { insertMany } from '#lib/server/db/insert-many.ts';
import type { Reader } from '#lib/server/db/store.ts';
import type { ImportKind } from './import-columns.ts';
import { planImport, readScope, type BroughtFile } from './import-plan.server.ts';
import {
	countRows,
	type Counts,
	type FileNote,
	type ImportState,
	type PlannedRow,
	type RowChange,
	type RowFilter
} from './import-preview.ts';
import type { PersonState } from './import-person-plan.ts';
import type { WorkplaceState } from './import-workplace-plan.ts';
import { beginWork, expectRoom, findWork, type Progress } from './import-works.server.ts';
import { importRows, imports } from './tables.server.ts';

/** An import without its rows. */
export interface Import {
	id: string;
	kind: ImportKind;
	state: ImportState;
	counts: Counts;
	madeAt: Date;
	appliedAt: Date | null;
	undoneAt: Date | null;
}

/** A row of an import, as it is stored. */
export interface ImportRow {
	position: number;
	line: number;
	outcome: string;
	change: RowChange;
	before: PersonState | WorkplaceState | null;
}

const columns = {
	id: imports.id,
	kind: imports.kind,
	state: imports.state,
	counts: imports.counts,
	madeAt: imports.madeAt,
	appliedAt: imports.appliedAt,
	undoneAt: imports.undoneAt
};

/** How many rows are written before others may write. */
const portion = 400;

/**
 * Begins to read a file; what would change can be looked at once that is over, and nothing changes
 * before it is applied. Resolves with the id of the import.
 *
 * @throws {DomainError} `forbidden` to who may not, `too-many` while others' files are being read.
 */
export async function beginImport(app: App, actor: Actor, file: BroughtFile): Promise<string> {
	expectImporter(actor);
	expectRoom(app);
	const id = newId(app.now().getTime());
	await app.db.write(async (tx) => {
		await tx.insert(imports).values({
			id,
			organisation: actor.organisation,
			kind: file.kind,
			state: 'reading' satisfies ImportState,
			counts: {},
			madeBy: actor.person,
			madeAt: app.now()
		});
	});
	beginWork(app, id, 'reading', (progress) => preview(app, actor, id, file, progress));
	return id;
}

function expectImporter(actor: Actor): void {
	if (!canAnywhere(actor, 'people.import')) throw new DomainError('forbidden', 'people.import');
}

async function preview(
	app: App,
	actor: Actor,
	id: string,
	file: BroughtFile,
	progress: Progress
): Promise<void> {
	try {
		const plan = await planImport(app, actor, file);
		if ('rows' in plan) {
			await writeRows(app, id, plan.rows, progress);
			await finish(app, id, 'previewed', countRows(plan.rows, plan.open), plan.note);
			await forgetOthers(app, actor, id, file.kind);
			return;
		}
		const rows = plan.map(({ line, reason }) => ({
			line,
			outcome: 'refused' as const,
			change: { subject: null, label: '', after: null, reason },
			before: null
		}));
		await writeRows(app, id, rows, progress);
		await finish(app, id, 'refused', countRows(rows, 0), null);
	} catch (error) {
		await app.db.write(async (tx) => {
			await tx.update(imports).set({ state: 'failed' }).where(eq(imports.id, id));
		});
		throw error;
	}
}

async function writeRows(
	app: App,
	id: string,
	rows: readonly PlannedRow[],
	progress: Progress
): Promise<void> {
	progress.total = rows.length;
	for (let from = 0; from < rows.length; from += portion) {
		const some = rows.slice(from, from + portion).map(({ before, ...row }, index) => ({
			...row,
			import: id,
			position: from + index + 1,
			before: before ?? undefined
		}));
		await app.db.writeMuch((tx, breathe) => insertMany(tx, importRows, some, breathe));
		progress.done = from + some.length;
	}
}

/** From here on it can be looked at, as a whole. */
async function finish(
	app: App,
	id: string,
	state: ImportState,
	counts: Counts,
	note: FileNote | null
): Promise<void> {
	await app.db.write(async (tx) => {
		const about = { import: id, position: 0, line: 0, outcome: 'file', change: note };
		if (note) await tx.insert(importRows).values(about);
		await tx.update(imports).set({ state, counts }).where(eq(imports.id, id));
	});
}

/** What somebody has looked at and not applied goes when they bring the next list of its kind. */
async function forgetOthers(app: App, actor: Actor, id: string, kind: ImportKind): Promise<void> {
	const others = await app.db.read
		.select({ id: imports.id })
		.from(imports)
		.where(
			and(
				eq(imports.organisation, actor.organisation),
				eq(imports.madeBy, actor.person),
				eq(imports.kind, kind),
				ne(imports.id, id),
				inArray(imports.state, ['previewed', 'refused', 'failed', 'stale'])
			)
		);
	for (const other of others) await forgetImport(app, other.id);
}

/** Deletes an import that is of no use any more, and its rows, a portion at a time. */
export async function forgetImport(app: App, id: string): Promise<void> {
	await forgetRows(app, id);
	await app.db.write(async (tx) => {
		await tx.delete(imports).where(eq(imports.id, id));
	});
}

/** Deletes the rows of an import, with the names in them; how many there were stays known. */
export async function forgetRows(app: App, id: string): Promise<void> {
	for (;;) {
		const [first] = await app.db.read
			.select({ position: importRows.position })
			.from(importRows)
			.where(eq(importRows.import, id))
			.orderBy(asc(importRows.position))
			.limit(1);
		if (!first) return;
		const upTo = first.position + portion;
		await app.db.write(async (tx) => {
			await tx
				.delete(importRows)
				.where(and(eq(importRows.import, id), lt(importRows.position, upTo)));
		});
	}
}

const daysPreviewed = 7;

/** Deletes previews that nobody has applied for seven days. What was applied follows `retention.ts`. */
export async function sweepPreviews(app: App): Promise<void> {
	const before = new Date(app.now().getTime() - daysPreviewed * 86_400_000);
	const old = await app.db.read
		.select({ id: imports.id })
		.from(imports)
		.where(and(lt(imports.madeAt, before), notInArray(imports.state, ['applied', 'undone'])));
	for (const { id } of old) await forgetImport(app, id);
}

const mostListed = 20;

/** The latest imports that the actor may see, the newest first, and which of them can be taken back. */
export async function listImports(
	app: App,
	actor: Actor
): Promise<{ imports: Import[]; undoable: string | null }> {
	expectImporter(actor);
	const rows = await app.db.read
		.select(columns)
		.from(imports)
		.where(await isSeen(app.db.read, actor))
		.orderBy(desc(imports.madeAt), desc(imports.id))
		.limit(mostListed);
	const last = await findLastApplied(app.db.read, actor.organisation);
	const undoable = last && rows.some(({ id }) => id === last) ? last : null;
	return { imports: rows.map(asImport), undoable };
}

/** Own imports, and for who may everywhere those of others. */
async function isSeen(read: Reader, actor: Actor): Promise<SQL | undefined> {
	const { isWhole } = await readScope(read, actor);
	const isOurs = eq(imports.organisation, actor.organisation);
	return isWhole ? isOurs : and(isOurs, eq(imports.madeBy, actor.person));
}

// States, kinds and counts are only ever written above.
function asImport({
	kind,
	state,
	counts,
	...row
}: typeof imports.$inferSelect | ListedRow): Import {
	const nothing = {
		new: 0,
		changed: 0,
		moved: 0,
		ended: 0,
		same: 0,
		refused: 0,
		missing: 0,
		open: 0
	};
	return {
		id: row.id,
		kind: kind as ImportKind,
		state: state as ImportState,
		counts: { ...nothing, ...counts },
		madeAt: row.madeAt,
		appliedAt: row.appliedAt,
		undoneAt: row.undoneAt
	};
}

type ListedRow = Pick<typeof imports.$inferSelect, keyof typeof columns>;

/** The one import of an organisation that can be taken back: the last that was applied. */
export async function findLastApplied(read: Reader, organisation: string): Promise<string | null> {
	const [last] = await read
		.select({ id: imports.id, state: imports.state })
		.from(imports)
		.where(and(eq(imports.organisation, organisation), gt(imports.appliedAt, new Date(0))))
		.orderBy(desc(imports.appliedAt), desc(imports.id))
		.limit(1);
	if (last?.state !== 'applied') return null;
	const [row] = await read
		.select({ position: importRows.position })
		.from(importRows)
		.where(eq(importRows.import, last.id))
		.limit(1);
	return row ? last.id : null;
}

/** What a page shows of an import. */
export interface ImportView {
	import: Import;
	note: FileNote | null;
	/** What is being done with it just now. */
	work: Progress | 'failed' | null;
	rows: ImportRow[];
	/** Counted from 1. */
	page: number;
	pages: number;
	kept: number;
	isUndoable: boolean;
}

/** Rows that are shown at a time. */
const rowsOnPage = 100;

/**
 * An import with one page of its rows, of one kind where that is asked for.
 *
 * @throws {DomainError} `forbidden` to who may not bring lists at all, `not-found` where it is another
 * organisation's, or brought by somebody who may where the actor may not.
 */
export async function viewImport(
	app: App,
	actor: Actor,
	id: string,
	wish: { filter: RowFilter | null; page: number }
): Promise<ImportView> {
	const found = await findImport(app, actor, id);
	const { read } = app.db;
	const isListed = and(
		eq(importRows.import, id),
		gt(importRows.position, 0),
		wish.filter === null ? undefined : eq(importRows.outcome, wish.filter)
	);
	const total = await countWhere(read, isListed);
	const kept = await countWhere(
		read,
		and(eq(importRows.import, id), eq(importRows.outcome, 'kept'))
	);
	const pages = Math.max(1, Math.ceil(total / rowsOnPage));
	const page = Math.min(wish.page, pages);
	const rows = await read
		.select({
			position: importRows.position,
			line: importRows.line,
			outcome: importRows.outcome,
			change: importRows.change,
			before: importRows.before
		})
		.from(importRows)
		.where(isListed)
		.orderBy(asc(importRows.position))
		.limit(rowsOnPage)
		.offset((page - 1) * rowsOnPage);
	return {
		import: found,
		note: await readNote(read, id),
		work: findWork(app, id),
		rows: rows as ImportRow[], // as they are written above
		page,
		pages,
		kept,
		isUndoable: (await findLastApplied(read, actor.organisation)) === id
	};
}

async function countWhere(read: Reader, condition: SQL | undefined): Promise<number> {
	const [row] = await read.select({ rows: count() }).from(importRows).where(condition);
	return row?.rows ?? 0;
}

/**
 * An import that the actor may see.
 *
 * @throws {DomainError} `forbidden` or `not-found`, see {@link viewImport}.
 */
export async function findImport(app: App, actor: Actor, id: string): Promise<Import> {
	expectImporter(actor);
	const [row] = await app.db.read
		.select(columns)
		.from(imports)
		.where(and(eq(imports.id, id), await isSeen(app.db.read, actor)));
	if (!row) throw new DomainError('not-found', 'import');
	return asImport(row);
}

/** What is said of the file of an import; null where there is none that could be read. */
export async function readNote(read: Reader, id: string): Promise<FileNote | null> {
	const [row] = await read
		.select({ change: importRows.change })
		.from(importRows)
		.where(and(eq(importRows.import, id), eq(importRows.position, 0)));
	return (row?.change as FileNote | undefined) ?? null; // as `finish` writes it
}
