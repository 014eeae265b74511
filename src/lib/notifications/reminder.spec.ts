import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { states } from '#lib/completion/state.ts';
import { findOccasion, isOpenHour, nextOpenMoment, type Open } from './reminder.ts';

const today = '2026-03-14';
const open: Open = {
	assignment: 'a',
	state: 'not-started',
	cycle: 1,
	by: 'course',
	dueOn: '2026-04-13'
};

describe('what somebody is told', () => {
	test.each([
		['nothing a month before it is due', {}, null],
		['that it is due, two weeks before', { state: 'due-soon', dueOn: '2026-03-28' }, 'due a'],
		['that it is due, on being asked late', { state: 'due-soon', dueOn: '2026-03-16' }, 'due a'],
		['that it is due, on the day', { state: 'due-soon', dueOn: today }, 'due a'],
		['nothing in the days of grace', { state: 'due-soon', dueOn: '2026-03-10' }, null],
		['that it was due', { state: 'overdue', dueOn: '2026-03-01' }, 'late a'],
		['nothing half a year later', { state: 'overdue', dueOn: '2025-09-01' }, null],
		['that it was to be renewed', { state: 'lapsed', cycle: 2, dueOn: '2026-03-01' }, 'late a'],
		['that a refresher is asked', { state: 'completed', cycle: 2 }, 'asked a'],
		['nothing while away', { state: 'away', dueOn: today }, null],
		['nothing while waived', { state: 'waived', dueOn: today }, null]
	] as const)('%s', (_, more, occasion) => {
		expect(findOccasion({ ...open, ...more } as Open, today)?.occasion ?? null).toBe(occasion);
	});

	test('is never anything to who is away or waived, and of one assignment at most three things', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...states),
				fc.integer({ min: 1, max: 3 }),
				fc.integer({ min: 1, max: 28 }),
				(state, cycle, date) => {
					const dueOn = `2026-03-${String(date).padStart(2, '0')}`;
					const found = findOccasion({ ...open, state, cycle, dueOn }, today);
					if (state === 'away' || state === 'waived') expect(found).toBeNull();
					else if (found) expect(['due a', 'late a', 'asked a']).toContain(found.occasion);
				}
			)
		);
	});
});

describe('quiet hours', () => {
	test.each([
		['a Friday at noon', '2026-03-13T11:00:00Z', '2026-03-13T11:00:00Z'],
		['a weekday before eight in winter', '2026-03-13T05:30:00Z', '2026-03-13T07:00:00Z'],
		['a weekday before eight in summer', '2026-06-12T05:30:00Z', '2026-06-12T06:00:00Z'],
		['four in the afternoon', '2026-03-12T15:00:00Z', '2026-03-13T07:00:00Z'],
		['a Saturday', '2026-03-14T09:00:00Z', '2026-03-16T07:00:00Z'],
		['the weekend on which the clock goes forward', '2026-03-28T12:00:00Z', '2026-03-30T06:00:00Z']
	])('end after %s', (_, from, until) => {
		expect(nextOpenMoment(new Date(from)).toISOString()).toBe(new Date(until).toISOString());
	});

	test('are never broken, and last three nights at most', () => {
		fc.assert(
			fc.property(
				fc.date({
					min: new Date('2026-01-01'),
					max: new Date('2028-01-01'),
					noInvalidDate: true
				}),
				(moment) => {
					const next = nextOpenMoment(moment);
					expect(isOpenHour(next)).toBe(true);
					expect(next.getTime() - moment.getTime()).toBeLessThanOrEqual(64 * 60 * 60_000);
					expect(next.getTime()).toBeGreaterThanOrEqual(moment.getTime());
				}
			)
		);
	});
});
