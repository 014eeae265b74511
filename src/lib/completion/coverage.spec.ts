import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blendShares, coarsen, countPerson, nobodyReached, type Gains } from './coverage.ts';
import { leastCounted } from './shown-groups.ts';

const gains: Gains = new Map([
	['basic/trauma', { taught: [0, 1], practised: [], refreshed: [] }],
	['basic/heat', { taught: [1], practised: [1], refreshed: [] }],
	['basic/again', { taught: [0, 1], practised: [], refreshed: [0, 1] }]
]);

test('somebody who has met an outcome in two modules counts once', () => {
	const reached = nobodyReached(2);
	const modules = ['basic/trauma', 'basic/heat'].map((key) => ({ key, isValid: true }));
	countPerson(reached, modules, gains);
	expect(reached).toEqual({ taught: [1, 1], practised: [0, 1], refreshed: [0, 0] });
});

test('a refresher that counts no more refreshes nobody, and has taught them all the same', () => {
	const reached = nobodyReached(2);
	countPerson(reached, [{ key: 'basic/again', isValid: false }], gains);
	expect(reached).toEqual({ taught: [1, 1], practised: [0, 0], refreshed: [0, 0] });
	countPerson(reached, [{ key: 'basic/again', isValid: true }], gains);
	expect(reached.refreshed).toEqual([1, 1]);
});

test('a share of no group of five or more says of everybody that they have, or have not', () => {
	const size = fc.integer({ min: leastCounted, max: 3000 });
	fc.assert(
		fc.property(size, (people) => {
			expect(coarsen(0, people)).toEqual(coarsen(1, people));
			expect(coarsen(people, people)).toEqual(coarsen(people - 1, people));
			const { steps } = coarsen(0, people);
			for (const some of [0, 1, Math.floor(people / 2), people - 1, people]) {
				const { step } = coarsen(some, people);
				expect(some / people).toBeGreaterThanOrEqual(step / steps);
				expect(some / people).toBeLessThanOrEqual((step + 1) / steps);
			}
		})
	);
});

test('several groups together tell no more than each of them does', () => {
	const group = fc
		.integer({ min: leastCounted, max: 40 })
		.chain((people) => fc.record({ people: fc.constant(people), some: fc.nat({ max: people }) }));
	const shares = (groups: readonly { people: number; some: number }[]) =>
		blendShares(
			groups.map(({ people, some }) => ({
				people,
				reached: { taught: [some], practised: [0], refreshed: [0] }
			}))
		).taught;
	fc.assert(
		fc.property(fc.array(group, { minLength: 1, maxLength: 6 }), (groups) => {
			// The same steps, with one person more or less in each of them where that is the same step.
			const others = groups.map(({ people, some }) => {
				const { step } = coarsen(some, people);
				const other = [some + 1, some - 1].find(
					(one) => one >= 0 && one <= people && coarsen(one, people).step === step
				);
				return { people, some: other ?? some };
			});
			expect(shares(others)).toEqual(shares(groups));
			const all = groups.reduce((sum, { people }) => sum + people, 0);
			const real = (groups.reduce((sum, { some }) => sum + some, 0) / all) * 100;
			const [[from, to] = [0, 0]] = shares(groups);
			expect(real).toBeGreaterThanOrEqual(from);
			expect(real).toBeLessThanOrEqual(to);
		})
	);
});
