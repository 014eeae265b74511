import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/commands/install.mjs';
import type { Scenario } from '../../src/lib/scenario/model.ts';
import { choose, movesOf, start, type Run } from '../../src/lib/scenario/run.ts';
import { readScenario } from '../support/sound-scenario.ts';

/** One way through a story to one of its endings. */
export interface Way {
	ending: string;
	moves: readonly string[];
}

/** The file of a scenario of ours. */
export function textOfOurs(slug: string): string {
	return readFileSync(join(root, 'courses', 'scenarios', `${slug}.yaml`), 'utf8');
}

/** A scenario of ours as its file has it. */
export function readOurs(slug: string): Scenario {
	return readScenario(textOfOurs(slug));
}

/** The shortest way to each ending that a story has, every one of them. */
export function findWays(scenario: Scenario): Way[] {
	const found = new Map<string, Way>();
	const seen = new Set<string>();
	let runs: Run[] = [start(scenario)];
	while (runs.length > 0) {
		const next: Run[] = [];
		for (const run of runs) {
			const place = JSON.stringify([run.state.value, run.gauges]);
			if (seen.has(place)) continue;
			seen.add(place);
			if (run.ending && !found.has(run.scene)) {
				found.set(run.scene, { ending: run.scene, moves: movesOf(run) });
			}
			next.push(...run.offered.map((move) => choose(run, move).run));
		}
		runs = next;
	}
	const endings = Object.entries(scenario.scenes).flatMap(([id, scene]) =>
		'ending' in scene ? [id] : []
	);
	const missing = endings.filter((id) => !found.has(id));
	if (missing.length > 0) throw new Error(`No way leads to ${missing.join(', ')}.`);
	return [...found.values()];
}
