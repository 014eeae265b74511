import type { Locale } from '#lib/content/localised.ts';
import { writeDay } from '#lib/time.ts';
import type { PlanEntry } from '#lib/workplaces/plan-calendar.server.ts';
import { groupByMonth } from '#lib/workplaces/plan-entry.ts';
import { entryKindName } from './words.ts';

const tags = { da: 'da-DK', en: 'en-GB' } as const;
const zone = { timeZone: 'UTC' } as const;
const months = {
	da: new Intl.DateTimeFormat(tags.da, { ...zone, month: 'long', year: 'numeric' }),
	en: new Intl.DateTimeFormat(tags.en, { ...zone, month: 'long', year: 'numeric' })
};
const weekdays = {
	da: new Intl.DateTimeFormat(tags.da, { ...zone, weekday: 'long', day: 'numeric', month: 'long' }),
	en: new Intl.DateTimeFormat(tags.en, { ...zone, weekday: 'long', day: 'numeric', month: 'long' })
};

/** An entry as the page shows it. */
export function describeEntry(entry: PlanEntry, today: string, locale: Locale) {
	const name = entryKindName(entry.kind, locale);
	return {
		...entry,
		/** What the workplace calls it, or what its kind is called. */
		name: entry.title ?? name,
		/** What its kind is called, where the workplace calls it something else. */
		about: entry.title && entry.kind !== 'task' ? name : null,
		day: weekdays[locale].format(new Date(`${entry.onDay}T12:00:00Z`)),
		done: entry.doneOn && writeDay(entry.doneOn, locale),
		isPast: entry.onDay < today
	};
}

export type EntryView = ReturnType<typeof describeEntry>;

/** The plan by months: those behind first. */
export function describeMonths(entries: readonly PlanEntry[], today: string, locale: Locale) {
	return groupByMonth(entries).map(({ month, entries: own }) => ({
		month,
		name: months[locale].format(new Date(`${month}-15T12:00:00Z`)),
		isPast: month < today.slice(0, 7),
		entries: own.map((entry) => describeEntry(entry, today, locale))
	}));
}
