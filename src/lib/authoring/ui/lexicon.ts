import type { Vocabulary } from '#lib/scenario/vocabulary.ts';

/** Something to choose among, with what it is called in the language of the page. */
export interface Named {
	readonly slug: string;
	readonly name: string;
}

/** What a draft may name because it is defined elsewhere, as the page brings it along: plain data. */
export interface Lexicon {
	readonly outcomes: readonly {
		readonly id: string;
		readonly level: string;
		readonly text: string;
	}[];
	readonly settings: readonly Named[];
	readonly themes: readonly (Named & { readonly mustFlag: boolean })[];
	readonly audiences: readonly Named[];
	/** Slugs of the glossary. */
	readonly terms: readonly string[];
	/** Words that a course teaches. */
	readonly taught: readonly string[];
}

/** The same as the check wants it. */
export function readVocabulary(lexicon: Lexicon): Vocabulary {
	return {
		outcomes: new Set(lexicon.outcomes.map(({ id }) => id)),
		settings: new Set(lexicon.settings.map(({ slug }) => slug)),
		// The page has what they are called in its own language alone, which is the one it speaks.
		themes: new Map(
			lexicon.themes.map(({ slug, mustFlag, name }) => [slug, { mustFlag, da: name, en: name }])
		),
		terms: new Set(lexicon.terms),
		audiences: new Set(lexicon.audiences.map(({ slug }) => slug)),
		taught: new Set(lexicon.taught)
	};
}
