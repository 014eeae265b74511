/** Where a person stands in a course, as an employer may know it. */
export const states = ['completed', 'in-progress', 'not-started'] as const;

export type State = (typeof states)[number];

export interface Counts {
	total: number;
	completed: number;
	inProgress: number;
	notStarted: number;
}

/** The first state that holds; somebody is in progress once a module is completed. */
export function stateOf(facts: { completedOn: string | null; modulesCompleted: number }): State {
	if (facts.completedOn !== null) return 'completed';
	return facts.modulesCompleted > 0 ? 'in-progress' : 'not-started';
}

/** How many people stand where. */
export function countStates(people: readonly { state: State }[]): Counts {
	const count = (state: State) => people.filter((one) => one.state === state).length;
	return {
		total: people.length,
		completed: count('completed'),
		inProgress: count('in-progress'),
		notStarted: count('not-started')
	};
}
