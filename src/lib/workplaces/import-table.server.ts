import { once } from 'node:events';
import { parse, type CsvError } from 'csv-parse';
import { createBreathe } from '#lib/server/slices.ts';
import type { FileRow } from './import-cells.ts';
import { guessDelimiter, type Delimiter, type ImportKind } from './import-columns.ts';
import type { Reason } from './import-reason.ts';
import { findLongLines } from './import-text.ts';

/** What a file may be at most. */
export const fileLimits = {
	/** In bytes, as it is sent. */
	size: 20_000_000,
	/** Letters in one line, and in one record of several lines. */
	line: 60_000,
	columns: 200,
	lines: { people: 100_000, workplaces: 5000 }
} as const;

/** A file cut into lines and cells. */
export interface FileTable {
	delimiter: Delimiter;
	header: FileRow;
	rows: FileRow[];
	/** Lines that cannot be cut into cells. */
	faults: { line: number; reason: Reason }[];
}

/** Why a file cannot be read as a whole, at each line that it is about. */
export type FileFault = { line: number; reason: Reason }[];

/** How much is parsed before others have their turn, in letters. */
const piece = 1 << 13;
const mostFaultsTold = 50;

/** Cuts a file into lines and cells, a slice at a time. */
export async function readTable(text: string, kind: ImportKind): Promise<FileTable | FileFault> {
	const long = findLongLines(text, fileLimits.line);
	if (long.length > 0)
		return long
			.slice(0, mostFaultsTold)
			.map((line) => ({ line, reason: { code: 'long-line' as const } }));
	const { body, skipped } = skipPreface(text);
	const delimiter = guessDelimiter(kind, firstLineOf(body));
	const cut = await cutCells(body, delimiter, skipped, fileLimits.lines[kind]);
	if (!('rows' in cut)) return cut;
	const [header, ...rows] = cut.rows;
	if (!header) return [{ line: 1, reason: { code: 'empty' } }];
	if (header.cells.length > fileLimits.columns)
		return [{ line: header.line, reason: { code: 'too-many-columns' } }];
	if (rows.length === 0 && cut.faults.length === 0)
		return [{ line: header.line, reason: { code: 'empty' } }];
	return { delimiter, header, rows, faults: cut.faults };
}

/** Spreadsheets may say in a line before the first which sign stands between cells. */
function skipPreface(text: string): { body: string; skipped: number } {
	const preface = /^(?:sep=.)?[\s;,]*?\n(?=\S)/.exec(text.slice(0, 1000))?.[0] ?? '';
	const isPreface = preface !== '' && (preface.startsWith('sep=') || preface.trim() === '');
	const length = isPreface ? preface.length : 0;
	return { body: text.slice(length), skipped: length === 0 ? 0 : preface.split('\n').length - 1 };
}

function firstLineOf(text: string): string {
	const end = text.indexOf('\n');
	return end < 0 ? text : text.slice(0, end);
}

async function cutCells(
	text: string,
	delimiter: Delimiter,
	skipped: number,
	mostLines: number
): Promise<Pick<FileTable, 'rows' | 'faults'> | FileFault> {
	const rows: FileRow[] = [];
	const faults: FileTable['faults'] = [];
	let broken: FileFault | undefined;
	let lastLine = skipped;
	const fault = (error: CsvError) => {
		// After this one the parser is sure again where it is; after any other nothing can be trusted.
		if (error.code === 'INVALID_OPENING_QUOTE')
			faults.push({ line: skipped + readLine(error), reason: { code: 'stray-quote' } });
		else broken ??= [{ line: lastLine + 1, reason: { code: 'broken-quote' } }];
		lastLine = skipped + readLine(error);
		if (faults.length > mostFaultsTold) broken ??= faults;
	};
	const parser = parse({
		delimiter,
		record_delimiter: '\n',
		relax_column_count: true,
		skip_empty_lines: true,
		skip_records_with_error: true,
		max_record_size: fileLimits.line * 4,
		on_skip: (error) => {
			if (error) fault(error);
			return undefined;
		},
		// Kept here and not sent on, which would take as long again.
		on_record: (cells: string[], { lines }) => {
			lastLine = skipped + lines;
			const breaks = cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
			if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: lastLine - breaks, cells });
			if (rows.length > mostLines + 1)
				broken ??= [{ line: lastLine, reason: { code: 'too-many-lines' } }];
			return null;
		}
	});
	parser.resume();
	const ended = once(parser, 'end');
	const breathe = createBreathe();
	for (let from = 0; from < text.length && !broken; from += piece) {
		if (!parser.write(text.slice(from, from + piece))) await once(parser, 'drain');
		await breathe();
	}
	if (broken) {
		// Nobody waits for its end any more.
		ended.catch(() => undefined);
		parser.destroy();
		return broken;
	}
	parser.end();
	await ended;
	return broken ?? { rows, faults };
}

/** The line that an error is about; where a quote is never closed, the one in which it opens. */
function readLine(error: CsvError): number {
	return 'lines' in error && typeof error['lines'] === 'number' ? error['lines'] : 1;
}
