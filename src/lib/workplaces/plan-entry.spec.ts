import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#lib/time.ts';
import { groupByMonth, listDays, longestSeries, suggestYear } from './plan-entry.ts';

const someDay = fc
	.date({ min: new Date('2025-01-01'), max: new Date('2035-01-01'), noInvalidDate: true })
	.map((moment) => moment.toISOString().slice(0, 10));

const weekdayOf = (day: string) => new Date(`${day}T12:00:00Z`).getUTCDay();

describe('a year that is suggested', () => {
	test('has supervision every fortnight, meetings, a theme day and a follow-up after half a year', () => {
		const year = suggestYear('2026-08-03');
		const daysOf = (kind: string) => year.find((one) => one.kind === kind)!.days;
		expect(daysOf('theme-day')).toEqual(['2026-08-03']);
		expect(daysOf('supervision').slice(0, 3)).toEqual(['2026-08-31', '2026-09-14', '2026-09-28']);
		expect(daysOf('supervision')).toHaveLength(25);
		expect(daysOf('meeting')).toHaveLength(13);
		expect(daysOf('follow-up')).toEqual(['2027-02-03', '2027-08-02']);
	});

	test('puts nothing on a weekend, whenever it begins', () => {
		fc.assert(
			fc.property(someDay, (start) => {
				for (const { days } of suggestYear(start))
					for (const day of days) expect([0, 6]).not.toContain(weekdayOf(day));
			})
		);
	});
});

describe('what comes again', () => {
	test('comes on the same weekday, across the change of the clock', () => {
		expect(listDays('2026-03-16', 14, '2026-04-20')).toEqual([
			'2026-03-16',
			'2026-03-30',
			'2026-04-13'
		]);
	});

	test('ends on its last day, and after a year of weeks at the latest', () => {
		fc.assert(
			fc.property(someDay, fc.nat({ max: 4000 }), (first, length) => {
				const until = addDays(first, length);
				const days = listDays(first, 7, until);
				expect(days.length).toBe(Math.min(longestSeries, Math.floor(length / 7) + 1));
				expect(days.every((day) => day <= until)).toBe(true);
			})
		);
	});
});

test('months come in their order, with their days in order', () => {
	const entries = ['2026-05-02', '2026-03-14', '2026-03-02'].map((onDay) => ({ onDay }));
	expect(groupByMonth(entries).map(({ month, entries: own }) => [month, own.length])).toEqual([
		['2026-03', 2],
		['2026-05', 1]
	]);
});
