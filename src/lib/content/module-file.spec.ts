import { describe, expect, test } from 'vitest';
import { moduleFile, stepKey, type StepFile } from './module-file.ts';
import { formatProblem } from './problem.ts';
import { checkShape, readSource } from './source.ts';

const text = { da: 'Ro', en: 'Calm' };
const check: StepFile = {
	check: 'order',
	question: text,
	items: [
		{ text, why: text },
		{ text, why: text }
	]
};

describe('progress is kept under', () => {
	const steps: StepFile[] = [
		{ lesson: 'calm', outcomes: [] },
		check,
		{ ...check, id: 'breathing' },
		check,
		{ scenario: 'at-the-door' },
		{ landing: text }
	];
	test.each([
		['the name of a lesson', 0, 'calm'],
		['kind and number', 1, 'check-1'],
		['the id, where there is one', 2, 'breathing'],
		['a number that counts steps with an id too', 3, 'check-3'],
		['kind and number of another kind', 4, 'scenario-1'],
		['landing-1', 5, 'landing-1']
	])('%s', (_, index, key) => {
		expect(stepKey(steps, index)).toBe(key);
	});
});

function checkSteps(steps: string): string[] {
	const head = `title: { da: a, en: a }
minutes: 1
outcomes: [TI-K1]
contentNote: { da: a, en: a }
steps:
`;
	const { source, problems } = readSource(head + steps, 'module.yaml');
	const shape = source === null ? [] : checkShape(moduleFile, source).problems;
	return [...problems, ...shape].map(formatProblem);
}

describe('a step is held against its own kind', () => {
	test.each([
		[
			'a check without a reason',
			`  - check: one
    question: { da: a, en: a }
    options:
      - text: { da: a, en: a }
        right: true
`,
			[
				'module.yaml:9: error: missing-key: steps.0.options.0.why: the key "why" is missing here; add it'
			]
		],
		[
			'a check of a kind that is not there',
			'  - check: on\n    question: { da: a, en: a }\n',
			[
				'module.yaml:6: error: unknown-value: steps.0.check: "on" is not known here; did you mean "one"?'
			]
		],
		[
			'a step of a kind that is not there',
			'  - leson: calm\n',
			[
				'module.yaml:6: error: unknown-key: steps.0.leson: the key "leson" is not known here; did you mean "lesson"?',
				'module.yaml:6: error: unknown-step: steps.0: a step is one of these: lesson, check, scenario, reflection, task, landing'
			]
		],
		[
			'a lesson with a key of another kind',
			'  - lesson: calm\n    question: x\n',
			[
				'module.yaml:7: error: unknown-key: steps.0.question: the key "question" is not known here; possible keys are lesson, id, outcomes'
			]
		],
		[
			'a name that is not in kebab-case',
			'  - lesson: Meget Ro\n',
			[
				'module.yaml:6: error: not-kebab-case: steps.0.lesson: write this name in kebab-case: small letters from a to z, digits and hyphens'
			]
		],
		[
			'no step at all',
			'  []\n',
			['module.yaml:5: error: empty-list: steps: the list is empty; write at least one item']
		]
	])('%s', (_, steps, expected) => {
		expect(checkSteps(steps)).toEqual(expected);
	});
});
