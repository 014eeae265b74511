import { describe, expect, test } from 'vitest';
import { applyEffect, firstHolding, gaugeWord, holds, startingValues } from './gauges.ts';
import type { Auto } from './model.ts';

const dials = { alarm: { start: 6, min: 0, max: 10 }, trust: { start: 3, min: -2, max: 4 } };

test('a story begins with the starting values', () => {
	expect(startingValues(dials)).toEqual({ alarm: 6, trust: 3 });
});

describe('an effect', () => {
	test.each([
		['adds to the gauges it names', { alarm: -2 }, { alarm: 4, trust: 3 }],
		['stops at the upper bound', { alarm: 9, trust: 9 }, { alarm: 10, trust: 4 }],
		['stops at the lower bound', { alarm: -9, trust: -9 }, { alarm: 0, trust: -2 }],
		['on no known gauge changes nothing', { hope: 1 }, { alarm: 6, trust: 3 }],
		['may be none', undefined, { alarm: 6, trust: 3 }]
	])('%s', (_, effect, expected) => {
		expect(applyEffect(dials, { alarm: 6, trust: 3 }, effect)).toEqual(expected);
	});

	test('leaves the values it was given as they were', () => {
		const before = { alarm: 6, trust: 3 };
		applyEffect(dials, before, { alarm: 1 });
		expect(before).toEqual({ alarm: 6, trust: 3 });
	});
});

describe('a guard', () => {
	test.each([
		['holds at its lower bound', { alarm: { min: 6 } }, true],
		['holds at its upper bound', { alarm: { max: 6 } }, true],
		['fails below its lower bound', { alarm: { min: 7 } }, false],
		['fails above its upper bound', { alarm: { max: 5 } }, false],
		['fails when one part fails', { alarm: { min: 6 }, trust: { min: 4 } }, false],
		['holds when all parts hold', { alarm: { min: 6, max: 6 }, trust: { max: 3 } }, true],
		['fails for a gauge that is not there', { hope: { max: 99 } }, false],
		['without parts holds', {}, true],
		['that is not there holds', undefined, true]
	])('%s', (_, guard, expected) => {
		expect(holds(guard, { alarm: 6, trust: 3 })).toBe(expected);
	});
});

test('of the automatic transitions the first that holds is taken', () => {
	const autos: Auto[] = [
		{ when: { alarm: { min: 9 } }, to: 'overwhelmed' },
		{ when: { alarm: { min: 5 } }, to: 'tense' },
		{ when: {}, to: 'anywhere' }
	];
	expect(firstHolding(autos, { alarm: 6 })?.to).toBe('tense');
	expect(firstHolding(autos.slice(0, 1), { alarm: 6 })).toBeUndefined();
	expect(firstHolding(undefined, { alarm: 6 })).toBeUndefined();
});

test.each([
	[0, 'calm'],
	[3, 'calm'],
	[4, 'tense'],
	[10, 'in alarm']
])('the value %i is read as "%s"', (value, expected) => {
	const words = [
		{ upTo: 3, word: 'calm' },
		{ upTo: 7, word: 'tense' },
		{ upTo: 10, word: 'in alarm' }
	];
	expect(gaugeWord({ start: 0, min: 0, max: 10, words }, value)).toBe(expected);
});
