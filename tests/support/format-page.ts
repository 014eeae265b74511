import { readFileSync } from 'node:fs';

/** What docs/scenario-format.md says. */
export const formatPage = readFileSync('docs/scenario-format.md', 'utf8');

/** The cells of all rows of the tables in sections whose title begins so, without the quotes of code. */
export function listRows(title: string): string[][] {
	return formatPage
		.split(/^#+ /mu)
		.filter((section) => section.startsWith(title))
		.flatMap((section) => section.split('\n'))
		.filter((line) => line.startsWith('| ') && !/^\| (?:code|key|text) |^\| -/u.test(line))
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim().replaceAll('`', ''))
		);
}

/** The code of every error and warning that the page names. */
export function listDocumentedCodes(): string[] {
	return [...listRows('Errors of'), ...listRows('Warnings')].map(([code = '']) => code);
}
