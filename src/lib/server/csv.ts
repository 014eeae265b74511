/** Excel takes a file for UTF-8 only when it begins with this. */
const byteOrderMark = '\uFEFF';

/**
 * Writes rows as CSV the way Danish spreadsheets read it: semicolons, CRLF, a byte order mark. A cell
 * that a spreadsheet could take for a formula gets an apostrophe before it (OWASP, CSV injection).
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
	return byteOrderMark + writeCsvLines(rows);
}

/** Further lines of the same file, for one that is written a piece at a time. */
export function writeCsvLines(rows: readonly (readonly string[])[]): string {
	return rows.map((row) => `${row.map(writeCell).join(';')}\r\n`).join('');
}

function writeCell(text: string): string {
	const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return /[;"\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
