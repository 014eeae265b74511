import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mixPlaces } from './mix.ts';

const counts = fc.integer({ min: 2, max: 12 });

describe('places that are mixed', () => {
	test('are all there, once each', () => {
		fc.assert(
			fc.property(counts, fc.string(), (count, seed) => {
				const sorted = mixPlaces(count, seed).toSorted((a, b) => a - b);
				expect(sorted).toEqual(Array.from({ length: count }, (_, place) => place));
			})
		);
	});

	test('are never in the order they stood in', () => {
		fc.assert(
			fc.property(counts, fc.string(), (count, seed) => {
				expect(mixPlaces(count, seed).every((place, index) => place === index)).toBe(false);
			})
		);
	});

	test('come in the same order for everybody, and in others from step to step', () => {
		expect(mixPlaces(5, 'basic/first/check-1')).toEqual(mixPlaces(5, 'basic/first/check-1'));
		const orders = new Set(
			Array.from({ length: 20 }, (_, step) => mixPlaces(5, `basic/first/check-${step}`).join())
		);
		expect(orders.size).toBeGreaterThan(10);
	});

	test('stay where they are when there is only one', () => {
		expect(mixPlaces(1, 'x')).toEqual([0]);
		expect(mixPlaces(0, 'x')).toEqual([]);
	});
});
