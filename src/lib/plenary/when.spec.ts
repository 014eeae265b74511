import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayOf } from '#lib/time.ts';
import { layOut, momentOf, timeOf, writeTime } from './when.ts';

describe('a day and a time in Denmark', () => {
	test('are a moment in winter and in summer', () => {
		expect(momentOf('2026-01-20', '14:00').toISOString()).toBe('2026-01-20T13:00:00.000Z');
		expect(momentOf('2026-07-20', '14:00').toISOString()).toBe('2026-07-20T12:00:00.000Z');
	});

	test('come back from the moment they made, on any day but in the hour that is left out', () => {
		fc.assert(
			fc.property(fc.nat(4000), fc.nat(23), fc.nat(59), (days, hours, minutes) => {
				const day = addDays('2024-01-01', days);
				const time = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
				const moment = momentOf(day, time);
				expect(dayOf(moment)).toBe(day);
				if (hours !== 2) expect(timeOf(moment)).toBe(time);
			})
		);
	});

	test.each([
		['2026-02-30', '99:00'],
		['tomorrow', '12:00'],
		['2026-01-20', 'noon'],
		['2026-01-20', '24:00']
	])('make no moment where they make no sense: %s %s', (day, time) => {
		expect(momentOf(day, time).getTime()).toBeNaN();
	});

	test('are written as people write them', () => {
		const moment = momentOf('2026-01-20', '14:05');
		expect([writeTime(moment, 'da'), writeTime(moment, 'en')]).toEqual(['14.05', '14:05']);
	});
});

test('a run sheet tells when each point begins and ends', () => {
	expect(layOut([{ minutes: 5 }, { minutes: 10 }])).toEqual([
		{ minutes: 5, from: 0, until: 5 },
		{ minutes: 10, from: 5, until: 15 }
	]);
});
