/**
 * Where a person stands in a course, as an employer may know it: the first that holds, in this order.
 */
export const states = [
	'away',
	'waived',
	'lapsed',
	'overdue',
	'due-soon',
	'completed',
	'in-progress',
	'not-started'
] as const;

export type State = (typeof states)[number];

/** How many people stand where, each once. */
export interface Counts {
	total: number;
	/** Whose completion counts today, whatever their state: the N of "N of M". */
	valid: number;
	byState: Readonly<Record<State, number>>;
}

/** Nobody anywhere. */
export function noStates(): Record<State, number> {
	return {
		away: 0,
		waived: 0,
		lapsed: 0,
		overdue: 0,
		'due-soon': 0,
		completed: 0,
		'in-progress': 0,
		'not-started': 0
	};
}

/** How many people stand where. */
export function countStates(people: readonly { state: State; isValid: boolean }[]): Counts {
	const byState = noStates();
	for (const { state } of people) byState[state] += 1;
	return {
		total: people.length,
		valid: people.filter(({ isValid }) => isValid).length,
		byState
	};
}
