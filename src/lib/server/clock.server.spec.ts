import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createClock, findLastWritten } from './clock.server.ts';
import { makeFolder } from '#tests/support/folder.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const begin = Date.parse('2026-03-14T09:00:00Z');

/** A clock that a test moves, and the time that passes whatever the clock says. */
function watch(lastWritten: Date | undefined = new Date(begin - hour)) {
	const at = { wall: begin, passing: 0 };
	const clock = createClock({ lastWritten, wall: () => at.wall, passing: () => at.passing });
	return {
		clock,
		pass(milliseconds: number) {
			at.wall += milliseconds;
			at.passing += milliseconds;
		},
		move: (milliseconds: number) => (at.wall += milliseconds)
	};
}

test('a clock that goes as time does is believed', () => {
	const { clock, pass } = watch();
	for (let night = 0; night < 40; night += 1) {
		expect(clock.findDoubt()).toBeUndefined();
		pass(day);
	}
	expect(clock.now()).toEqual(new Date(begin + 40 * day));
});

test.each([
	[370 * day, 'the clock was moved forward by 8880 hours'],
	[-3 * hour, 'the clock was moved back by 3 hours']
])('one that was moved by %i ms is in doubt for a day', (moved, sentence) => {
	const { clock, pass, move } = watch();
	expect(clock.findDoubt()).toBeUndefined();
	pass(hour);
	move(moved);
	expect(clock.findDoubt()).toBe(sentence);
	pass(23 * hour);
	expect(clock.findDoubt()).toBe(sentence);
	pass(2 * hour);
	expect(clock.findDoubt()).toBeUndefined();
});

test('a machine that slept for an hour, or was set by a minute, is not in doubt', () => {
	const { clock, move } = watch();
	for (const moved of [hour, 60_000, -60_000]) {
		move(moved);
		expect(clock.findDoubt()).toBeUndefined();
	}
});

test.each([
	[400 * day, /last written 400 days ago/],
	[-2 * hour, /before the time when the stores were last written/]
])('a start %i ms after the last writing is in doubt for a day', (away, sentence) => {
	const { clock, pass } = watch(new Date(begin - away));
	expect(clock.findDoubt()).toMatch(sentence);
	pass(25 * hour);
	expect(clock.findDoubt()).toBeUndefined();
});

test('a first start, and one after a month of rest, are not', () => {
	const at = { wall: () => begin, passing: () => 0 };
	expect(createClock({ lastWritten: undefined, ...at }).findDoubt()).toBeUndefined();
	expect(
		createClock({ lastWritten: new Date(begin - 30 * day), ...at }).findDoubt()
	).toBeUndefined();
});

test('the disk says when a store was last written', () => {
	const folder = makeFolder();
	expect(findLastWritten(folder)).toBeUndefined();
	for (const [name, when] of [
		['platform.db', 1000],
		['private.db-wal', 3000],
		['notes.txt', 9000]
	] as const) {
		writeFileSync(join(folder, name), '');
		utimesSync(join(folder, name), when, when);
	}
	expect(findLastWritten(folder)).toEqual(new Date(3_000_000));
});
