import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countWords, measureLix } from './lix.ts';

const lixOf = (text: string, taught: string[] = []) => measureLix(text, { taught }).lix;

describe('LIX is words a sentence plus long words in a hundred', () => {
	test.each([
		['three short words make 3', 'Du er her.', 3],
		['a word of six letters is short', 'Kaffen venter.', 2],
		['a word of seven letters is long', 'Du venter udenfor.', 3 + 100 / 3],
		['each of . ! ? : ends a sentence', 'Hej. Nu! Ja? Godt: fint', 1],
		['a text without a final mark is a sentence', 'Du er her nu', 4],
		['a heading and each list item are sentences', '# Ro nu\n\n- Sid ned\n- Pust ud', 2],
		['a comma ends nothing', 'Du kan, hvis du vil.', 5],
		['a mark within a word or number ends nothing', 'Kom kl. 8.30 f.eks. nu', 5 / 3],
		['marks in a row end one sentence', 'Hvad?! Nej ...', 1],
		['letters beyond a to z are letters', 'Åbningen på Ærø.', 3 + 100 / 3],
		['numbers are no words', 'Ring 112 nu.', 2]
	])('%s', (_, text, expected) => {
		expect(lixOf(text)).toBeCloseTo(expected, 10);
	});

	test('a text without words has no LIX', () => {
		expect(measureLix(' 112 — … ', {})).toEqual({ lix: 0, words: 0 });
	});
});

describe('words that a course teaches count as short', () => {
	test.each([
		['as they stand', 'Vi er traumebevidst.', 3],
		['inflected', 'Vi er traumebevidste.', 3],
		['each word of a term by itself', 'En traumebevidst tilgang.', 3],
		['but not within another word', 'Vi er utraumebevidst.', 3 + 100 / 3]
	])('%s', (_, text, expected) => {
		expect(lixOf(text, ['traumebevidst tilgang'])).toBeCloseTo(expected, 10);
	});
});

describe('Markdown is not counted', () => {
	test.each([
		['addresses of links', 'Se [her](https://example.dk/en-meget-lang-adresse).', 2],
		['names of directives', ':::notice\nDu er her.\n:::', 3],
		['slugs of explained words', 'En :term[udløser]{developmental-trauma} til.', 3 + 100 / 3],
		['marks of sources', 'Det er sådan. :source{undersoegelsen-2022}', 3],
		['stars and underscores', 'Det er **nu**, _her_.', 4],
		['lines of a paragraph are one text', 'Du er\nher nu.', 4],
		['signs of quotations', '> Du er\n> her nu.', 4]
	])('%s', (_, text, expected) => {
		expect(lixOf(text)).toBeCloseTo(expected, 10);
	});

	test('the label of a box is a sentence of its own', () => {
		expect(measureLix(':::reveal[Se svaret]\nDet er ro.\n:::', {})).toEqual({ lix: 2.5, words: 5 });
	});
});

test('a writer counts what stands between blanks', () => {
	expect(countWords('**Ro** kl. 8.30 — low-arousal :source{x}\n\n- [se her](/help)')).toBe(6);
});

test('in any language', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.string(), (one, other) => {
			const text = `a ${one} ${other}`.replaceAll(/[<>[\]{}:*_~`\\|#=+\-\d\r\n]/gu, '');
			const words = text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
			expect(countWords(text)).toBe(words.length);
		}),
		{ numRuns: 1000 }
	);
});
