import { listTexts } from './check-texts.ts';
import { locales } from './localised.ts';
import { judgeOwnLink, type OwnPages } from './own-pages.ts';
import { formatPath, type Problem } from './problem.ts';
import type { Source } from './source.ts';

/** The address of a Markdown link to a page of our own, such as `](/help)`. */
const ownLink = /\]\(\s*<?(?<address>\/(?![/\\])[^\s)>]*)/gu;

/**
 * Links to pages of our own that are not there, in the texts of a file whose Markdown is not checked where
 * the pages are known: scenarios, and the files at the top of a tree.
 */
export function checkYamlLinks(source: Source, pages: OwnPages | undefined): Problem[] {
	if (pages === undefined) return [];
	return locales.flatMap((locale) =>
		listTexts(source.value, [], locale).flatMap(({ path, text }) =>
			[...text.matchAll(ownLink)].flatMap(({ groups, index }) => {
				const message = judgeOwnLink(groups?.['address'] ?? '', pages);
				if (message === undefined) return [];
				const line = source.lineOfText(path) + text.slice(0, index).split('\n').length - 1;
				return [
					{
						code: 'unknown-page',
						severity: 'error' as const,
						file: source.file,
						line,
						path: formatPath(path),
						message
					}
				];
			})
		)
	);
}
