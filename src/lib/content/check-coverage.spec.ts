import { describe, expect, test } from 'vitest';
import { makeTree } from '#tests/courses/small-tree.ts';
import { checkTree, type ScenarioKnowledge } from './check-tree.ts';
import { formatProblem } from './problem.ts';

const moduleAt = 'basic/01-first/module.yaml';

type Change = (text: string) => string;

/** The framework with a skill in it, and the module teaching that skill. */
const taught = {
	'framework.yaml': (text: string) =>
		`${text}  - { id: TI-S1, level: informed, area: realise, kind: skill, text: { da: a, en: a }, status: L }\n`,
	[moduleAt]: teach
};

function teach(text: string): string {
	return text.replace('[TI-K1]', '[TI-K1, TI-S1]');
}

function check(
	changes: Record<string, string | Change> = {},
	scenarios?: ScenarioKnowledge
): string[] {
	return checkTree([makeTree({ ...taught, ...changes })], scenarios).problems.map(formatProblem);
}

const nobodyPractises =
	'courses/framework.yaml:2: warning: skills-not-practised: levels.0: nobody practises TI-S1; name them under "outcomes" at a choice of a scenario, a task or the sheet of an exercise';

/** A task, with the minutes it takes. */
function withTask(outcomes: string): Change {
	return (text) =>
		teach(text)
			.replace('minutes: 3', 'minutes: 4')
			.replace(
				'  - landing',
				`  - task: house-rule\n    title: { da: En regel, en: A rule }\n${outcomes}    fields: [{ id: who, label: { da: Hvem?, en: Who? } }]\n  - landing`
			);
}

describe('a skill that is taught', () => {
	test('and practised nowhere is told', () => {
		expect(check()).toEqual([nobodyPractises]);
		expect(check({ [moduleAt]: withTask('') })).toEqual([nobodyPractises]);
	});

	test('is practised in a task that says so', () => {
		expect(check({ [moduleAt]: withTask('    outcomes: [TI-S1]\n') })).toEqual([]);
	});

	test('is practised in an exercise that a sheet guides', () => {
		const files = makeTree().files;
		const sheet = {
			'basic/01-first/run-sheet-calm.da.md': files.get('basic/01-first/calm.da.md') ?? '',
			'basic/01-first/run-sheet-calm.en.md': files.get('basic/01-first/calm.en.md') ?? ''
		};
		const step = '  - lesson: run-sheet-calm\n    outcomes: [TI-S1]\n';
		const withSheet = (text: string) =>
			teach(text).replace('minutes: 3', 'minutes: 4').replace('  - landing', `${step}  - landing`);
		expect(check({ ...sheet, [moduleAt]: withSheet })).toEqual([]);
	});

	test('is practised in a decision of a scenario', () => {
		const scenario = { 'scenarios/at-the-door.yaml': 'x: 1\n' };
		expect(check(scenario, { listTrained: () => ['TI-K1'] })).toEqual([nobodyPractises]);
		expect(check(scenario, { listTrained: () => ['TI-S1'] })).toEqual([]);
	});

	test('may be practised in a scenario that cannot be read', () => {
		expect(check({ 'scenarios/at-the-door.yaml': 'x: 1\n' })).toEqual([]);
	});
});

test('knowledge needs no practice', () => {
	expect(checkTree([makeTree()]).problems).toEqual([]);
});

describe('an author who says what a step has people practise is told', () => {
	test('where the module does not teach it', () => {
		const inTask = (text: string) => withTask('    outcomes: [TI-S2]\n')(text);
		expect(check({ [moduleAt]: inTask })).toContain(
			`courses/${moduleAt}:20: error: outcome-not-in-module: steps.3.outcomes.0: TI-S2 is not among the outcomes of the module; name it under "outcomes" at the top too`
		);
	});

	test('where it stands twice', () => {
		expect(check({ [moduleAt]: withTask('    outcomes: [TI-S1, TI-S1]\n') })).toEqual([
			`courses/${moduleAt}:20: error: duplicate-name: steps.3.outcomes.1: "TI-S1" stands here for the second time; keep one`
		]);
	});

	test('where people only read', () => {
		const reading = (text: string) =>
			teach(text).replace('- lesson: calm', '- lesson: calm\n    outcomes: [TI-S1]');
		expect(check({ [moduleAt]: reading })).toEqual([
			`courses/${moduleAt}:9: error: not-an-exercise: steps.0.outcomes: reading is not practising; name the outcome at the sheet of the exercise, whose name begins with run-sheet-, hand-out- or card-`
		]);
	});
});
