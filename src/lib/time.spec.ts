import { expect, test } from 'vitest';
import { addDays, dayOf, isDay, monthOf, startOfDay, writeDay, writeDuration } from './time.ts';

test('a late evening in Denmark belongs to its own day, whatever the day is in Greenwich', () => {
	expect(dayOf(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01');
	expect(monthOf(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07');
	expect(dayOf(new Date('2026-12-31T22:30:00Z'))).toBe('2026-12-31');
});

test.each([
	['2026-02-28', 1, '2026-03-01'],
	['2026-03-28', 2, '2026-03-30'],
	['2026-01-01', -1, '2025-12-31']
])('%s and %i days is %s, also where the clocks change', (day, days, expected) => {
	expect(addDays(day, days)).toBe(expected);
});

test('a day is written as people write it', () => {
	expect(writeDay('2026-03-14', 'da')).toBe('14. marts 2026');
	expect(writeDay('2026-03-14', 'en')).toBe('14 March 2026');
});

test.each([
	['2026-02-28', true],
	['2028-02-29', true],
	['2026-02-29', false],
	['2026-13-01', false],
	['2026-00-10', false],
	['26-02-01', false],
	['2026-02-01T10:00', false],
	['', false]
])('whether %s is a day: %s', (text, expected) => {
	expect(isDay(text)).toBe(expected);
});

test.each([
	[1, '1 dag', '1 day'],
	[30, '30 dage', '30 days'],
	[365, '12 måneder', '12 months'],
	[395, '13 måneder', '13 months'],
	[1826, '5 år', '5 years']
])('%i days are said as %s and %s', (days, da, en) => {
	expect(writeDuration(days, 'da')).toBe(da);
	expect(writeDuration(days, 'en')).toBe(en);
});

test.each([
	['2026-01-15', '2026-01-14T23:00:00.000Z'],
	['2026-07-15', '2026-07-14T22:00:00.000Z'],
	['2026-03-29', '2026-03-28T23:00:00.000Z'],
	['2026-10-25', '2026-10-24T22:00:00.000Z']
])('the Danish day %s begins at %s', (day, moment) => {
	expect(startOfDay(day).toISOString()).toBe(moment);
});
