import { expect, test } from 'vitest';
import { comparePoints, fillMonths } from './curve.ts';

const point = (month: string, valid: number) => ({ month, valid, total: 20 });

test('a month in which nothing changed stands as the one before it', () => {
	const known = [point('2026-01', 7), point('2025-11', 4)];
	expect(fillMonths(known, '2026-03', 36)).toEqual([
		point('2025-11', 4),
		point('2025-12', 4),
		point('2026-01', 7),
		point('2026-02', 7),
		point('2026-03', 7)
	]);
});

test('a curve goes back so far and no farther', () => {
	expect(fillMonths([point('2020-01', 1)], '2026-03', 36)).toHaveLength(36);
	expect(fillMonths([], '2026-03', 36)).toEqual([]);
});

test('a workplace is compared with itself as it was, where it was there', () => {
	const points = fillMonths([point('2025-12', 4), point('2026-03', 9)], '2026-03', 36);
	expect(comparePoints(points, 3)).toEqual({
		before: point('2025-12', 4),
		now: point('2026-03', 9)
	});
	expect(comparePoints(points, 6)).toBeNull();
	expect(comparePoints([], 3)).toBeNull();
});
