import { expect, test } from 'vitest';
import { isFormOf, WordForms } from './inflection.ts';

test.each([
	['klientellet', 'klientel', true],
	['Klienteller', 'klientel', true],
	['misbrugerens', 'misbruger', true],
	['misbrugerne', 'misbruger', true],
	['traumer', 'traume', true],
	['TRAUMET', 'traume', true],
	['tilbud', 'offer', false],
	['offentlig', 'offer', false],
	['storoffer', 'offer', false],
	['off', 'offer', false]
])('%s as a form of %s: %s', (word, base, expected) => {
	expect(isFormOf(word, base)).toBe(expected);
	expect(new WordForms([base]).find(word)).toEqual(expected ? [base] : []);
});
