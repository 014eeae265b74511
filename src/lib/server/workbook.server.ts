import writeXlsxFile, { type Cell } from 'write-excel-file/node';

/** A text, a number, or a day `YYYY-MM-DD` that is to be a date; null for an empty cell. */
export type WorkbookCell = string | number | { day: string } | null;

/**
 * Writes one sheet as XLSX: the headings stay in sight, days are dates, and a text is a text, so that
 * no spreadsheet takes it for a formula.
 */
export async function writeWorkbook({
	name,
	headings,
	widths,
	rows
}: {
	/** Of the sheet; at most 31 characters. */
	name: string;
	headings: readonly string[];
	/** In characters, by column. */
	widths: readonly number[];
	rows: readonly (readonly WorkbookCell[])[];
}): Promise<Uint8Array<ArrayBuffer>> {
	const first = headings.map((value): Cell => ({ value, type: String, fontWeight: 'bold' }));
	const buffer = await writeXlsxFile([first, ...rows.map((row) => row.map(writeCell))], {
		sheet: name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31),
		stickyRowsCount: 1,
		columns: widths.map((width) => ({ width }))
	}).toBuffer();
	return new Uint8Array(buffer);
}

function writeCell(cell: WorkbookCell): Cell {
	if (cell === null || cell === '') return null;
	if (typeof cell === 'string') return { value: cell, type: String };
	if (typeof cell === 'number') return { value: cell, type: Number };
	return { value: new Date(`${cell.day}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
}
