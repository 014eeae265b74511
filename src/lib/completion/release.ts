import { leastCounted } from './shown-groups.ts';
import { noStates, states, type Counts } from './state.ts';
import { addDays } from '#lib/time.ts';

/** Days after which what is published is made anew, however little has changed. */
export const publishedDays = 28;

/** Days for which it stays even where much has. */
export const leastPublishedDays = 7;

/**
 * Whether the numbers of a group are to be published anew: after four weeks, or after one where at least
 * five people must have come to stand otherwise. From one day to the next a number would tell of the one
 * person who is known to have finished in between.
 */
export function isDueForRelease(
	before: { on: string; counts: Counts } | undefined,
	now: Counts,
	today: string
): boolean {
	if (!before || addDays(before.on, publishedDays) <= today) return true;
	return (
		addDays(before.on, leastPublishedDays) <= today &&
		leastChanged(before.counts, now) >= leastCounted
	);
}

/** How many people must at least have changed for the one to become the other. */
export function leastChanged(a: Counts, b: Counts): number {
	const moved = states.reduce(
		(sum, state) => sum + Math.max(0, b.byState[state] - a.byState[state]),
		0
	);
	return Math.max(moved, Math.abs(b.valid - a.valid));
}

/** The counts of several groups together. */
export function sumCounts(all: readonly Counts[]): Counts {
	const byState = noStates();
	for (const one of all) for (const state of states) byState[state] += one.byState[state];
	return {
		total: all.reduce((sum, { total }) => sum + total, 0),
		valid: all.reduce((sum, { valid }) => sum + valid, 0),
		byState
	};
}
