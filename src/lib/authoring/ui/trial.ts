import type { Scenario } from '#lib/scenario/model.ts';
import { choose, replay, start, tellAsIs, type Run } from '#lib/scenario/run.ts';

/** A run begun, with moves made beforehand; undefined where the story goes round in a ring by itself. */
export function beginTrial(
	scenario: Scenario<string>,
	moves: readonly string[]
): { run: Run<string>; ring: boolean } | undefined {
	for (let made = moves.length; made >= 0; made -= 1) {
		try {
			const { run } =
				made === 0 ? { run: start(scenario) } : replay(scenario, moves.slice(0, made));
			return { run, ring: made < moves.length };
		} catch {
			// The last of the moves leads into the ring: the way is shown up to there.
		}
	}
	return undefined;
}

/** The run after a move; undefined where that leads into a ring. */
export function goOn(run: Run<string>, move: string): Run<string> | undefined {
	try {
		return choose(run, move).run;
	} catch {
		return undefined;
	}
}

/**
 * The run after a flagged scene that its author does not want to see now: told as it is, with its first
 * choice made. It stays where the scene is an ending, or nothing can be chosen in it.
 */
export function skipScene(run: Run<string>): Run<string> | undefined {
	const inside = goOn(run, tellAsIs);
	const [first] = inside?.offered ?? [];
	if (!inside || first === undefined) return inside;
	return inside.telling ? inside : goOn(inside, first);
}
