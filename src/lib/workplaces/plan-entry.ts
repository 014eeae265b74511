import { addDays, addMonths } from '#lib/time.ts';

/** What stands in a workplace's calendar. */
export const entryKinds = ['supervision', 'meeting', 'theme-day', 'follow-up', 'task'] as const;

export type EntryKind = (typeof entryKinds)[number];

/** Days to the next of what comes again, as one may choose them. */
export const rhythms = [7, 14, 28] as const;

export type Rhythm = (typeof rhythms)[number];

/** More days than these no series has: a year of every week. */
export const longestSeries = 53;

/** The days of what comes again, the first and the last included. */
export function listDays(first: string, every: Rhythm, until: string): string[] {
	const days: string[] = [];
	for (let day = first; day <= until && days.length < longestSeries; day = addDays(day, every))
		days.push(day);
	return days;
}

/** Something that a template lays, on its days. */
export interface Suggested {
	kind: EntryKind;
	days: readonly string[];
}

/**
 * A year as it has worked elsewhere: a theme day first; supervision every fortnight, from four weeks on, so
 * that there is something to bring; a fixed item on meetings every four weeks; a follow-up day after half a
 * year, when commitment fades; and a look back at the end (Unick 2019; the Danish anthologies of 2019 and
 * 2022). Days fall on the weekday of `start`, or on a weekday near it.
 */
export function suggestYear(start: string): Suggested[] {
	const first = toWeekday(start);
	const until = addDays(addMonths(first, 12), -1);
	return [
		{ kind: 'theme-day', days: [first] },
		{ kind: 'meeting', days: listDays(addDays(first, 7), 28, until) },
		{ kind: 'supervision', days: listDays(addDays(first, 28), 14, until) },
		{ kind: 'follow-up', days: [toWeekday(addMonths(first, 6)), toWeekday(until)] }
	];
}

/** The day itself, or the Monday after a weekend. */
function toWeekday(day: string): string {
	const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
	if (weekday === 6) return addDays(day, 2);
	return weekday === 0 ? addDays(day, 1) : day;
}

/** Entries by month, `YYYY-MM`, both in their order. */
export function groupByMonth<Entry extends { onDay: string }>(
	entries: readonly Entry[]
): { month: string; entries: Entry[] }[] {
	const months = Map.groupBy(
		entries.toSorted((a, b) => a.onDay.localeCompare(b.onDay)),
		({ onDay }) => onDay.slice(0, 7)
	);
	return [...months].map(([month, own]) => ({ month, entries: own }));
}
