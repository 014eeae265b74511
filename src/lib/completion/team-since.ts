import type { State } from './state.ts';

/** What a leader sees of where somebody stands. */
export interface Shown {
	state: State;
	isValid: boolean;
	completedOn: string | null;
	dueOn: string | null;
	modulesCompleted: number;
}

/** States that say nothing of what somebody has completed, nor by their absence. */
const saysNothing: readonly State[] = ['away', 'waived', 'in-progress'];

/**
 * What is shown with a name where names are shown from a day on: nothing that was completed before it.
 * Nor is it told who is late or soon to be without having completed anything since: whoever is neither
 * would be known to have completed before.
 */
export function showSince(standing: Shown, since: string | null): Shown {
	if (since === null) return standing;
	const { state, completedOn } = standing;
	if (completedOn !== null && completedOn >= since) return standing;
	return {
		state: saysNothing.includes(state) ? state : 'not-started',
		isValid: false,
		completedOn: null,
		dueOn: null,
		modulesCompleted: state === 'in-progress' ? standing.modulesCompleted : 0
	};
}
