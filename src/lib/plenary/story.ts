import type { Scenario } from '#lib/scenario/model.ts';
import { replay, start, type Run } from '#lib/scenario/run.ts';

const known = new WeakMap<object, Map<string, Run>>();

/** How many ways of one scenario are remembered at most. */
const mostKnown = 500;

/**
 * Where these moves of a room lead. The same run is found again rather than made again, because every
 * screen asks for it.
 *
 * @throws {RangeError} where the moves do not fit the scenario.
 */
export function runOf<T>(scenario: Scenario<T>, moves: readonly string[]): Run<T> {
	if (moves.length === 0) return start(scenario);
	let runs = known.get(scenario);
	if (!runs) known.set(scenario, (runs = new Map()));
	const key = moves.join('\n');
	const before = runs.get(key);
	if (before) return before as Run<T>; // only ever set below, for this scenario
	const { fits, run } = replay(scenario, moves);
	if (!fits) throw new RangeError(`The moves of a room do not fit ${scenario.id}.`);
	if (runs.size >= mostKnown) runs.clear();
	runs.set(key, run);
	return run;
}
