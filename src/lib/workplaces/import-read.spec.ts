import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inSlices } from '#lib/server/slices.ts';
import { holdsCpr } from '#lib/content/cpr.ts';
import { delimiters, guessDelimiter, recogniseColumns } from './import-columns.ts';
import { readDay } from './import-cells.ts';
import { readTable } from './import-table.server.ts';
import { readText, type Encoding } from './import-text.ts';

const marks: Readonly<Record<Encoding, readonly number[]>> = {
	'utf-8': [0xef, 0xbb, 0xbf],
	'utf-16le': [0xff, 0xfe],
	'utf-16be': [0xfe, 0xff],
	'windows-1252': []
};

function encode(text: string, encoding: Encoding, hasMark: boolean): Uint8Array {
	const mark = Buffer.from(hasMark || encoding.startsWith('utf-16') ? marks[encoding] : []);
	if (encoding === 'utf-8') return Buffer.concat([mark, Buffer.from(text, 'utf8')]);
	if (encoding === 'windows-1252') return Buffer.from(text, 'latin1');
	const little = Buffer.from(text, 'utf16le');
	return Buffer.concat([mark, encoding === 'utf-16le' ? little : little.swap16()]);
}

/** A cell of letters that every encoding has, with all that makes cells hard to cut. */
const cell = fc.string({
	unit: fc.constantFrom(...'abcÆØÅæøåé01 .-@/\'";,\t\n'.split('')),
	maxLength: 12
});
const headings = ['Navn', 'E-mail', 'Arbejdssted', 'Rolle'];
const file = fc.record({
	rows: fc.array(fc.array(cell, { minLength: 4, maxLength: 4 }), { minLength: 1, maxLength: 30 }),
	delimiter: fc.constantFrom(...delimiters),
	lineEnd: fc.constantFrom('\n', '\r\n'),
	quotesAll: fc.boolean(),
	encoding: fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'windows-1252'),
	hasMark: fc.boolean(),
	endsWithLine: fc.boolean()
});

test('whatever the delimiter, the quotes, the encoding and the ends of lines: the rows come back', async () => {
	await fc.assert(
		fc.asyncProperty(file, async (made) => {
			const write = (text: string) =>
				made.quotesAll || /[";,\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
			const lines = [headings, ...made.rows].map((row) => row.map(write).join(made.delimiter));
			const text = lines.join(made.lineEnd) + (made.endsWithLine ? made.lineEnd : '');
			const read = await inSlices(readText(encode(text, made.encoding, made.hasMark)));
			expect(read.oddLines.size).toBe(0);
			const table = await readTable(read.text, 'people');
			const filled = made.rows.filter((row) => row.some((each) => each.trim() !== ''));
			if (!('rows' in table)) {
				expect(filled).toEqual([]);
				return;
			}
			expect(table.delimiter).toBe(made.delimiter);
			expect(table.header.cells).toEqual(headings);
			expect(table.rows.map(({ cells }) => cells)).toEqual(filled);
		}),
		{ numRuns: 300 }
	);
});

test('each line is told by its number in the file, also behind cells of several lines', async () => {
	const text = 'navn;mail\n\n"A\nB";1\n\nC;2\n';
	const table = await readTable(text, 'people');
	if (!('rows' in table)) throw new Error('the file can be read');
	expect(table.rows.map(({ line }) => line)).toEqual([3, 6]);
});

test('no bytes whatever keep a file from being read or refused', async () => {
	await fc.assert(
		fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
			const { text } = await inSlices(readText(bytes));
			expect(await readTable(text, 'people')).toBeTruthy();
		}),
		{ numRuns: 200 }
	);
});

test('lines in another encoding than the rest are told, whichever way round', async () => {
	const utf8 = Buffer.from('Åse\n');
	const older = Buffer.from('Ærø\n', 'latin1');
	const odd = async (...lines: Buffer[]) => [
		...(await inSlices(readText(Buffer.concat(lines)))).oddLines
	];
	expect(await odd(utf8, utf8, older)).toEqual([3]);
	expect(await odd(older, utf8, older)).toEqual([2]);
	expect(await odd(older, older)).toEqual([]);
	expect(await odd(Buffer.from('\uFEFFnavn\n'), older, older)).toEqual([2, 3]);
});

test('letters of Windows between those of Latin are what they are there', async () => {
	const { text } = await inSlices(readText(Uint8Array.from([0x80, 0x92, 0xe6])));
	expect(text).toBe('€’æ');
});

test.each([
	['Medarbejder-nummer', 'employeeId'],
	['  FULL NAME ', 'name'],
	['E-Mail', 'email'],
	['Brugernavn', 'username'],
	['Arbejdssted 2', 'workplace'],
	['cohort12', 'cohort'],
	['Fravær fra', 'awayFrom'],
	['idnumber', 'employeeId'],
	['password', null],
	['profile_field_shoe', null]
])('the heading %s means %s', (heading, field) => {
	expect(recogniseColumns('people', [heading]).fields).toEqual([field]);
});

test('a comma in a heading of a file with semicolons does not mislead', () => {
	expect(guessDelimiter('people', 'Navn, fulde;E-mail;Rolle')).toBe(';');
	expect(guessDelimiter('people', 'username,email,firstname,lastname')).toBe(',');
	expect(guessDelimiter('workplaces', 'Id\tNavn')).toBe('\t');
});

describe('what passes for a CPR number', () => {
	test.each([
		['010190-1234', true],
		['ref. 311299 0001', true],
		['610190-1234', true],
		['0707614285', true],
		['0201901234', false],
		['321299-1234', false],
		['011390-1234', false],
		['+45 12 34 56 78', false],
		['1234567890', false],
		['20260314-1234', false]
	])('%s: %s', (text, expected) => {
		expect(holdsCpr(text)).toBe(expected);
	});
});

test.each([
	['2026-03-14', '2026-03-14'],
	['14-03-2026', '2026-03-14'],
	['4.3.2026', '2026-03-04'],
	['14/03/2026', '2026-03-14'],
	['31-02-2026', null],
	['i morgen', null],
	['03/14/2026', null]
])('the day %s is %s', (text, expected) => {
	expect(readDay(text)).toBe(expected);
});
