import { listTaughtWords } from '#lib/content/glossary.ts';
import type { Localised } from '#lib/content/localised.ts';
import { tracks } from '#lib/content/track.ts';
import type { Vocabularies } from '#lib/content/vocabulary-files.ts';

/** The names that a scenario may use because they are defined elsewhere. */
export interface Vocabulary {
	/** Ids of the framework's outcomes. */
	outcomes: ReadonlySet<string>;
	settings: ReadonlySet<string>;
	themes: ReadonlyMap<string, Localised & { mustFlag: boolean }>;
	/** Slugs of the glossary, for `:term[…]{slug}`. */
	terms: ReadonlySet<string>;
	/** Tracks, such as `basic`. */
	audiences: ReadonlySet<string>;
	/** Danish words that a course teaches; they count as short where readability is measured. */
	taught: ReadonlySet<string>;
}

/** What scenarios need of all that one or several course trees define. */
export function gatherVocabulary(
	trees: readonly Pick<Vocabularies, 'framework' | 'glossary' | 'settings' | 'themes'>[]
): Vocabulary {
	return {
		outcomes: new Set(trees.flatMap(({ framework }) => framework.outcomes.map(({ id }) => id))),
		settings: new Set(trees.flatMap(({ settings }) => settings.map(({ slug }) => slug))),
		themes: new Map(
			trees.flatMap(({ themes }) =>
				themes.map(({ slug, mustFlag, da, en }) => [slug, { mustFlag, da, en }])
			)
		),
		terms: new Set(trees.flatMap(({ glossary }) => glossary.terms.map(({ slug }) => slug))),
		audiences: new Set(tracks),
		taught: new Set(trees.flatMap(({ glossary }) => listTaughtWords(glossary)))
	};
}
