import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Course, LessonStep, Module, TaskStep } from '#lib/content/course.ts';
import type { Framework, Outcome } from '#lib/content/framework.ts';
import { openLibrary } from '#tests/support/library.ts';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import { listTraining, numberDecisions } from './training.ts';

const both = (text: string) => ({ da: text, en: text });

function outcome(id: string): Outcome {
	const kind = id.includes('-K') ? 'knowledge' : 'skill';
	const text = both(id);
	return { id, level: 'informed', area: 'respond', kind, text, status: 'L', source: undefined };
}

const task: TaskStep = {
	kind: 'task',
	key: 'house-rule',
	task: 'house-rule',
	title: both('En regel'),
	text: undefined,
	outcomes: ['TI-S3'],
	fields: []
};

function lesson(key: string, outcomes: readonly string[] = []): LessonStep {
	const text = { title: key, html: '' as LessonStep['text']['da']['html'], parts: [] };
	return { kind: 'lesson', key, outcomes, text: both(key) && { da: text, en: text } };
}

const module = {
	slug: 'rules',
	steps: [lesson('why'), lesson('run-sheet-together', ['TI-S3']), task]
} as unknown as Module; // all that is asked of it
const course = { slug: 'leader' } as unknown as Course;

const framework: Framework = {
	levels: [],
	areas: [],
	outcomes: ['TI-K6', 'TI-S3', 'TI-S5', 'TE-S4'].map(outcome),
	uncovered: [{ id: 'TE-S4', reason: both('Kræver øvelse.') }]
};
const teaches = (id: string) => (['TI-K6', 'TI-S3'].includes(id) ? [{ course, module }] : []);
const trainings = listTraining({ framework, modulesTeaching: teaches }, [
	{ slug: 'bus-stop', scenario: soundScenario() }
]);
const of = (id: string) => trainings.find((one) => one.outcome.id === id);

describe('what trains an outcome', () => {
	test('is told of each, in the order of the framework', () => {
		expect(trainings.map((one) => one.outcome)).toEqual(framework.outcomes);
	});

	test('is the decisions whose choices name it, by their numbers', () => {
		const told = trainings.map((one) =>
			one.scenarios.map(({ slug, decisions }) => `${slug} ${decisions.join(' ')}`)
		);
		expect(told).toEqual([[], ['bus-stop 1'], ['bus-stop 2'], []]);
	});

	test('is the tasks and run sheets of the modules that teach a skill', () => {
		expect(of('TI-S3')?.modules).toEqual([
			{ course, module, tasks: [task], exercises: [lesson('run-sheet-together', ['TI-S3'])] }
		]);
	});

	test('is nothing that one does where the outcome is knowledge', () => {
		expect(of('TI-K6')?.modules).toEqual([{ course, module, tasks: [], exercises: [] }]);
	});

	test('comes with the reason where the platform leaves it out', () => {
		expect(of('TE-S4')?.leftOut?.da).toBe('Kræver øvelse.');
		expect(of('TI-S3')?.leftOut).toBeUndefined();
	});
});

test('a decision has the number of the quickest way there, and telling counts as none', () => {
	const numbers = numberDecisions(soundScenario());
	expect([numbers.get('stop'), numbers.get('refused'), numbers.get('refused-told')]).toEqual([
		1, 2, 2
	]);
});

describe('in the courses that come with the platform', () => {
	const { catalogue, scenarios } = openLibrary(resolve('courses'));
	const all = listTraining(catalogue, scenarios);

	test('every outcome has a module, or the reason why it has none', () => {
		const lost = all.filter((one) => !one.leftOut && one.modules.length === 0);
		expect(lost.map((one) => one.outcome.id)).toEqual([]);
	});

	test('what is left out is just what the framework says', () => {
		const leftOut = all.filter((one) => one.leftOut);
		expect(leftOut.map((one) => one.outcome.id)).toEqual([
			...['TE-S4', 'TE-S6', 'TE-S7'],
			...catalogue.framework.outcomes.map(({ id }) => id).filter((id) => id.startsWith('TX-'))
		]);
		for (const one of leftOut) expect([...one.modules, ...one.scenarios]).toEqual([]);
	});

	test('every scenario trains something', () => {
		const named = new Set(all.flatMap((one) => one.scenarios.map(({ slug }) => slug)));
		expect(scenarios.map(({ slug }) => slug).filter((slug) => !named.has(slug))).toEqual([]);
	});
});
