import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Scenario } from '#lib/scenario/model.ts';
import { replay } from '#lib/scenario/run.ts';
import { walkScenario } from '#lib/scenario/walk.ts';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { readScenario, soundScenario } from '#tests/support/sound-scenario.ts';
import { planTour } from './path-tour.ts';

/** Everything that can be met: scenes one comes to rest in and moves that are offered in them. */
function listReachable(scenario: Scenario): Set<string> {
	const walk = walkScenario(scenario);
	const met = new Set<string>();
	for (let position = 0; position < walk.size; position += 1) {
		const { scene } = walk.describe(position);
		met.add(scene);
		for (let edge = walk.edgeStart[position]!; edge < walk.edgeStart[position + 1]!; edge += 1)
			met.add(`${scene}/${walk.nameMove(position, walk.edgeMove[edge]!)}`);
	}
	return met;
}

/** Everything that is met on these ways, each of which must be one that a learner can go to its end. */
function listMet(scenario: Scenario): Set<string> {
	const met = new Set<string>();
	for (const { moves } of planTour(scenario)) {
		const { fits, run } = replay(scenario, moves);
		expect(fits).toBe(true);
		expect(run.ending).toBeDefined();
		met.add(run.scene);
		for (const { from, move } of run.path) met.add(from).add(`${from}/${move}`);
	}
	return met;
}

test('the tour of any sound scenario meets everything that can be met, each way to an ending', () => {
	fc.assert(
		fc.property(randomScenario, (scenario) => {
			expect(listMet(scenario)).toEqual(listReachable(scenario));
		}),
		{ numRuns: 60 }
	);
});

test('a flagged scene is met as it is and told more gently', () => {
	const moves = planTour(soundScenario()).flatMap((walk) => walk.moves);
	expect(moves).toEqual(expect.arrayContaining([':as-is', ':gently']));
});

describe('of our own scenarios', () => {
	const folder = 'courses/scenarios';
	test.each(readdirSync(folder))('%s takes few ways', (file) => {
		const scenario = readScenario(readFileSync(join(folder, file), 'utf8'));
		const walks = planTour(scenario);
		expect(listMet(scenario)).toEqual(listReachable(scenario));
		const choices = Object.values(scenario.scenes).flatMap((scene) =>
			'choices' in scene ? Object.keys(scene.choices) : []
		);
		expect(walks.length).toBeLessThan(choices.length);
		// Nothing is walked that shows nothing new.
		for (const { covers } of walks) expect(covers.length).toBeGreaterThan(0);
	});
});
