import { expect, test } from 'vitest';
import { areMinutesFair, estimateMinutes } from './minutes.ts';

test('minutes are words, checks, decisions, prompts and the landing together', () => {
	const workload = { words: 600, checks: 2, decisions: 5, prompts: 1, landings: 1 };
	expect(estimateMinutes(workload)).toBeCloseTo(4 + 1 + 1.5 + 1 + 0.5, 10);
});

test.each([
	['as estimated', 8, 8, true],
	['a quarter more', 10, 8, true],
	['a quarter less', 6, 8, true],
	['more than a quarter more', 11, 8, false],
	['more than a quarter less', 5, 8, false],
	['rounded to a whole minute', 1, 1.5, true]
])('%s: %d stated for %d is fair: %s', (_, stated, estimated, fair) => {
	expect(areMinutesFair(stated, estimated)).toBe(fair);
});
