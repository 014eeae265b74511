import { isDay } from '#lib/time.ts';
import { holdsCpr } from '#lib/content/cpr.ts';
import { refuse, type Reason } from './import-reason.ts';
import type { Field } from './import-columns.ts';

/** One line of a file, cut into cells. */
export interface FileRow {
	/** Where it begins, counted from 1. */
	line: number;
	cells: readonly string[];
}

/** The filled cells of a line by what their column says, without blanks around them. */
export type Cells = Partial<Record<Field, readonly string[]>>;

/** A line that was read, or why it was not. */
export type Read<T> = { line: number; value: T } | { line: number; reason: Reason };

/** Signs that no cell needs; line breaks and tabs within one become blanks. */
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Sorts the cells of a line by field, or says why the line is refused as a whole. */
export function sortCells(fields: readonly (Field | null)[], row: FileRow): Cells | Reason {
	const all = row.cells.join(' ');
	if (control.test(all)) return { code: 'control' };
	if (row.cells.some(holdsCpr)) return { code: 'cpr' };
	if (row.cells.slice(fields.length).some((cell) => cell.trim() !== ''))
		return { code: 'extra-cells' };
	const cells: { [field in Field]?: string[] } = {};
	for (const [at, field] of fields.entries()) {
		const cell = (row.cells[at] ?? '').replace(/\s+/g, ' ').trim();
		if (field !== null && cell !== '') (cells[field] ??= []).push(cell);
	}
	return cells;
}

export function isReason(value: object): value is Reason {
	return 'code' in value;
}

/** What begins like a formula is text like any other, but nobody's name. */
const formula = /^[=+\-@|]/;
const longestName = 120;

/** The reason why a text cannot be the name of a person or a workplace. */
export function judgeName(name: string): Reason | null {
	const isName = /\p{L}/u.test(name) && !formula.test(name) && name.length <= longestName;
	return isName ? null : refuse('bad-name', name);
}

const longestId = 40;

/** The reason why a text cannot be what an employer calls somebody or something. */
export function judgeId(id: string): Reason | null {
	return id.length <= longestId && !/^[=@|]/.test(id) ? null : refuse('bad-id', id);
}

/** A day as files have it: 2026-03-14, 14-03-2026, 14.3.2026, 14/03/2026; null where it is none. */
export function readDay(text: string): string | null {
	const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$/.exec(text);
	const danish = /^(\d{1,2})[-./](\d{1,2})[-./](\d{4})$/.exec(text);
	const [year, month, day] = iso ? iso.slice(1) : danish ? danish.slice(1).reverse() : [];
	if (!year || !month || !day) return null;
	const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	return isDay(written) ? written : null;
}
