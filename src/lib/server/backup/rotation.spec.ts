import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#lib/time.ts';
import { findNewestDay, listOver, mostDaysOfKeys, nightlyFile } from './rotation.ts';

const today = '2026-03-14';
const ago = (days: number) => nightlyFile(addDays(today, -days));

test('a backup is over after its days, and its keys after thirty at the latest', () => {
	const names = [0, 30, 31, 90, 91].flatMap((days) => [ago(days), `${ago(days)}.keys`]);
	expect(listOver(names, today, 90)).toEqual(
		[ago(91), `${ago(91)}.keys`, `${ago(90)}.keys`, `${ago(31)}.keys`, `${ago(30)}.keys`].sort()
	);
	expect(listOver(names, today, 7)).not.toContain(ago(0));
	expect(listOver(names, today, 7)).toHaveLength(8);
});

test('no keys stay for longer than thirty days, whatever is set and whenever backups were made', () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 30 }),
			fc.integer({ min: 1, max: 3650 }),
			(nights, days) => {
				const names = nights.flatMap((night) => [ago(night), `${ago(night)}.keys`]);
				const over = new Set(listOver(names, today, days));
				const stay = names.filter((name) => !over.has(name));
				for (const name of stay)
					if (name.endsWith('.keys')) expect(name > `${ago(mostDaysOfKeys)}.keys`).toBe(true);
				for (const night of nights) expect(over.has(ago(night))).toBe(night > days);
			}
		)
	);
});

test('what somebody else has put there stays', () => {
	const others = ['notes.txt', 'holdepunkt-2020-01-01.backup.old', 'my.backup', 'my.backup.keys'];
	expect(listOver(others, today, 1)).toEqual([]);
});

test('the newest backup is the newest with keys', () => {
	expect(findNewestDay([], today)).toBeUndefined();
	expect(findNewestDay([ago(2), `${ago(2)}.keys`, ago(1)], today)).toBe(addDays(today, -2));
});
