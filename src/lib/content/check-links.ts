import type { Localised } from './localised.ts';
import { locales } from './localised.ts';
import { listTexts } from './check-texts.ts';
import { suggestNearest } from './nearest.ts';
import { formatPath, type Problem } from './problem.ts';
import type { Source } from './source.ts';
import type { TextFile } from './tree.ts';

/** The address of a Markdown link to a page of our own: `](/help)` or, apart from its words, `[x]: /help`. */
const ownLink = /\]\(\s*<?(?<inside>\/[^\s)>]*)|^ {0,3}\[[^\]]+\]:\s*<?(?<apart>\/[^\s>]*)/gmu;

/** Links of a Markdown file to pages of our own that are not there. */
export function checkLinks({ file, text }: TextFile, known: ReadonlySet<string>): Problem[] {
	return findDeadLinks(text, known).map(({ line, message }) => report(file, line + 1, '', message));
}

/** The same for every text within a YAML file. */
export function checkYamlLinks(source: Source, known: ReadonlySet<string>): Problem[] {
	return locales.flatMap((locale) =>
		listTexts(source.value, [], locale).flatMap(({ path, text }) =>
			findDeadLinks(text, known).map(({ line, message }) =>
				report(source.file, source.lineOfText(path) + line, formatPath(path), message)
			)
		)
	);
}

function findDeadLinks(
	text: string,
	known: ReadonlySet<string>
): { line: number; message: Localised }[] {
	if (!text.includes(']')) return [];
	return [...text.matchAll(ownLink)].flatMap((match) => {
		const address = match.groups?.['inside'] ?? match.groups?.['apart'] ?? '';
		// What leads to another host is refused elsewhere.
		if (/^\/[/\\]/u.test(address) || known.has(address)) return [];
		const suggestion = suggestNearest(address, known);
		const message = {
			da: `Linket fører ingen steder hen: her er ingen side "${address}"${suggestion.da}`,
			en: `the link leads nowhere: there is no page "${address}" here${suggestion.en}`
		};
		return [{ line: text.slice(0, match.index).split('\n').length - 1, message }];
	});
}

function report(file: string, line: number, path: string, message: Localised): Problem {
	return { code: 'dead-link', severity: 'error', file, line, path, message };
}
