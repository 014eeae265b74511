import fc from 'fast-check';
import { expect, it } from 'vitest';
import { giveKeys, tidyKey } from './keys.ts';
import { firstOrders, orderBetween } from './order.ts';

it('finds room between any two neighbours, however often', () => {
	fc.assert(
		fc.property(fc.nat(40), fc.array(fc.nat(1000), { maxLength: 120 }), (count, places) => {
			const list = firstOrders(count);
			for (const place of places) {
				const at = place % (list.length + 1);
				list.splice(at, 0, orderBetween(list[at - 1], list[at]));
			}
			expect(list.toSorted((a, b) => (a < b ? -1 : 1))).toEqual(list);
			expect(new Set(list).size).toBe(list.length);
		})
	);
});

it('does not let the fractions grow beyond reason where all is put at the end or the beginning', () => {
	let last: string | undefined;
	for (let round = 0; round < 300; round++) last = orderBetween(last, undefined);
	expect(last?.length).toBeLessThan(120);
});

it('comes after both where two stand at the same place', () => {
	expect(orderBetween('a', 'a') > 'a').toBe(true);
});

it('gives every part a name of its own, the same whatever the order in which they are met', () => {
	const part = fc.record({
		id: fc.string({ minLength: 1, maxLength: 6 }),
		wish: fc.constantFrom('a', 'a-2', 'a-3', 'Å', '', '1', 'to ord')
	});
	fc.assert(
		fc.property(fc.uniqueArray(part, { selector: ({ id }) => id }), (parts) => {
			const keys = giveKeys(parts, 'scene');
			expect(new Set(keys.values()).size).toBe(parts.length);
			for (const key of keys.values()) expect(key).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u);
			expect(new Map(giveKeys(parts.toReversed(), 'scene'))).toEqual(new Map(keys));
		})
	);
	expect(tidyKey(' Døren på gangen ')).toBe('doeren-paa-gangen');
});
