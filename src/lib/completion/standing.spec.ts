import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#lib/time.ts';
import { putOff, soonDays, standAt, type Days, type Facts } from './standing.ts';

const first = '2026-03-14';
const day = (least: number, most: number) =>
	fc.integer({ min: least, max: most }).map((days) => addDays(first, days));

const span: fc.Arbitrary<Days> = fc
	.record({ from: day(-100, 300), length: fc.option(fc.nat({ max: 90 }), { nil: null }) })
	.map(({ from, length }) => ({ from, until: length === null ? null : addDays(from, length) }));

const by = fc.constantFrom('course' as const, 'refresher' as const);

const facts: fc.Arbitrary<Facts> = fc.record({
	absences: fc.array(span, { maxLength: 3 }),
	waivers: fc.array(span, { maxLength: 2 }),
	assignment: fc.option(
		fc
			.record({
				cycle: fc.integer({ min: 1, max: 3 }),
				by,
				isAsked: fc.boolean(),
				assignedOn: day(-100, 0),
				dueDays: fc.option(fc.integer({ min: 1, max: 200 }), { nil: null }),
				graceDays: fc.nat({ max: 60 })
			})
			.map(({ dueDays, ...one }) => ({
				...one,
				dueOn: dueDays === null ? null : addDays(one.assignedOn, dueDays)
			})),
		{ nil: null }
	),
	completions: fc.uniqueArray(
		fc.record({ cycle: fc.integer({ min: 1, max: 3 }), day: day(-300, 0), by }),
		{ selector: ({ cycle }) => cycle, maxLength: 3 }
	),
	modulesCompleted: fc.nat({ max: 6 }),
	renewsOn: fc.option(day(1, 400), { nil: null })
});

const nothing: Facts = {
	absences: [],
	waivers: [],
	assignment: null,
	completions: [],
	modulesCompleted: 0,
	renewsOn: null
};

const asked = (dueOn: string, graceDays = 0): Facts => ({
	...nothing,
	assignment: {
		cycle: 1,
		by: 'course',
		isAsked: true,
		assignedOn: '2026-01-01',
		dueOn,
		graceDays
	}
});

describe('where somebody stands', () => {
	test('follows from the facts and the day, in whatever order they are told', () => {
		fc.assert(
			fc.property(facts, day(0, 400), (told, today) => {
				const turned: Facts = {
					...told,
					absences: told.absences.toReversed(),
					waivers: told.waivers.toReversed(),
					completions: told.completions.toReversed()
				};
				expect(standAt(turned, today)).toEqual(standAt(told, today));
			})
		);
	});

	test('stays as it is until the day on which it is said to change', () => {
		fc.assert(
			fc.property(facts, day(0, 200), fc.nat({ max: 300 }), (told, today, later) => {
				const { nextOn, ...now } = standAt(told, today);
				const then = addDays(today, later);
				if (nextOn !== null) expect(nextOn > today).toBe(true);
				if (nextOn !== null && then >= nextOn) return;
				const { nextOn: after, ...still } = standAt(told, then);
				expect(still).toEqual(now);
				expect(after).toBe(nextOn);
			}),
			{ numRuns: 2000 }
		);
	});

	test('is away before anything else, then waived', () => {
		fc.assert(
			fc.property(facts, day(0, 200), (told, today) => {
				const now: Days = { from: addDays(today, -1), until: addDays(today, 1) };
				expect(standAt({ ...told, absences: [...told.absences, now] }, today).state).toBe('away');
				expect(standAt({ ...told, absences: [], waivers: [now] }, today).state).toBe('waived');
			})
		);
	});

	test('is soon from thirty days before the date, and over it once the grace is gone', () => {
		const due = asked('2026-06-01', 7);
		const stateOn = (today: string) => standAt(due, today).state;
		expect(stateOn(addDays('2026-06-01', -soonDays - 1))).toBe('not-started');
		expect(stateOn(addDays('2026-06-01', -soonDays))).toBe('due-soon');
		expect(stateOn('2026-06-08')).toBe('due-soon');
		expect(stateOn('2026-06-09')).toBe('overdue');
	});

	test('counts a completion until the grace of its renewal is gone', () => {
		const told: Facts = {
			...asked('2026-06-01', 7),
			completions: [{ cycle: 1, day: '2025-12-01', by: 'course' }]
		};
		const renewing = { ...told, assignment: { ...told.assignment!, cycle: 2 } };
		expect(standAt(renewing, '2026-06-08')).toMatchObject({ state: 'due-soon', isValid: true });
		expect(standAt(renewing, '2026-06-09')).toMatchObject({ state: 'lapsed', isValid: false });
	});

	test('is not late on the day on which a waiver ends', () => {
		const waivers = [{ from: '2026-01-10', until: '2026-08-31' }];
		expect(standAt({ ...asked('2026-01-31'), waivers }, '2026-09-01').state).toBe('due-soon');
	});
});

describe('a due date', () => {
	test('waits for every day away after being asked, once', () => {
		const twice = [
			{ from: '2026-01-05', until: '2026-01-14' },
			{ from: '2026-01-10', until: '2026-01-19' }
		];
		expect(putOff('2026-01-31', '2026-01-01', twice, '2026-03-01')).toBe('2026-02-15');
		expect(putOff('2026-01-31', '2026-01-10', twice, '2026-03-01')).toBe('2026-02-10');
	});

	test('is never brought forward, and not put off by days before or after', () => {
		fc.assert(
			fc.property(
				fc.array(span, { maxLength: 4 }),
				fc.integer({ min: 1, max: 90 }),
				(away, days) => {
					const due = addDays(first, days);
					const put = putOff(due, first, away, due);
					expect(put >= due).toBe(true);
					const outside = [{ from: addDays(first, -20), until: addDays(first, -1) }];
					expect(putOff(due, first, outside, due)).toBe(due);
					expect(putOff(put, first, [{ from: addDays(put, 1), until: null }], due)).toBe(put);
				}
			)
		);
	});
});
