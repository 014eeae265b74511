import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atOnce } from '#tests/support/at-once.ts';
import { chooseShownInSteps, leastCounted, type Group } from './shown-groups.ts';

const chooseShown = (groups: readonly Group[]) => atOnce(chooseShownInSteps(groups));

const group = (id: string, ...people: string[]): Group => ({ id, people: new Set(people) });
const crowd = (name: string, size: number) =>
	Array.from({ length: size }, (_, index) => `${name}${index}`);

test('a house of four is not counted', () => {
	expect([...chooseShown([group('house', ...crowd('a', 4))])]).toEqual([]);
});

test('a house of five is', () => {
	expect([...chooseShown([group('house', ...crowd('a', 5))])]).toEqual(['house']);
});

test('nor is a house whose parent, less it, would leave fewer than five', () => {
	const [large, small] = [crowd('a', 8), crowd('b', 4)];
	const shown = chooseShown([
		group('area', ...large, ...small),
		group('large', ...large),
		group('small', ...small)
	]);
	expect([...shown]).toEqual(['area']);
});

test('of three houses the small one hides one more', () => {
	const [a, b, c] = [crowd('a', 9), crowd('b', 7), crowd('c', 2)];
	const shown = chooseShown([
		group('area', ...a, ...b, ...c),
		group('a', ...a),
		group('b', ...b),
		group('c', ...c)
	]);
	expect([...shown]).toEqual(['area', 'a']);
});

test('who works in two houses is not found by adding those up', () => {
	const [a, b] = [crowd('a', 6), crowd('b', 6)];
	const shown = chooseShown([
		group('area', ...a, ...b, 'both'),
		group('a', ...a, 'both'),
		group('b', ...b, 'both')
	]);
	expect([...shown]).toEqual(['area', 'a']);
});

/**
 * Everything that sums and differences of what is shown can tell: each is a weight for each person, and
 * tells of fewer than five where few people have a weight of their own.
 */
test('no sum or difference of shown groups tells about fewer than five people', () => {
	const groups = fc.array(fc.uniqueArray(fc.nat({ max: 29 }), { maxLength: 30 }), { maxLength: 7 });
	const weights = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 7, maxLength: 7 });
	fc.assert(
		fc.property(groups, fc.array(weights, { minLength: 1, maxLength: 20 }), (sets, sums) => {
			const all = sets.map((people, index) => group(`${index}`, ...people.map(String)));
			const shown = chooseShown(all);
			for (const weight of sums) {
				const told = new Map<string, number>();
				for (const [index, { id, people }] of all.entries()) {
					if (!shown.has(id)) continue;
					for (const one of people) told.set(one, (told.get(one) ?? 0) + (weight[index] ?? 0));
				}
				const byWeight = Map.groupBy(told, ([, sum]) => sum);
				byWeight.delete(0);
				for (const people of byWeight.values())
					expect(people.length).toBeGreaterThanOrEqual(leastCounted);
			}
		}),
		{ numRuns: 500 }
	);
});
