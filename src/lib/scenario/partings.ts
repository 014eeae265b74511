import type { Decision, Debrief } from './debrief.ts';

/** Two ways through a story beside each other. */
export interface Parting<T> {
	/** How many decisions are the same from the beginning on. */
	together: number;
	/** The first that differs in each; undefined for a way that is over by then. */
	first: Decision<T> | undefined;
	second: Decision<T> | undefined;
}

/**
 * Where two ways part: at the first decision that was met in another scene or answered otherwise. The
 * two may have been walked in different versions of a scenario. Equal ways part after their end.
 */
export function findParting<T>(first: Debrief<T>, second: Debrief<T>): Parting<T> {
	const differs = first.decisions.findIndex((decision, index) => {
		const beside = second.decisions[index];
		return decision.scene !== beside?.scene || decision.chosen.choice !== beside.chosen.choice;
	});
	const together = differs === -1 ? first.decisions.length : differs;
	return { together, first: first.decisions[together], second: second.decisions[together] };
}
