import { addDays, addMonths } from '#lib/time.ts';

/** What finishes a cycle of a course: everything in it, or its refresher. */
export type By = 'course' | 'refresher';

/** When and by what a course is taken again. */
export type Renewal = { by: By } & (
	| { months: number }
	/** A yearly window of the calendar, both days `MM-DD`; it may reach over new year. */
	| { from: string; until: string }
);

/** What a rule asks, as it is frozen into an assignment. */
export interface Terms {
	/** Days from being asked to the due date. */
	dueDays: number;
	/** Days after the due date in which nothing is called late yet, and a completion still counts. */
	graceDays: number;
	renewal: Renewal | null;
}

/** The first and the last day on which a course is to be renewed. */
export interface Span {
	opensOn: string;
	dueOn: string;
}

/**
 * When a completion is to be renewed: so many months after it, with as many days as the terms give, or
 * in the first window of the calendar that begins after it. Null where it never is.
 */
export function findRenewal(completedOn: string, { dueDays, renewal }: Terms): Span | null {
	if (!renewal) return null;
	if ('months' in renewal) {
		const opensOn = addMonths(completedOn, renewal.months);
		return { opensOn, dueOn: addDays(opensOn, dueDays) };
	}
	const year = Number(completedOn.slice(0, 4));
	const inThisYear = `${year}-${renewal.from}`;
	const opensIn = inThisYear > completedOn ? year : year + 1;
	const endsIn = renewal.until < renewal.from ? opensIn + 1 : opensIn;
	return { opensOn: `${opensIn}-${renewal.from}`, dueOn: `${endsIn}-${renewal.until}` };
}
