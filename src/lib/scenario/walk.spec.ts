import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import type { Scenario } from './model.ts';
import { choose, replay, start, type Run } from './run.ts';
import { walkScenario, type Walk } from './walk.ts';

/** Every state the machine can reach, by what is shown and what is offered there. */
function exploreMachine(scenario: Scenario): Map<string, readonly string[]> {
	const found = new Map<string, readonly string[]>();
	const queue: Run[] = [start(scenario)];
	for (const run of queue) {
		const name = nameState(run.scene, run.telling !== undefined, run.gauges);
		if (found.has(name)) continue;
		found.set(name, run.offered);
		for (const move of run.offered) {
			// The path is of no interest here, and would grow with every step.
			queue.push({ ...choose(run, move).run, path: [] });
		}
	}
	return found;
}

function exploreWalk(walk: Walk): Map<string, readonly string[]> {
	return new Map(
		Array.from({ length: walk.size }, (_, position) => {
			const { scene, telling, gauges } = walk.describe(position);
			return [nameState(scene, telling, gauges), listMoves(walk, position)];
		})
	);
}

function listMoves(walk: Walk, position: number): string[] {
	const moves = walk.edgeMove.slice(walk.edgeStart[position], walk.edgeStart[position + 1]);
	return Array.from(moves, (move) => walk.nameMove(position, move));
}

function nameState(scene: string, telling: boolean, gauges: object): string {
	return JSON.stringify([scene, telling, gauges]);
}

describe('the walk', () => {
	test('reaches the states that the machine reaches, and finds the same offered there', () => {
		fc.assert(
			fc.property(randomScenario, (scenario) => {
				const walk = exploreWalk(walkScenario(scenario));
				const machine = exploreMachine(scenario);
				expect(new Set(walk.keys())).toEqual(new Set(machine.keys()));
				for (const [state, offered] of machine) expect(walk.get(state)).toEqual(offered);
			}),
			{ numRuns: 25 }
		);
	});

	test('knows to each state a way that the machine can go', () => {
		fc.assert(
			fc.property(randomScenario, fc.nat(), (scenario, pick) => {
				const walk = walkScenario(scenario);
				const position = pick % walk.size;
				const { fits, run } = replay(scenario, walk.wayTo(position));
				expect(fits).toBe(true);
				const state = { scene: run.scene, telling: run.telling !== undefined, gauges: run.gauges };
				expect(state).toEqual(walk.describe(position));
				expect(walk.positionOf(state)).toBe(position);
			}),
			{ numRuns: 60 }
		);
	});

	test('knows the shortest way', () => {
		const walk = walkScenario(soundScenario());
		const overwhelmed = Array.from({ length: walk.size }, (_, position) => position).find(
			(position) => walk.describe(position).scene === 'overwhelmed'
		);
		expect(walk.wayTo(overwhelmed ?? -1)).toEqual(['answer', ':as-is', 'scold']);
	});

	test('goes no further than its limit, and says so', () => {
		const walk = walkScenario(soundScenario(), { limit: 7 });
		expect(walk.size).toBe(7);
		expect(walk.complete).toBe(false);
		expect(walkScenario(soundScenario()).complete).toBe(true);
	});

	test('does not need room for states that cannot be reached', () => {
		const scenario = soundScenario();
		const wide = { start: 0, min: 0, max: 1_000_000, words: [] };
		const { alarm, trust } = scenario.gauges;
		const gauges = { alarm: alarm!, trust: trust!, wide };
		expect(walkScenario({ ...scenario, gauges }).size).toBe(walkScenario(scenario).size);
	});
});
