import { createHash } from 'node:crypto';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { newId } from '#lib/id.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { createBreathe, inSlices } from '#lib/server/slices.ts';
import { dayOf } from '#lib/time.ts';
import type { FileRow, Read } from './import-cells.ts';
import { recogniseColumns, type Columns, type ImportKind } from './import-columns.ts';
import { holdsCpr } from '#lib/content/cpr.ts';
import { readPersonLine } from './import-person-line.ts';
import { planPeople } from './import-person-plan.ts';
import { indexPlaces, type KnownWorkplace } from './import-places.ts';
import type { FileNote, PlannedRow } from './import-preview.ts';
import { cutShort } from './import-reason.ts';
import { readTable, type FileFault, type FileTable } from './import-table.server.ts';
import { readText, type ReadText } from './import-text.ts';
import { nameSettings, readWorkplaceLine } from './import-workplace-line.ts';
import { planWorkplaces } from './import-workplace-plan.ts';
import {
	countStaff,
	readAllPeople,
	readAllWorkplaces,
	readTakenElsewhere,
	readWithin
} from './import-world.server.ts';

/** A file and what is asked of it. */
export interface BroughtFile {
	kind: ImportKind;
	bytes: Uint8Array;
	/** People: that who is not in the file has left. */
	endsMissing: boolean;
}

/** What a file comes to. */
export interface Plan {
	rows: PlannedRow[];
	note: FileNote;
	/** How many people, or workplaces, are there now where the actor may. */
	open: number;
}

/** What of a plan depends on the kind of file. */
type Compared = Pick<Plan, 'rows' | 'open'> & {
	about: Pick<FileNote, 'sparesMissing' | 'leavingLater' | 'ignoredCohorts'>;
};

interface Brought {
	app: App;
	actor: Actor;
	endsMissing: boolean;
	table: FileTable;
	columns: Columns;
	oddLines: ReadText['oddLines'];
	scope: Scope;
}

/** Reads a file and compares it with what stands; where it cannot be read as a whole, says why. */
export async function planImport(
	app: App,
	actor: Actor,
	{ kind, bytes, endsMissing }: BroughtFile
): Promise<Plan | FileFault> {
	const { text, encoding, oddLines } = await inSlices(readText(bytes));
	const table = await readTable(text, kind);
	if (!('rows' in table)) return table;
	const columns = recogniseColumns(kind, table.header.cells);
	const fault = judgeColumns(columns, table, oddLines);
	if (fault) return fault;
	const scope = await readScope(app.db.read, actor);
	const brought = { app, actor, endsMissing, table, columns, oddLines, scope };
	const compare: Record<ImportKind, (brought: Brought) => Promise<Compared>> = {
		people: comparePeople,
		workplaces: compareWorkplaces
	};
	const { rows, open, about } = await compare[kind](brought);
	const ignored = columns.ignored.filter((heading) => !holdsCpr(heading));
	return {
		rows: rows.toSorted((a, b) => rankLine(a) - rankLine(b)),
		open,
		note: {
			encoding,
			delimiter: table.delimiter,
			ignored: ignored.slice(0, 40).map(cutShort),
			endsMissing,
			basis: scope.basis,
			...about
		}
	};
}

/** In the order of the file; whom no line names come last. */
function rankLine({ line }: PlannedRow): number {
	return line === 0 ? Infinity : line;
}

function judgeColumns(
	{ fields, missing }: Columns,
	{ header }: FileTable,
	oddLines: ReadText['oddLines']
): FileFault | null {
	const { line } = header;
	if (oddLines.has(line)) return [{ line, reason: { code: 'unreadable' } }];
	if (fields.every((field) => field === null)) return [{ line, reason: { code: 'no-columns' } }];
	if (missing.length === 0) return null;
	return missing.map((text) => ({ line, reason: { code: 'missing-column', text } }));
}

/** Reads each line on its own; those that are written in another way than the rest are refused. */
function* readLines<T>(
	{ table, oddLines }: Brought,
	read: (row: FileRow) => Read<T>
): Generator<undefined, Read<T>[]> {
	const lines: Read<T>[] = [...table.faults];
	for (const [index, row] of table.rows.entries()) {
		if (index % 50 === 49) yield;
		lines.push(
			isOdd(row, oddLines) ? { line: row.line, reason: { code: 'unreadable' } } : read(row)
		);
	}
	return lines;
}

function isOdd({ line, cells }: FileRow, oddLines: ReadText['oddLines']): boolean {
	if (oddLines.size === 0) return false;
	const breaks = cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
	for (let at = line; at <= line + breaks; at += 1) if (oddLines.has(at)) return true;
	return false;
}

async function comparePeople(brought: Brought): Promise<Compared> {
	const { app, actor, endsMissing, columns, scope } = brought;
	const breathe = createBreathe();
	const lines = await inSlices(readLines(brought, (row) => readPersonLine(columns.fields, row)));
	const emails = lines.flatMap((line) => ('value' in line ? (line.value.email ?? []) : []));
	const { organisation, person } = actor;
	const plan = await inSlices(
		planPeople(lines, {
			people: await readAllPeople(app.db.read, organisation, breathe),
			places: indexPlaces(
				scope.workplaces.filter(({ id, closedOn }) => scope.within.has(id) && closedOn === null)
			),
			within: scope.within,
			isWhole: scope.isWhole,
			takenElsewhere: await readTakenElsewhere(app.db.read, organisation, emails, breathe),
			actor: person,
			today: dayOf(app.now()),
			endsMissing,
			newId: () => newId(app.now().getTime())
		})
	);
	const { rows, open, ...about } = plan;
	return {
		rows: rows.map(({ line, outcome, person: subject, label, before, after, reason }) => ({
			line,
			outcome,
			change: { subject, label, after, reason },
			before
		})),
		open,
		about
	};
}

async function compareWorkplaces(brought: Brought): Promise<Compared> {
	const { app, actor, columns, scope } = brought;
	const settings = nameSettings(app.library.catalogue.settings);
	const lines = await inSlices(
		readLines(brought, (row) => readWorkplaceLine(columns.fields, settings, row))
	);
	const planned = await inSlices(
		planWorkplaces(lines, {
			workplaces: scope.workplaces,
			within: scope.within,
			staffed: await countStaff(app.db.read, actor.organisation),
			today: dayOf(app.now()),
			newId: () => newId(app.now().getTime())
		})
	);
	const names = new Map(scope.workplaces.map(({ id, name }) => [id, name]));
	for (const { workplace, after } of planned)
		if (workplace && after) names.set(workplace, after.name);
	return {
		rows: planned.map(({ line, outcome, workplace: subject, label, before, after, reason }) => {
			const above = after?.parent ? (names.get(after.parent) ?? null) : null;
			return { line, outcome, change: { subject, label, after, reason, above }, before };
		}),
		open: scope.workplaces.filter(({ id, closedOn }) => scope.within.has(id) && closedOn === null)
			.length,
		about: { sparesMissing: false, leavingLater: 0, ignoredCohorts: [] }
	};
}

/** Where an actor may bring lists, in the tree as it stands. */
export interface Scope {
	/** All of the organisation, closed ones too. */
	workplaces: readonly KnownWorkplace[];
	/** Ids of those where the actor may, closed ones too. */
	within: ReadonlySet<string>;
	/** That those are all. */
	isWhole: boolean;
	/** A hash of all of this: a preview holds for as long as it is the same. */
	basis: string;
}

export async function readScope(read: Reader, actor: Actor): Promise<Scope> {
	const workplaces = await readAllWorkplaces(read, actor.organisation);
	const within = await readWithin(read, actor);
	const hash = createHash('sha256');
	for (const { id, parent, name, setting, externalId, closedOn } of workplaces)
		hash.update(JSON.stringify([id, parent, name, setting, externalId, closedOn, within.has(id)]));
	return {
		workplaces,
		within,
		isWhole: workplaces.every(({ id }) => within.has(id)),
		basis: hash.digest('base64url')
	};
}
