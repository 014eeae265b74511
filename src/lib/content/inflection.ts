const endings = new Set(
	'e t n r s en et er ne re st es ens ets ene ere este erne ers ernes enes nes res'.split(' ')
);

/**
 * Whether a Danish word is the given word in a simple inflection: an ending added, the last letter
 * doubled before it (klientel, klientellet), upper or lower case. Compounds are other words.
 */
export function isFormOf(word: string, base: string): boolean {
	return isFoldedForm(fold(word), fold(base));
}

/** Words to be recognised in any simple inflection. */
export class WordForms<Word extends string | { word: string }> {
	readonly #byBeginning = new Map<string, { base: string; word: Word }[]>();

	constructor(words: Iterable<Word>) {
		for (const word of words) {
			const base = fold(typeof word === 'string' ? word : word.word);
			const beginning = base.slice(0, 2);
			const others = this.#byBeginning.get(beginning) ?? [];
			this.#byBeginning.set(beginning, [...others, { base, word }]);
		}
	}

	/** Every one of the words that the given word is a form of. */
	find(form: string): Word[] {
		const folded = fold(form);
		const near = this.#byBeginning.get(folded.slice(0, 2)) ?? [];
		return near.filter(({ base }) => isFoldedForm(folded, base)).map(({ word }) => word);
	}
}

function isFoldedForm(word: string, base: string): boolean {
	if (word === base) return true;
	if (word.startsWith(base) && endings.has(word.slice(base.length))) return true;
	const last = base.at(-1);
	if (last === undefined || last === 'e') return false;
	return word.startsWith(base + last) && endings.has(word.slice(base.length + 1));
}

function fold(word: string): string {
	return word.normalize('NFC').toLowerCase();
}
