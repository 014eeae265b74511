import { expect, test } from 'vitest';
import { makeTree } from '#tests/courses/small-tree.ts';
import { checkTree } from './check-tree.ts';
import { formatProblem } from './problem.ts';

type Changes = Parameters<typeof makeTree>[0];

function check(changes: Changes): string[] {
	return checkTree([makeTree(changes)]).problems.map(formatProblem);
}

const moduleAt = 'basic/01-first/module.yaml';
const replace = (from: string, to: string) => (text: string) => text.replace(from, to);

test('an author is told of a drawing that is not there', () => {
	expect(check({ [moduleAt]: replace('illustration: horizon', 'illustration: horison') })).toEqual([
		`courses/${moduleAt}:19: error: unknown-illustration: illustration: there is no drawing "horison"; did you mean "horizon"?`
	]);
});

test('an author is told of a module without a drawing', () => {
	expect(check({ [moduleAt]: replace('illustration: horizon\n', '') })).toEqual([
		`courses/${moduleAt}:1: warning: no-illustration: illustration: no drawing is called "first"; write under "illustration" which one the module is to have, such as "horizon"`
	]);
});

test('a module that is called as a drawing need not name it', () => {
	const { [moduleAt]: text } = Object.fromEntries(makeTree().files);
	const changes = {
		[moduleAt]: null,
		'evidence.yaml': replace('basic/first', 'basic/wellbeing'),
		'basic/01-wellbeing/module.yaml': (text ?? '').replace('illustration: horizon\n', ''),
		'basic/01-wellbeing/calm.da.md': makeTree().files.get('basic/01-first/calm.da.md') ?? null,
		'basic/01-wellbeing/calm.en.md': makeTree().files.get('basic/01-first/calm.en.md') ?? null,
		'basic/01-wellbeing/text.da.md': 'Det handler om ro.\n',
		'basic/01-wellbeing/text.en.md': 'It is about calm.\n',
		'basic/01-first/calm.da.md': null,
		'basic/01-first/calm.en.md': null,
		'basic/01-first/text.da.md': null,
		'basic/01-first/text.en.md': null
	};
	expect(check(changes)).toEqual([]);
});

test('an author is told of a setting whose drawing is not there', () => {
	const changed = { 'settings.yaml': replace('illustration: shelter', 'illustration: sheltr') };
	expect(check(changed)).toEqual([
		'courses/settings.yaml:2: error: unknown-illustration: settings.0.illustration: there is no drawing "sheltr"; did you mean "shelter"?'
	]);
});
