import { expect, test } from 'vitest';
import { findAvoidedWords } from './avoided-words.ts';

const avoid = [
	{ word: 'klientel', instead: { da: 'borgere', en: 'citizens' } },
	{ word: 'trigger warning', instead: { da: 'indholdsnote', en: 'content note' } }
];
const find = (text: string) =>
	findAvoidedWords(text, avoid).map(({ found, line }) => `${line} ${found}`);

test.each([
	['a word as it stands', 'Vores klientel er her.', ['0 klientel']],
	['inflected, on the line it stands on', 'Hej.\n\nKlientellet kom.', ['2 Klientellet']],
	['a term of two words', 'En Trigger Warning her.', ['0 Trigger Warning']],
	['the first of two words alone is no use of both', 'En trigger her.', []],
	['part of another word is another word', 'Klientelpleje.', []],
	['a word in quotes is talked about', 'Sig ikke »klientel«.', []],
	['a speech is no quoted word', '»Jeres klientel larmer,« siger han.', ['0 klientel']]
])('%s', (_, text, expected) => {
	expect(find(text)).toEqual(expected);
});
