/** Letters that do not fall apart into a plain one and a mark. */
const letters: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa', ß: 'ss', œ: 'oe' };
const longest = 40;
const kebab = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;

/** Gives out names in kebab-case, each once. */
export class KebabNames {
	readonly #taken = new Set<string>();
	/** The number to be tried next, by name. */
	readonly #next = new Map<string, number>();
	readonly #otherwise: string;

	/** `otherwise` stands where a text has no letters to make a name from, and before a digit. */
	constructor(otherwise: string) {
		this.#otherwise = otherwise;
	}

	/** A name made from a text; with a number behind it where that one is given out already. */
	take(text: string): string {
		const name = makeKebab(text, this.#otherwise);
		let free = name;
		let number = this.#next.get(name) ?? 2;
		for (; this.#taken.has(free); number += 1) free = `${name}-${number}`;
		this.#next.set(name, number);
		this.#taken.add(free);
		return free;
	}
}

/**
 * A text as a name in kebab-case that begins with a letter: æ, ø and å become ae, oe and aa, other
 * letters lose their marks, and what is long is cut between words.
 */
export function makeKebab(text: string, otherwise: string): string {
	if (kebab.test(text)) return text;
	const plain = text
		.normalize('NFC')
		.toLowerCase()
		.replaceAll(/[æøåßœ]/gu, (letter) => letters[letter] ?? '')
		.normalize('NFD')
		.replaceAll(/\p{M}/gu, '')
		.replaceAll(/['’]/gu, '');
	const words = plain.match(/[a-z0-9]+/gu) ?? [];
	const kept = words.filter((_, index) => words.slice(0, index + 1).join('-').length <= longest);
	const name = (kept.length > 0 ? kept : words.slice(0, 1)).join('-').slice(0, longest);
	if (name === '') return otherwise;
	return /^[a-z]/u.test(name) ? name : `${otherwise}-${name}`;
}
