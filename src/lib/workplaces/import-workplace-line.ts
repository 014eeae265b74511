import { fold } from '#lib/identity/fold.ts';
import {
	isReason,
	judgeId,
	judgeName,
	readDay,
	sortCells,
	type Cells,
	type FileRow,
	type Read
} from './import-cells.ts';
import type { Field } from './import-columns.ts';
import { refuse, type Reason } from './import-reason.ts';

/** What a line says of a workplace. What it does not say is left as it is. */
export interface WorkplaceLine {
	externalId: string | null;
	name: string;
	/** External id, name or path of the one above. */
	parent: string | null;
	/** A slug. */
	setting: string | null;
	/** True, false, or the day; null where the line says nothing. */
	closed: boolean | string | null;
}

/** The kinds of place there are, by all names that a file may use. */
export type SettingNames = ReadonlyMap<string, string>;

/** Indexes kinds of place by slug and by name in both languages. */
export function nameSettings(
	settings: readonly { slug: string; da: string; en: string }[]
): SettingNames {
	return new Map(
		settings.flatMap(({ slug, da, en }) => [slug, da, en].map((name) => [fold(name), slug]))
	);
}

/** Reads a line of the tree, or says why it is refused. */
export function readWorkplaceLine(
	fields: readonly (Field | null)[],
	settings: SettingNames,
	row: FileRow
): Read<WorkplaceLine> {
	const cells = sortCells(fields, row);
	const value = isReason(cells) ? cells : understand(cells, settings);
	return isReason(value) ? { line: row.line, reason: value } : { line: row.line, value };
}

function understand(cells: Cells, settings: SettingNames): WorkplaceLine | Reason {
	const first = (field: Field) => cells[field]?.[0] ?? null;
	const name = first('name');
	if (name === null) return { code: 'no-name' };
	const externalId = first('externalId');
	const reason = judgeName(name) ?? (externalId === null ? null : judgeId(externalId));
	if (reason) return reason;
	const kind = first('setting');
	const setting = kind === null ? null : settings.get(fold(kind));
	if (setting === undefined) return refuse('unknown-setting', kind ?? '');
	const closed = readClosed(first('closed'));
	if (closed === undefined) return refuse('bad-closed', first('closed') ?? '');
	return { externalId, name, parent: first('parent'), setting, closed };
}

function readClosed(text: string | null): boolean | string | null | undefined {
	if (text === null) return null;
	const word = fold(text);
	if (['ja', 'yes', '1', 'x', 'true', 'sand'].includes(word)) return true;
	if (['nej', 'no', '0', 'false', 'falsk'].includes(word)) return false;
	return readDay(text) ?? undefined;
}
