import type { By } from '#lib/completion/renewal.ts';
import type { State } from '#lib/completion/state.ts';
import { addDays } from '#lib/time.ts';

/** What somebody is reminded of. */
export const reminderKinds = [
	/** A due date that comes near. */
	'due',
	/** One that has passed. */
	'late',
	/** That a course which they have completed is to be refreshed. */
	'refresher',
	/** To who leads a unit: who is due in the next weeks. */
	'digest',
	/** To who leads a unit: some months have passed since its people learnt. */
	'follow-up',
	/** By a leader, to people of their choice. */
	'by-hand',
	/** By a leader, to everybody who works there, in the same words for all. */
	'to-all'
] as const;

export type ReminderKind = (typeof reminderKinds)[number];

/**
 * What has become of a reminder. `sending` is written before a mail is handed over, so that after a
 * crash in between nobody sends it again: it is `unknown` then. `dropped` is what no longer held when
 * it was to go out.
 */
export const outcomes = [
	'waiting',
	'sending',
	'sent',
	'failed',
	'unknown',
	'in-app',
	'dropped'
] as const;

export type Outcome = (typeof outcomes)[number];

/**
 * Days before a due date from which one is reminded: two weeks, since it takes ten minutes at a time and
 * rosters are made that far ahead. Who is asked with less time than that is reminded on being asked.
 */
export const daysAhead = 14;

/** Days between two reminders of one course, whoever sends them: more would be pushing. */
export const daysBetween = 7;

/** Days after a due date from which nobody is told of it any more: less than reminders are kept. */
const longestLate = 180;

/** What is asked of somebody in a course and where they stand in it. */
export interface Open {
	/** The assignment that asks. */
	assignment: string;
	state: State;
	cycle: number;
	by: By;
	/** When it is due, days away allowed for. */
	dueOn: string;
}

/**
 * What somebody is to be told today, with the name of the occasion, which is told once; null where there
 * is nothing to say: to who is away or waived, in the days after a due date in which nothing is late yet,
 * and long before it.
 */
export function findOccasion(
	{ assignment, state, cycle, dueOn }: Open,
	today: string
): { kind: ReminderKind; occasion: string } | null {
	if (state === 'away' || state === 'waived') return null;
	if (state === 'overdue' || state === 'lapsed') {
		const isOld = dueOn < addDays(today, -longestLate);
		return isOld ? null : { kind: 'late', occasion: `late ${assignment}` };
	}
	if (dueOn < today) return null;
	if (dueOn <= addDays(today, daysAhead)) return { kind: 'due', occasion: `due ${assignment}` };
	return cycle > 1 ? { kind: 'refresher', occasion: `asked ${assignment}` } : null;
}

/** Mails go out on weekdays from eight to four, Danish time. */
const opens = 8;
const closes = 16;

const clock = new Intl.DateTimeFormat('en-GB', {
	timeZone: 'Europe/Copenhagen',
	weekday: 'short',
	hour: '2-digit',
	hourCycle: 'h23'
});

/** Whether mails may go out at a moment. */
export function isOpenHour(moment: Date): boolean {
	const parts = clock.formatToParts(moment);
	const read = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
	const hour = Number(read('hour'));
	return !['Sat', 'Sun'].includes(read('weekday')) && hour >= opens && hour < closes;
}

const hour = 60 * 60_000;

/** The moment itself where mails may go out, else the next full hour in which they may. */
export function nextOpenMoment(moment: Date): Date {
	if (isOpenHour(moment)) return moment;
	let next = new Date(Math.floor(moment.getTime() / hour + 1) * hour);
	// A weekend and a night are the longest wait.
	while (!isOpenHour(next)) next = new Date(next.getTime() + hour);
	return next;
}
