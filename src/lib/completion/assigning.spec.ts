import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#lib/time.ts';
import { assign, findHolding, type Assignment, type Completion, type Rule } from './assigning.ts';
import type { Terms } from './renewal.ts';

const today = '2026-03-14';
const terms: Terms = { dueDays: 30, graceDays: 0, renewal: { by: 'refresher', months: 6 } };
const rule = (id: string, own: Partial<Terms> = {}): Rule => ({
	id,
	course: 'basic',
	terms: { ...terms, ...own }
});

/** What would lie in the store once it was written. */
function carryOut(
	rules: readonly Rule[],
	before: readonly Assignment[],
	completion: Completion | null,
	day = today
): Assignment[] {
	const { end, add } = assign(rules, before, completion, day);
	return [
		...before.map((one) => (end.includes(one.id) ? { ...one, endedOn: day } : one)),
		...add.map((one, index) => ({
			...one,
			id: `new ${before.length + index}`,
			course: 'basic',
			endedOn: null
		}))
	];
}

/** Until nothing more is to be written. */
function settle(
	rules: readonly Rule[],
	before: readonly Assignment[],
	completion: Completion | null,
	day = today
): Assignment[] {
	let all = [...before];
	for (let turn = 0; turn < 10; turn += 1) {
		const next = carryOut(rules, all, completion, day);
		if (JSON.stringify(next) === JSON.stringify(all)) return all;
		all = next;
	}
	throw new Error('there is no end to what is asked');
}

const someRules = fc.array(
	fc
		.record({ id: fc.constantFrom('a', 'b', 'c'), dueDays: fc.integer({ min: 1, max: 200 }) })
		.map(({ id, dueDays }) => rule(id, { dueDays })),
	{ maxLength: 3 }
);
const someCompletion = fc.option(
	fc.record({
		cycle: fc.integer({ min: 1, max: 3 }),
		day: fc.nat({ max: 500 }).map((days) => addDays(today, -days)),
		by: fc.constantFrom('course' as const, 'refresher' as const)
	}),
	{ nil: null }
);

describe('what is asked of somebody', () => {
	test('is written once, however often it is looked at, and the order of rules does not matter', () => {
		fc.assert(
			fc.property(someRules, someRules, someCompletion, (first, then, completion) => {
				const asked = settle(first, [], null, addDays(today, -400));
				const done = settle(then, asked, completion);
				expect(settle(then, done, completion)).toEqual(done);
				expect(assign(then.toReversed(), done, completion, today)).toEqual({ end: [], add: [] });
			})
		);
	});

	test('is never deleted', () => {
		fc.assert(
			fc.property(someRules, someRules, someCompletion, (first, then, completion) => {
				const asked = settle(first, [], null, addDays(today, -400));
				const kept = settle(then, asked, completion).map(({ id }) => id);
				expect(kept).toEqual(expect.arrayContaining(asked.map(({ id }) => id)));
			})
		);
	});

	test('is due as the strictest rule says', () => {
		const [asked] = settle([rule('a', { dueDays: 60 }), rule('b', { dueDays: 14 })], [], null);
		expect(asked).toMatchObject({ rule: 'b', dueOn: '2026-03-28', cycle: 1, by: 'course' });
	});

	test('keeps the terms it was made with when another rule takes the place of the first', () => {
		const asked = settle([rule('a')], [], null);
		expect(settle([rule('b', { dueDays: 7 })], asked, null, '2026-03-20')).toEqual(asked);
	});

	test('is asked no more when no rule asks, and anew when one does', () => {
		const asked = settle([rule('a')], [], null);
		const ended = settle([], asked, null, '2026-03-20');
		expect(findHolding(ended)).toBeNull();
		expect(findHolding(settle([rule('a')], ended, null, '2026-05-01'))).toMatchObject({
			cycle: 1,
			dueOn: '2026-05-31'
		});
	});

	test('is asked again by its refresher, as the frozen terms say', () => {
		const asked = settle([rule('a')], [], null);
		const done = { cycle: 1, day: '2026-03-20', by: 'course' } as const;
		expect(settle([rule('b', { renewal: null })], asked, done, '2026-09-19')).toEqual(asked);
		expect(
			findHolding(settle([rule('b', { renewal: null })], asked, done, '2026-09-20'))
		).toMatchObject({
			cycle: 2,
			by: 'refresher',
			assignedOn: '2026-09-20',
			dueOn: '2026-10-20'
		});
	});

	test('leaves nobody late on the day on which they are first asked', () => {
		const done = { cycle: 1, day: '2024-01-01', by: 'course' } as const;
		expect(findHolding(settle([rule('a')], [], done))).toMatchObject({
			cycle: 2,
			assignedOn: today,
			dueOn: '2026-04-13'
		});
	});
});
