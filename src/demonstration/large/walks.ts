import type { LibraryScenario } from '#lib/scenario/library.server.ts';
import { choose, movesOf, start } from '#lib/scenario/run.ts';
import type { Chance } from './chance.ts';

/** Ways through a story from its beginning to an ending, each choice by chance. */
export function takeWalks(
	chance: Chance,
	{ scenario }: LibraryScenario,
	count: number
): (readonly string[])[] {
	return Array.from({ length: count }, () => {
		let run = start(scenario);
		while (run.ending === undefined) run = choose(run, chance.pick(run.offered)).run;
		return movesOf(run);
	});
}
