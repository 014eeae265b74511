/** `docs/security.md` read as statements, and held against the titles of the tests. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path/posix';

export const securityDocument = 'docs/security.md';

/** What the document says of a number. */
export interface Statement {
	number: string;
	/** Why no test holds it; null where one must. */
	reason: 'not here' | 'not held yet' | 'by hand' | null;
}

/** A test that names a statement in its title. */
export interface HoldingTest {
	number: string;
	file: string;
	title: string;
}

const numbers = /\d{1,2}\.\d{1,2}\.\d{1,2}/g;
const reasons = {
	'Not here': 'not here',
	'Not held yet': 'not held yet',
	'By hand': 'by hand'
} as const;

/** The statements of the document, in its order: list items that begin with numbers in bold. */
export function readStatements(text: string): Statement[] {
	return listItems(text).flatMap((item) => {
		const [, bold = ''] = /^- \*\*([\d., ]+)\*\*/.exec(item) ?? [];
		const [, said] = /_(Not here|Not held yet|By hand):/.exec(item.replaceAll(/\s+/g, ' ')) ?? [];
		const reason = said ? reasons[said as keyof typeof reasons] : null; // one of those the pattern names
		return [...bold.matchAll(numbers)].map(([number]) => ({ number, reason }));
	});
}

function listItems(text: string): string[] {
	const [statements = ''] = text.split(listBegin);
	return statements.split(/\n(?=- |\n|#)/).map((item) => item.trim());
}

/** Titles that begin with statement numbers, of `test` and `describe` alike. */
const title =
	/\(\s*(['"`])((?:ASVS )?\d{1,2}\.\d{1,2}\.\d{1,2}(?![.\d/])(?:(?!\1)[^\\\n]|\\.)*)\1/g;
/** Everything in a title before its words. */
const opening =
	/^(?:ASVS )?\d{1,2}\.\d{1,2}\.\d{1,2}(?:(?:,| and) \d{1,2}\.\d{1,2}\.\d{1,2})*(?=[ :])/;

/** Every test below these folders that names statements, by number, file and title. */
export function findHoldingTests(folders: readonly string[] = ['src', 'tests']): HoldingTest[] {
	return folders
		.flatMap((folder) =>
			readdirSync(folder, { recursive: true, encoding: 'utf8' })
				.map((file) => join(folder, file.replaceAll('\\', '/')))
				.filter((file) => file.endsWith('.spec.ts'))
		)
		.flatMap((file) => findTitles(readFileSync(file, 'utf8')).map((one) => ({ ...one, file })))
		.toSorted((a, b) => compareNumbers(a.number, b.number) || (a.file < b.file ? -1 : 1));
}

/** The titles in the text of a test file. */
export function findTitles(text: string): Omit<HoldingTest, 'file'>[] {
	return [...text.matchAll(title)].flatMap(([, , found = '']) => {
		const [named = ''] = opening.exec(found) ?? [];
		return [...named.matchAll(numbers)].map(([number]) => ({ number, title: found }));
	});
}

function compareNumbers(a: string, b: string): number {
	const [left, right] = [a, b].map((number) => number.split('.').map(Number));
	for (const [at, value] of (left ?? []).entries()) {
		const other = right?.[at] ?? 0;
		if (value !== other) return value - other;
	}
	return 0;
}

const listBegin = '<!-- The list below is made by npm run security:list. -->';

/** The document with its list of tests made anew, and without "not held yet" where a test holds it by now. */
export function completeDocument(text: string, tests: readonly HoldingTest[]): string {
	const [before = ''] = text.split(listBegin);
	const held = new Set(tests.map(({ number }) => number));
	const statements = before
		.split(/(?<=\n)(?=- \*\*)/)
		.map((item) => {
			const [, bold = ''] = /^- \*\*([\d., ]+)\*\*/.exec(item) ?? [];
			const all = [...bold.matchAll(numbers)].map(([number]) => number);
			const isHeld = all.length > 0 && all.every((number) => held.has(number));
			return isHeld ? item.replace(/\s+_Not\s+held\s+yet:[^_]*_/, '') : item;
		})
		.join('');
	const known = new Set(readStatements(text).map(({ number }) => number));
	const lines = tests
		.filter(({ number }) => known.has(number))
		.map(({ number, file, title: words }) => `${number.padEnd(8)}${file}: ${words}`);
	return `${statements}${listBegin}\n\n\`\`\`text\n${[...new Set(lines)].join('\n')}\n\`\`\`\n`;
}
