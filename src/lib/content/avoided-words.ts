import type { AvoidedWord } from './glossary.ts';
import { isFormOf, WordForms } from './inflection.ts';

export interface AvoidedUse {
	/** As it stands in the text. */
	found: string;
	avoided: AvoidedWord;
	/** Counted from 0. */
	line: number;
}

interface Word {
	text: string;
	start: number;
	end: number;
}

/**
 * Danish words of a text that the platform does not use, in any simple inflection. A word that stands
 * alone in »quotes« is talked about, not used.
 */
export function findAvoidedWords(text: string, avoid: readonly AvoidedWord[]): AvoidedUse[] {
	const words = [...text.matchAll(/\p{L}+/gu)].map((match): Word => ({
		text: match[0],
		start: match.index,
		end: match.index + match[0].length
	}));
	const beginnings = new WordForms(
		avoid.map((avoided) => {
			const parts = avoided.word.match(/\p{L}+/gu) ?? [];
			return { word: parts[0] ?? '', parts, avoided };
		})
	);
	return words.flatMap((word, index) => {
		const use = findUse(words, index, beginnings);
		if (use === undefined) return [];
		const { last, avoided } = use;
		if (isQuoted(text, word.start, last.end)) return [];
		const line = text.slice(0, word.start).split('\n').length - 1;
		return [{ found: text.slice(word.start, last.end), avoided, line }];
	});
}

function findUse(
	words: readonly Word[],
	index: number,
	beginnings: WordForms<{ word: string; parts: string[]; avoided: AvoidedWord }>
): { last: Word; avoided: AvoidedWord } | undefined {
	for (const { parts, avoided } of beginnings.find(words[index]?.text ?? '')) {
		const found = words.slice(index, index + parts.length);
		const last = found.at(-1);
		if (last === undefined || found.length < parts.length) continue;
		if (found.every((word, place) => isFormOf(word.text, parts[place] ?? ''))) {
			return { last, avoided };
		}
	}
	return undefined;
}

function isQuoted(text: string, start: number, end: number): boolean {
	return /[»"“„]/u.test(text[start - 1] ?? '') && /[«"”“]/u.test(text[end] ?? '');
}
