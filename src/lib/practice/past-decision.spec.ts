import { describe, expect, test } from 'vitest';
import { loadLibrary } from '#lib/scenario/library.server.ts';
import { listPastDecisions } from './past-decision.ts';

const { library } = loadLibrary(['courses']);
const { scenario } = library.scenario('folding-sheets')!;

function tell(...moves: string[]) {
	const way = { scenario: 'folding-sheets', ordinal: 1, month: '2026-03', moves };
	return listPastDecisions(scenario, way);
}

describe('a decision in the past', () => {
	test('costs 2 where it was harmful, 1 more where the alarm rose, and else nothing', () => {
		expect(tell('promise', 'probe', 'together').map(({ cost }) => cost)).toEqual([2, 3, 0]);
		expect(tell('another', 'pass-on').map(({ cost }) => cost)).toEqual([0, 0]);
	});

	test('trains what any of its choices does, whichever was taken', () => {
		expect(tell('another')).toMatchObject([
			{ setting: 'residential-home', people: ['Erna', 'Solveig'], outcomes: ['TI-K8', 'TI-S6'] }
		]);
	});

	test('was put right where a good choice later trains the same', () => {
		expect(tell('promise', 'together').map(({ isRepaired }) => isRepaired)).toEqual([true, false]);
		expect(tell('promise', 'pass-on').map(({ isRepaired }) => isRepaired)).toEqual([false, false]);
	});

	test('is told as far as the moves fit', () => {
		expect(tell('promise', 'gone', 'together')).toHaveLength(1);
		expect(tell()).toEqual([]);
	});
});
