import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import type { Choice, DecisionScene, Scenario, Scene } from './model.ts';
import { choose, replay, start, type Run } from './run.ts';
import { decisionsToGo, wayOut } from './ways.ts';

describe('how many decisions are left', () => {
	test.each([
		['at the beginning, where a telling is no decision', [], { atLeast: 2, atMost: 3 }],
		['while the telling is chosen', ['answer'], { atLeast: 1, atMost: 2 }],
		['after it', ['answer', ':gently'], { atLeast: 1, atMost: 2 }],
		['with one scene to go', ['answer', ':as-is', 'scold'], { atLeast: 1, atMost: 1 }],
		['at the end', ['answer', ':as-is', 'stay'], { atLeast: 0, atMost: 0 }]
	])('%s', (_, moves, expected) => {
		expect(decisionsToGo(replay(soundScenario(), moves).run)).toEqual(expected);
	});

	test('is never told beyond nine', () => {
		expect(decisionsToGo(start(makeRow(12)))).toEqual({ atLeast: 9, atMost: 9 });
	});

	test('is told at once, however the scenes are tangled', () => {
		const tangled = makeRow(8, { tangled: true });
		const begin = performance.now();
		expect(decisionsToGo(start(tangled))).toEqual({ atLeast: 1, atMost: 8 });
		expect(performance.now() - begin).toBeLessThan(500);
	});
});

describe('the way out', () => {
	test('is the one with the fewest decisions', () => {
		expect(wayOut(start(soundScenario()))).toEqual(['answer', ':as-is', 'stay']);
	});

	test('is empty at an ending', () => {
		expect(wayOut(replay(soundScenario(), ['answer', ':as-is', 'stay']).run)).toEqual([]);
	});

	test('taken from any state of a random walk ends the story, in as many decisions as foretold', () => {
		fc.assert(
			fc.property(randomScenario, fc.array(fc.nat(9), { maxLength: 10 }), (scenario, picks) => {
				let run: Run = start(scenario);
				checkWayOut(run);
				for (const pick of picks) {
					const move = run.offered[pick % run.offered.length];
					if (move === undefined) break;
					run = choose(run, move).run;
					checkWayOut(run);
				}
			}),
			{ numRuns: 60 }
		);
	});
});

test('no way out has fewer decisions than the one that is told', () => {
	fc.assert(
		fc.property(randomScenario, fc.array(fc.nat(9), { maxLength: 6 }), (scenario, picks) => {
			let run: Run = start(scenario);
			for (const pick of picks) run = choose(run, run.offered[pick % run.offered.length] ?? '').run;
			const told = wayOut(run)?.filter((move) => !move.startsWith(':'));
			expect(told).toHaveLength(countFewest(run));
		}),
		{ numRuns: 60 }
	);
});

/** The fewest decisions to an ending, found by trying everything in rounds of one decision each. */
function countFewest(from: Run): number {
	const seen = new Set<string>();
	let round = [from];
	for (let decisions = 0; round.length > 0; decisions += 1) {
		const next: Run[] = [];
		for (const run of round) {
			if (run.ending !== undefined) return decisions;
			const state = JSON.stringify([run.scene, run.telling, run.gauges]);
			if (seen.has(state)) continue;
			seen.add(state);
			const after = run.offered.map((move) => ({ ...choose(run, move).run, path: [] }));
			// Choosing how a scene is told is no decision: what follows belongs to this round.
			(run.telling ? round : next).push(...after);
		}
		round = next;
	}
	return Infinity;
}

function checkWayOut(from: Run): void {
	const way = wayOut(from);
	expect(way).toBeDefined();
	let run = from;
	for (const move of way ?? []) {
		const next = choose(run, move);
		expect(next.taken).toBe(true);
		run = next.run;
	}
	expect(run.ending).toBeDefined();
	const decisions = run.path.slice(from.path.length).filter(({ consequence }) => consequence);
	const { atLeast, atMost } = decisionsToGo(from);
	expect(atLeast).toBe(Math.min(9, decisions.length));
	expect(atMost).toBeGreaterThanOrEqual(atLeast);
}

/** Scenes one after another; tangled, each leads to each and to the ending. */
function makeRow(count: number, { tangled = false } = {}): Scenario {
	const plain = { da: 'x', en: 'x' };
	const lead = (to: string): Choice => ({
		text: plain,
		kind: 'good',
		consequence: plain,
		why: plain,
		to
	});
	const ids = Array.from({ length: count }, (_, index) => `scene-${index}`);
	const scene = (index: number): DecisionScene => ({
		text: plain,
		choices: tangled
			? Object.fromEntries([...ids, 'end'].map((to) => [`to-${to}`, lead(to)]))
			: { on: lead(ids[index + 1] ?? 'end') }
	});
	const scenes: Record<string, Scene> = Object.fromEntries(
		ids.map((id, index) => [id, scene(index)])
	);
	scenes['end'] = { ending: 'calm', text: plain, takeaway: plain };
	return { ...soundScenario(), start: 'scene-0', scenes };
}
