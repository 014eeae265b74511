import { expect, test } from 'vitest';
import { writeCsv } from './csv.ts';

test('rows are parted by line ends and cells by semicolons, after a byte order mark', () => {
	expect(
		writeCsv([
			['Navn', 'Status'],
			['Åse Ørum', 'I gang']
		])
	).toBe('\uFEFFNavn;Status\r\nÅse Ørum;I gang\r\n');
});

test.each([
	['=HYPERLINK("http://elsewhere")', `"'=HYPERLINK(""http://elsewhere"")"`],
	['+4512345678', `'+4512345678`],
	['-1', `'-1`],
	['@SUM(A1)', `'@SUM(A1)`],
	['\t=1', `'\t=1`],
	['\r=1', `"'\r=1"`]
])('a cell that could be a formula is only text: %j', (cell, written) => {
	expect(writeCsv([[cell]])).toBe(`\uFEFF${written}\r\n`);
});

test('a cell with a semicolon, a quote or a line end is quoted', () => {
	expect(writeCsv([['Birke;huset', 'kaldet "Birken"', 'to\nlinjer']])).toBe(
		'\uFEFF"Birke;huset";"kaldet ""Birken""";"to\nlinjer"\r\n'
	);
});

test('a sign within a name is left as it is', () => {
	expect(writeCsv([['Fatima El-Sayed', '2026-03-14']])).toBe(
		'\uFEFFFatima El-Sayed;2026-03-14\r\n'
	);
});
