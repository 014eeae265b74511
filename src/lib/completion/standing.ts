import { addDays } from '#lib/time.ts';
import type { By } from './renewal.ts';
import type { State } from './state.ts';

/** Days before a due date from which it is soon. */
export const soonDays = 30;

/** Some days in a row; null where the end is not known. */
export interface Days {
	from: string;
	until: string | null;
}

/** What is asked of a person in a course now, or what they have chosen themselves. */
export interface OpenAssignment {
	cycle: number;
	by: By;
	/** Whether a rule asks for it. */
	isAsked: boolean;
	assignedOn: string;
	/** Null for what one has chosen oneself. */
	dueOn: string | null;
	graceDays: number;
}

/** Everything that a person's standing in a course follows from, besides the day. */
export interface Facts {
	/** In which the person is away, in any order. */
	absences: readonly Days[];
	/** In which the person need not take this course. */
	waivers: readonly Days[];
	/** The newest assignment of the course that holds; null where there is none. */
	assignment: OpenAssignment | null;
	/** Every completion of the course, in any order. */
	completions: readonly { cycle: number; day: string; by: By }[];
	/** Of the modules that the current cycle asks for. */
	modulesCompleted: number;
	/** The first day on which the completion is to be renewed; null where nobody asks. */
	renewsOn: string | null;
}

/** Where a person stands in a course on a day. */
export interface Standing {
	state: State;
	/** Whether a completion counts on that day. */
	isValid: boolean;
	isAsked: boolean;
	/** The cycle the person is in. */
	cycle: number;
	/** What finishes that cycle, or has finished it. */
	by: By;
	/** In which cycle what is done in the modules now counts: a course that is done stays in its own. */
	courseCycle: number;
	/** The same of the refresher; it renews the completion before it. */
	refresherCycle: number;
	/** The newest completion. */
	completedOn: string | null;
	/** When what is open is due, days away allowed for. */
	dueOn: string | null;
	/** The first day on which what is done is to be renewed; null while something is open. */
	renewsOn: string | null;
	modulesCompleted: number;
	/** The next day on which any of this may change by the clock alone. */
	nextOn: string | null;
}

const covers = ({ from, until }: Days, day: string) =>
	from <= day && (until === null || day <= until);

/** A function of what has happened and of the day, and of nothing else. */
export function standAt(facts: Facts, today: string): Standing {
	const { absences, waivers, assignment, completions, modulesCompleted } = facts;
	const completion = newestOf(completions);
	const cycle = Math.max(assignment?.cycle ?? 1, completion?.cycle ?? 1);
	const isDone = completion !== null && completion.cycle >= (assignment?.cycle ?? 1);
	const open = assignment && !isDone ? assignment : null;
	// Whoever is waived for a while is not late on the day on which they are asked again.
	const pauses = [...absences, ...waivers];
	const dueOn = open?.dueOn ? putOff(open.dueOn, open.assignedOn, pauses, today) : null;
	const lastDay = dueOn && open ? addDays(dueOn, open.graceDays) : null;
	const soonFrom = dueOn && addDays(dueOn, -soonDays);
	const isLate = lastDay !== null && today > lastDay;

	const state = ((): State => {
		if (absences.some((days) => covers(days, today))) return 'away';
		if (waivers.some((days) => covers(days, today))) return 'waived';
		if (isLate) return completion ? 'lapsed' : 'overdue';
		if (soonFrom !== null && today >= soonFrom) return 'due-soon';
		if (completion) return 'completed';
		return modulesCompleted > 0 ? 'in-progress' : 'not-started';
	})();
	return {
		state,
		isValid: completion !== null && !isLate,
		isAsked: assignment?.isAsked ?? false,
		cycle,
		by: open?.by ?? completion?.by ?? 'course',
		courseCycle:
			open?.by === 'course'
				? open.cycle
				: (newestOf(completions.filter(({ by }) => by === 'course'))?.cycle ?? 1),
		refresherCycle:
			open?.by === 'refresher'
				? open.cycle
				: (completion?.cycle ?? 0) + (completion?.by === 'refresher' ? 0 : 1),
		completedOn: completion?.day ?? null,
		dueOn,
		renewsOn: isDone ? facts.renewsOn : null,
		modulesCompleted,
		nextOn: soonest(today, [
			...pauses.flatMap(({ from, until }) => [from, until === null ? null : addDays(until, 1)]),
			// While nobody knows the end, the due date goes on ahead day by day.
			dueOn && pauses.some((days) => days.until === null && covers(days, today))
				? addDays(today, 1)
				: null,
			soonFrom,
			lastDay && addDays(lastDay, 1),
			isDone ? facts.renewsOn : null
		])
	};
}

/** The completion of the newest cycle; null where there is none. */
export function newestOf<Row extends { cycle: number }>(rows: readonly Row[]): Row | null {
	return rows.reduce<Row | null>(
		(last, one) => (last && last.cycle > one.cycle ? last : one),
		null
	);
}

function soonest(today: string, days: readonly (string | null)[]): string | null {
	const ahead = days.filter((day) => day !== null).filter((day) => day > today);
	return ahead.length === 0 ? null : ahead.reduce((a, b) => (a < b ? a : b));
}

/**
 * A due date waits while one is away or waived: it is put off by every such day from the day of being
 * asked until the date itself, each once. An absence without an end counts up to `today`.
 */
export function putOff(
	dueOn: string,
	assignedOn: string,
	absences: readonly Days[],
	today: string
): string {
	let due = dueOn;
	let counted = addDays(assignedOn, -1);
	for (const { from, until } of absences.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
		const first = from > counted ? from : addDays(counted, 1);
		const last = until ?? today;
		if (first > due || last < first) continue;
		const days = daysBetween(first, last) + 1;
		due = addDays(due, days);
		counted = last;
	}
	return due;
}

function daysBetween(from: string, until: string): number {
	return Math.round((Date.parse(until) - Date.parse(from)) / (24 * 60 * 60 * 1000));
}
