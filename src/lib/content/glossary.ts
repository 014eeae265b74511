import * as v from 'valibot';
import { filledText, localised } from './localised.ts';
import { slug } from './slug.ts';

const term = v.strictObject({
	slug,
	da: filledText,
	en: filledText,
	explanation: localised,
	/** A course teaches the word, so that it counts as short where readability is measured. */
	taught: v.optional(v.boolean(), false),
	/** Further Danish forms and names of the same term. */
	forms: v.optional(v.array(filledText), []),
	/** Danish words that are not used for it. */
	avoid: v.optional(v.array(filledText), []),
	note: v.optional(localised)
});

const avoided = v.strictObject({ word: filledText, instead: localised });

/** glossary.yaml: the words of the platform, and the Danish words it does not use. */
export const glossaryFile = v.strictObject({
	terms: v.array(term),
	avoid: v.optional(v.array(avoided), [])
});

export type Glossary = v.InferOutput<typeof glossaryFile>;
export type Term = v.InferOutput<typeof term>;

/** A Danish word that is not used, and what to write instead. */
export type AvoidedWord = v.InferOutput<typeof avoided>;

/** Every Danish word that readability counts as short, inflected forms included where listed. */
export function listTaughtWords(glossary: Glossary): string[] {
	return glossary.terms.filter((term) => term.taught).flatMap((term) => [term.da, ...term.forms]);
}

/** Every Danish word that is not used: the list of its own, then those that stand beside a term. */
export function listAvoidedWords(glossary: Glossary): AvoidedWord[] {
	const besideTerms = glossary.terms.flatMap((term) =>
		term.avoid.map((word) => ({ word, instead: { da: term.da, en: term.en } }))
	);
	const own = new Set(glossary.avoid.map(({ word }) => word));
	return [...glossary.avoid, ...besideTerms.filter(({ word }) => !own.has(word))];
}
