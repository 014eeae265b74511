import { describe, expect, test } from 'vitest';
import { enoughEnglish, enoughWords, makeTree } from '#tests/courses/small-tree.ts';
import { checkTree } from './check-tree.ts';
import { formatProblem } from './problem.ts';

const folder = 'basic/01-first';

function check(changes: Parameters<typeof makeTree>[0]): string[] {
	return checkTree([makeTree(changes)]).problems.map(formatProblem);
}

/** The lesson with a sentence after it, in both languages. */
function withSentence(da: string, en = 'This is a :term[trigger]{trigger}.') {
	return {
		[`${folder}/calm.da.md`]: `# Ro\n\n${enoughWords}\n\n${da}\n`,
		[`${folder}/calm.en.md`]: `# Calm\n\n${enoughEnglish}\n\n${en}\n`
	};
}

const notExplained = (line: number, found: string, file = 'calm') =>
	`courses/${folder}/${file}.da.md:${line}: warning: term-not-explained: -: "${found}" stands here for the first time in the module without an explanation; write ":term[${found}]{trigger}"`;

describe('a word that the glossary teaches', () => {
	test.each([
		['that opens an explanation where it is first used', 'En :term[udløser]{trigger}. Nu.', []],
		['used again without one', 'En :term[udløser]{trigger}. En udløser.', []],
		['in the words of the text', 'Man får :term[alarm]{trigger}. En udløser.', []],
		[
			'used before it opens one',
			'Udløser! En :term[udløser]{trigger}.',
			[notExplained(5, 'Udløser')]
		],
		['in a heading, where none can open', '## Udløser\n\nEn :term[udløser]{trigger}.', []],
		['in a link', '[En udløser](/help). En :term[udløser]{trigger}.', []],
		['as a part of another word', 'Udløserknap. En :term[udløser]{trigger}.', []]
	])('%s', (_, sentence, expected) => {
		expect(check(withSentence(sentence))).toEqual(expected);
	});

	test('that never opens one is told once', () => {
		const changes = withSentence('En udløser.\n\nEn udløser.', 'A trigger.');
		expect(check(changes)).toEqual([notExplained(5, 'udløser')]);
	});

	test('is found in the forms that the glossary lists', () => {
		const glossary = (text: string) =>
			text.replace('    taught: true', "    taught: true\n    forms: ['alarm på vej']");
		const changes = withSentence('Der er alarm\npå vej.', 'There is an alarm.');
		expect(check({ ...changes, 'glossary.yaml': glossary })).toEqual([
			`courses/${folder}/calm.da.md:5: warning: term-not-explained: -: "alarm på vej" stands here for the first time in the module without an explanation; write ":term[alarm på vej]{trigger}"`
		]);
	});

	test('that is not taught needs none', () => {
		const glossary = (text: string) => text.replace('    taught: true\n', '');
		expect(
			check({ ...withSentence('En udløser.', 'A trigger.'), 'glossary.yaml': glossary })
		).toEqual([]);
	});

	test('opens one in the short text too, which is read by itself', () => {
		const changes = withSentence('En :term[udløser]{trigger}.');
		expect(check({ ...changes, [`${folder}/text.da.md`]: 'En udløser.\n' })).toEqual([
			notExplained(1, 'udløser', 'text')
		]);
	});
});

describe('what opens in one language only is told', () => {
	test('of a term', () => {
		expect(check(withSentence('En :term[udløser]{trigger}.', 'A trigger.'))).toEqual([
			`courses/${folder}/calm.en.md:1: warning: only-in-one-language: -: ":term[…]{trigger}" stands only in the text in the other language; write it here too`
		]);
	});

	test('of a source', () => {
		expect(check(withSentence('Nu.', 'Now. :source{vive-2022}'))).toEqual([
			`courses/${folder}/calm.da.md:1: warning: only-in-one-language: -: ":source{vive-2022}" stands only in the text in the other language; write it here too`
		]);
	});
});
