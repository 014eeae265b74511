import { WordForms } from './inflection.ts';
import { splitBlocks } from './plain-text.ts';

/** A word of this many letters or more is long ("more than six letters"). */
const longWord = 7;

export interface Readability {
	/** Words a sentence plus long words in a hundred; not rounded; 0 for a text without words. */
	lix: number;
	/** Words as LIX counts them: sequences of letters. */
	words: number;
}

/**
 * LIX of a Markdown text. A sentence ends at `.`, `!`, `?` or `:` and at the end of a paragraph,
 * heading, list item or text. Words of `taught` terms, in any simple Danish inflection, count as short.
 */
export function measureLix(
	text: string,
	{ taught = [] }: { taught?: Iterable<string> } = {}
): Readability {
	return makeLixMeasure(taught)(text);
}

/** The same for many texts and the same words that are taught, which are prepared once. */
export function makeLixMeasure(taught: Iterable<string>): (text: string) => Readability {
	const taughtWords = new WordForms([...taught].flatMap((term) => findWords(term)));
	return (text) => measure(text, taughtWords);
}

function measure(text: string, taughtWords: WordForms<string>): Readability {
	let words = 0;
	let long = 0;
	let sentences = 0;
	for (const block of splitBlocks(text)) {
		for (const sentence of splitSentences(block)) {
			const found = findWords(sentence);
			if (found.length === 0) continue;
			sentences += 1;
			words += found.length;
			for (const word of found) if (isLong(word, taughtWords)) long += 1;
		}
	}
	if (words === 0) return { lix: 0, words: 0 };
	return { lix: words / sentences + (100 * long) / words, words };
}

/** Words of a Markdown text as a writer counts them: what stands between blanks and holds a letter or a digit. */
export function countWords(text: string): number {
	return splitBlocks(text).reduce((words, block) => words + countInBlock(block), 0);
}

// Letter by letter, as this is asked of every text on every keystroke.
function countInBlock(block: string): number {
	let words = 0;
	let isCounted = false;
	for (let place = 0; place < block.length; place += 1) {
		const code = block.charCodeAt(place);
		if (isBlank(code)) isCounted = false;
		else if (!isCounted && isWordly(code, block, place)) {
			words += 1;
			isCounted = true;
		}
	}
	return words;
}

function isBlank(code: number): boolean {
	if (code < 128) return code === 32 || (code >= 9 && code <= 13);
	return /\s/u.test(String.fromCharCode(code));
}

function isWordly(code: number, text: string, place: number): boolean {
	const isPlainLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
	if (isPlainLetter || (code >= 48 && code <= 57)) return true;
	return code > 127 && /[\p{L}\p{N}]/u.test(String.fromCodePoint(text.codePointAt(place) ?? 0));
}

// A mark within a word or number (f.eks., 10.30, kl. 8:15) ends nothing.
function splitSentences(block: string): string[] {
	return block.split(/[.!?:]+(?![\p{L}\p{N}])/u);
}

function findWords(text: string): string[] {
	return text.normalize('NFC').match(/\p{L}+/gu) ?? [];
}

function isLong(word: string, taughtWords: WordForms<string>): boolean {
	return (
		word.length >= longWord && [...word].length >= longWord && taughtWords.find(word).length === 0
	);
}
