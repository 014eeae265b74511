import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export type Weight = 'regular' | 'bold';

const files = new Map<Weight, Buffer>();

/** Our typeface in one weight as TrueType, made of what the screen has by `src/commands/typeface.mjs`. */
export function readTypeface(weight: Weight): Buffer {
	const known = files.get(weight);
	if (known) return known;
	const file = readFileSync(resolve(`static/fonts/atkinson-hyperlegible-next-${weight}.ttf`));
	files.set(weight, file);
	return file;
}

/** What stands for a letter that our typeface has under another name. */
const alike: ReadonlyMap<string, string> = new Map([
	['\u2010', '-'],
	['\u2011', '-'],
	['\u2007', '\u00A0'],
	['\u2009', '\u00A0'],
	['\u202F', '\u00A0'],
	['\u200B', ''],
	['\u00AD', '']
]);

/**
 * A text in letters that a typeface has: a mark that it lacks is left off its letter, and of a script
 * that it lacks a question mark stands for every letter.
 */
export function spellWith(text: string, has: (codePoint: number) => boolean): string {
	const hasAll = (letter: string) => [...letter].every((one) => has(one.codePointAt(0) ?? 0));
	return [...text.normalize('NFC')]
		.map((letter) => {
			if (letter === '\n' || hasAll(letter)) return letter;
			const other = alike.get(letter);
			if (other !== undefined) return other;
			if (/\p{M}/u.test(letter)) return '';
			let bare = letter.normalize('NFD');
			while (bare.length > 1) {
				bare = bare.slice(0, -1);
				const composed = bare.normalize('NFC');
				if (hasAll(composed)) return composed;
			}
			return '?';
		})
		.join('');
}
