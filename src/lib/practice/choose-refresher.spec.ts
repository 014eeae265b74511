import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	chooseRefresher,
	findAgain,
	mostInAll,
	weighOutcomes,
	type Encounter
} from './choose-refresher.ts';
import { highestCost, type PastDecision } from './past-decision.ts';

const outcomes = ['K3', 'S1', 'S3', 'S5', 'S7'];
const settings = ['shelter', 'office', 'outdoors', 'telephone'];
const names = ['Bo', 'Ida', 'Kim', 'Ulla'];
const some = (values: string[]) => fc.subarray(values, { minLength: 1 });

const decision: fc.Arbitrary<PastDecision> = fc.record({
	scenario: fc.constantFrom('hatch', 'lid', 'letter'),
	setting: fc.constantFrom(...settings),
	people: some(names),
	month: fc.constantFrom('2026-03', '2026-04', '2026-09'),
	ordinal: fc.integer({ min: 1, max: 3 }),
	number: fc.integer({ min: 1, max: 4 }),
	outcomes: some(outcomes),
	cost: fc.integer({ min: 0, max: highestCost }),
	isRepaired: fc.boolean()
});
/** No two decisions at one place of one way. */
const histories = fc.uniqueArray(decision, {
	maxLength: 10,
	selector: ({ scenario, month, ordinal, number }) => `${scenario} ${month} ${ordinal} ${number}`
});
const banks: fc.Arbitrary<Encounter[]> = fc.uniqueArray(
	fc.record({
		slug: fc.constantFrom(...'abcdefghijklmno'),
		setting: fc.constantFrom(...settings),
		people: some([...names, 'Vera', 'Marek', 'Zahra']),
		outcomes: some(outcomes)
	}),
	{ maxLength: 12, selector: ({ slug }) => slug }
);
const asked = fc
	.record({ history: histories, bank: banks, seed: fc.string(), met: fc.subarray([...'abcdefg']) })
	.map(({ met, ...rest }) => ({ ...rest, seen: new Set(met) }));

const known: PastDecision = {
	scenario: 'hatch',
	setting: 'shelter',
	people: ['Bo'],
	month: '2026-03',
	ordinal: 1,
	number: 1,
	outcomes: ['S5'],
	cost: 2,
	isRepaired: false
};

describe('a refresher made for one person', () => {
	test('meets again what has cost most, of all that the bank can meet again', () => {
		fc.assert(
			fc.property(asked, ({ history, bank, seen, seed }) => {
				const chosen = chooseRefresher({ history, bank, seen, seed });
				const left = bank.filter(({ slug }) => !seen.has(slug));
				const weakest = weighOutcomes(history).find(({ outcome }) =>
					findAgain(outcome, history, left)
				);
				if (!weakest) return;
				const first = bank.find(({ slug }) => slug === chosen?.[0]);
				expect(first?.outcomes).toContain(weakest.outcome);
				const hard = history.filter(
					(one) => one.cost > 0 && one.outcomes.includes(weakest.outcome)
				);
				expect(hard.map(({ setting }) => setting)).not.toContain(first?.setting);
				for (const name of hard.flatMap(({ people }) => people))
					expect(first?.people).not.toContain(name);
			})
		);
	});

	test('never holds what has been met, nor one encounter twice, nor more than it may', () => {
		fc.assert(
			fc.property(asked, (one) => {
				const chosen = chooseRefresher(one) ?? [];
				expect(new Set(chosen).size).toBe(chosen.length);
				expect(chosen.length).toBeLessThanOrEqual(mostInAll);
				for (const slug of chosen) {
					expect(one.seen.has(slug)).toBe(false);
					expect(one.bank.map((encounter) => encounter.slug)).toContain(slug);
				}
			})
		);
	});

	test('is the same in whatever order history and bank come, and for the same seed alone', () => {
		fc.assert(
			fc.property(asked, fc.infiniteStream(fc.double({ noNaN: true })), (one, weights) => {
				const shuffle = <T>(values: readonly T[]) =>
					values
						.map((value) => ({ value, weight: weights.next().value ?? 0 }))
						.toSorted((a, b) => a.weight - b.weight)
						.map(({ value }) => value);
				const again = { ...one, history: shuffle(one.history), bank: shuffle(one.bank) };
				expect(chooseRefresher(again)).toEqual(chooseRefresher(one));
			})
		);
		const bank = [...'abcdefgh'].map((slug) => ({
			slug,
			setting: 'office',
			people: [],
			outcomes: ['S5']
		}));
		const firsts = [...'123456'].map(
			(seed) => chooseRefresher({ history: [known], bank, seen: new Set(), seed })?.[0]
		);
		expect(new Set(firsts).size).toBeGreaterThan(1);
	});

	test('is none where nothing is known of the person, or nothing new is left', () => {
		fc.assert(
			fc.property(asked, (one) => {
				expect(chooseRefresher({ ...one, history: [] })).toBeNull();
				const all = new Set(one.bank.map(({ slug }) => slug));
				expect(chooseRefresher({ ...one, seen: all })).toBeNull();
			})
		);
	});

	test('goes on with what the person has met least, best of all never, until its time is full', () => {
		const bank: Encounter[] = [
			{ slug: 'again', setting: 'office', people: ['Vera'], outcomes: ['S5'] },
			{ slug: 'known', setting: 'outdoors', people: ['Marek'], outcomes: ['S5'] },
			{ slug: 'new', setting: 'shelter', people: ['Zahra'], outcomes: ['S7'] },
			{ slug: 'other', setting: 'shelter', people: ['Bo'], outcomes: ['S3'] }
		];
		for (const seed of ['1', '2', '3']) {
			const [first, ...others] =
				chooseRefresher({ history: [known], bank, seen: new Set(), seed }) ?? [];
			expect(['again', 'known']).toContain(first);
			expect(others.toSorted()).toEqual(['new', 'other']);
		}
	});

	test('holds something new also for who has never chosen a costly way', () => {
		const bank: Encounter[] = outcomes.map((outcome) => ({
			slug: outcome.toLowerCase(),
			setting: 'office',
			people: [],
			outcomes: [outcome]
		}));
		const history = [{ ...known, cost: 0 }];
		const chosen = chooseRefresher({ history, bank, seen: new Set(), seed: '' });
		expect(chosen).toHaveLength(mostInAll);
		expect(chosen).not.toContain('s5');
	});
});

describe('what an outcome has cost', () => {
	const weigh = (...history: PastDecision[]) =>
		Object.fromEntries(weighOutcomes(history).map(({ outcome, weight }) => [outcome, weight]));

	test('weighs half where it was put right, and half where the story was walked anew', () => {
		expect(weigh(known)).toEqual({ S5: 2 });
		expect(weigh({ ...known, isRepaired: true })).toEqual({ S5: 1 });
		expect(weigh(known, { ...known, ordinal: 2, cost: 0 })).toEqual({ S5: 1 });
	});

	test('weighs more the later it was', () => {
		const later = { ...known, scenario: 'lid', month: '2026-09', outcomes: ['S1'] };
		expect(weigh(known, later)).toEqual({ S1: 2, S5: 1 });
	});

	test('is nothing where no way was costly', () => {
		expect(weigh({ ...known, cost: 0 })).toEqual({});
	});
});
