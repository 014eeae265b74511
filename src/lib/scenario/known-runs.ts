import type { Localised } from '#lib/content/localised.ts';
import type { Scenario } from './model.ts';
import { choose, replay, type Replayed } from './run.ts';

/** How many runs of one scenario are remembered; the one that was asked for longest ago goes first. */
export const runsRemembered = 1_000;

const known = new WeakMap<object, Map<string, Replayed<Localised>>>();

/**
 * The same as `replay`, remembered: many people walk the same few ways through a story, and a run is
 * nothing but its scenario and its moves. Only what fits is kept. The scenario must not be changed.
 */
export function replayKnown(scenario: Scenario, moves: readonly string[]): Replayed<Localised> {
	let runs = known.get(scenario);
	if (!runs) known.set(scenario, (runs = new Map()));
	const way = moves.join('\n');
	const found = runs.get(way);
	if (found) {
		runs.delete(way);
		runs.set(way, found);
		return found;
	}
	const made = goOn(scenario, runs, moves) ?? replay(scenario, moves);
	if (made.fits) remember(runs, way, made);
	return made;
}

/** One move more than a run that is known. */
function goOn(
	scenario: Scenario,
	runs: ReadonlyMap<string, Replayed<Localised>>,
	moves: readonly string[]
): Replayed<Localised> | undefined {
	const last = moves.at(-1);
	const before = runs.get(moves.slice(0, -1).join('\n'));
	if (last === undefined || !before || before.run.scenario !== scenario) return undefined;
	const chosen = choose(before.run, last);
	return chosen.taken ? { fits: true, run: chosen.run } : undefined;
}

function remember(
	runs: Map<string, Replayed<Localised>>,
	way: string,
	run: Replayed<Localised>
): void {
	runs.set(way, run);
	if (runs.size <= runsRemembered) return;
	for (const oldest of runs.keys()) {
		runs.delete(oldest);
		return;
	}
}
