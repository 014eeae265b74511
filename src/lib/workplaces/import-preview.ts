import type { Delimiter } from './import-columns.ts';
import type { Outcome, PersonState } from './import-person-plan.ts';
import type { Reason } from './import-reason.ts';
import type { Encoding } from './import-text.ts';
import type { WorkplaceState } from './import-workplace-plan.ts';

/**
 * `reading` → `previewed` (or `refused` as a whole, or `failed`) → `applied` (or `stale`, because
 * something has changed since) → `undone`.
 */
export type ImportState =
	'reading' | 'previewed' | 'refused' | 'failed' | 'applied' | 'stale' | 'undone';

/** How many rows of each kind; `missing` are those of `ended` whom no line names. */
export type Counts = Readonly<Record<Outcome | 'missing' | 'open', number>>;

/** What is said of the file as a whole; the row at position 0 holds it. */
export interface FileNote {
	encoding: Encoding;
	delimiter: Delimiter;
	/** Headings of columns that are left out. */
	ignored: readonly string[];
	ignoredCohorts: readonly string[];
	endsMissing: boolean;
	sparesMissing: boolean;
	leavingLater: number;
	/** A hash of the tree, and of where the actor may, for which the preview was made. */
	basis: string;
}

/** What a row is about, and what is to be done. */
export interface RowChange {
	/** The person or workplace; null where the line is refused. */
	subject: string | null;
	label: string;
	after: PersonState | WorkplaceState | null;
	reason: Reason | null;
	/** The name of the workplace above, for one that is new or moved. */
	above?: string | null;
	/** Why the row was not taken back. */
	kept?: KeptBecause;
}

/** Why a row stays as it is when the rest of its import is taken back. */
export type KeptBecause = 'changed-since' | 'taken' | 'in-use';

export const outcomes = [
	'new',
	'changed',
	'moved',
	'ended',
	'same',
	'refused'
] as const satisfies readonly Outcome[];

/** What may be asked for of the rows: one kind, or those that could not be taken back. */
export const rowFilters = [...outcomes, 'kept'] as const;

export type RowFilter = (typeof rowFilters)[number];

/** The kinds of rows by which something is written. */
export const writtenOutcomes = [
	'new',
	'changed',
	'moved',
	'ended'
] as const satisfies readonly Outcome[];

export interface PlannedRow {
	line: number;
	outcome: Outcome;
	change: RowChange;
	before: PersonState | WorkplaceState | null;
}

/** Counts rows by what becomes of them. */
export function countRows(rows: readonly PlannedRow[], open: number): Counts {
	const counts = { new: 0, changed: 0, moved: 0, ended: 0, same: 0, refused: 0, missing: 0, open };
	for (const { outcome, line } of rows) {
		counts[outcome] += 1;
		if (outcome === 'ended' && line === 0) counts.missing += 1;
	}
	return counts;
}

/** How many rows something is written for. */
export function countWritten(counts: Counts): number {
	return counts.new + counts.changed + counts.moved + counts.ended;
}

/** Whether more than a fifth of who is there would be gone, so that it is asked about twice. */
export function endsMany({ ended, open }: Counts): boolean {
	return ended * 5 > open && ended > 0;
}
