import { describe, expect, test } from 'vitest';
import { makeTree } from '#tests/courses/small-tree.ts';
import { checkTree, type ScenarioKnowledge } from './check-tree.ts';
import { formatProblem } from './problem.ts';

const moduleAt = 'basic/01-first/module.yaml';
const files = makeTree().files;
/** The course with a refresher, and a module that offers a scenario. */
const course = {
	'basic/course.yaml': (text: string) => `${text}refresher: 02-again\n`,
	'basic/02-again/module.yaml': files.get(moduleAt) ?? '',
	...Object.fromEntries(
		['calm.da.md', 'calm.en.md', 'text.da.md', 'text.en.md'].map((name) => [
			`basic/02-again/${name}`,
			files.get(`basic/01-first/${name}`) ?? ''
		])
	),
	[moduleAt]: (text: string) =>
		text.replace('  - landing', '  - scenario: at-the-door\n  - landing'),
	'scenarios/at-the-door.yaml': 'x: 1\n'
};

function check(encounters: string[], read: ScenarioKnowledge['readTraining']): string[] {
	const bank = Object.fromEntries(encounters.map((slug) => [`refreshers/${slug}.yaml`, 'x: 1\n']));
	return checkTree([makeTree({ ...course, ...bank })], { readTraining: read })
		.problems.filter(({ code }) => code.includes('encounter'))
		.map(formatProblem);
}

const trains =
	(...outcomes: string[]) =>
	() => ({ audience: ['basic'], outcomes });

describe('encounters', () => {
	test('are too few where one outcome that a scenario of the course trains has only one', () => {
		expect(check(['one'], trains('TI-K1'))).toEqual([
			'courses/basic/course.yaml:6: warning: too-few-encounters: refresher: too few short scenarios in refreshers/ train TI-K1; each needs 2'
		]);
		expect(check(['one', 'two'], trains('TI-K1'))).toEqual([]);
	});

	test('for others do not count', () => {
		const read: ScenarioKnowledge['readTraining'] = ({ slug }) => ({
			audience: [slug === 'two' ? 'leader' : 'basic'],
			outcomes: ['TI-K1']
		});
		expect(check(['one', 'two'], read)).toHaveLength(1);
	});

	test('need not train what is of another level, nor what no scenario of the course trains', () => {
		expect(check(['one'], trains('TS-S5'))).toEqual([]);
		const read: ScenarioKnowledge['readTraining'] = ({ slug }) =>
			trains(...(slug === 'at-the-door' ? [] : ['TI-K1']))();
		expect(check(['one'], read)).toEqual([]);
	});

	test('may train anything where one cannot be read, and need not be there at all', () => {
		expect(check(['one'], () => undefined)).toEqual([]);
		expect(check([], trains('TI-K1'))).toEqual([]);
	});

	test('have names of their own', () => {
		expect(check(['at-the-door', 'one'], trains('TI-K1'))).toEqual([
			'courses/refreshers/at-the-door.yaml:1: error: encounter-named-twice: -: there is a scenario named "at-the-door" too; give the short one another name'
		]);
	});
});
