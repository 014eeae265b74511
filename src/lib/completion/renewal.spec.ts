import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#lib/time.ts';
import { findRenewal, type Renewal } from './renewal.ts';

const renew = (completedOn: string, renewal: Renewal) =>
	findRenewal(completedOn, { dueDays: 30, graceDays: 0, renewal });

const autumn: Renewal = { by: 'course', from: '09-01', until: '10-31' };
const winter: Renewal = { by: 'course', from: '12-01', until: '01-31' };

describe('a renewal', () => {
	test('by months falls on the last day of a month that is too short', () => {
		expect(renew('2026-08-31', { by: 'refresher', months: 6 })).toEqual({
			opensOn: '2027-02-28',
			dueOn: '2027-03-30'
		});
	});

	test('by the calendar is in the first window that begins after the completion', () => {
		expect(renew('2026-08-31', autumn)).toEqual({ opensOn: '2026-09-01', dueOn: '2026-10-31' });
		expect(renew('2026-09-01', autumn)).toEqual({ opensOn: '2027-09-01', dueOn: '2027-10-31' });
	});

	test('by a window over new year ends in the year after', () => {
		expect(renew('2026-03-14', winter)).toEqual({ opensOn: '2026-12-01', dueOn: '2027-01-31' });
		expect(renew('2027-01-15', winter)).toEqual({ opensOn: '2027-12-01', dueOn: '2028-01-31' });
	});

	test('opens after the completion and before it is due, within some bounds', () => {
		const some = fc.oneof(
			fc.record({ by: fc.constant('course' as const), months: fc.integer({ min: 1, max: 60 }) }),
			fc.constantFrom(autumn, winter)
		);
		fc.assert(
			fc.property(fc.nat({ max: 3000 }), some, (days, renewal) => {
				const done = addDays('2024-01-01', days);
				const span = renew(done, renewal);
				expect(span!.opensOn > done).toBe(true);
				expect(span!.dueOn > span!.opensOn).toBe(true);
				if ('from' in renewal) expect(span!.opensOn <= addDays(done, 366)).toBe(true);
			})
		);
	});

	test('there is none where the terms say never', () => {
		expect(findRenewal('2026-03-14', { dueDays: 30, graceDays: 0, renewal: null })).toBeNull();
	});
});
