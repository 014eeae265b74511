import { writeScenario } from '#lib/scenario/canonical.ts';
import { checkModel, checkScenario } from '#lib/scenario/check.ts';
import { compileScenario } from '#lib/scenario/compile.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import { movesOf, replay, start } from '#lib/scenario/run.ts';
import { walkScenario } from '#lib/scenario/walk.ts';
import { wayOut } from '#lib/scenario/ways.ts';
import { vocabulary } from '#tests/support/sound-scenario.ts';
import type { Figure } from './figure.ts';
import { makeLargeScenario } from './large-scenario.ts';

const scenes = [5, 10, 20, 50, 100];
const gauges = [1, 2, 3];
/** The size that a check on each keystroke must bear. */
const held = { scenes: 50, gauges: 3 };
/** Measured so many times; the fastest counts, as whatever else runs can only slow it down. */
const rounds = 25;

/** Time to check against number of scenes and of gauges, each from 0 to 10: a row for each number of scenes, with the values that the gauges have together. */
export function measureChecks(): Figure[] {
	const rows = scenes.map((count): Figure => {
		const cells = gauges.map((dials) => {
			const scenario = makeSound(count, dials);
			const { size } = walkScenario(scenario);
			return `${11 ** dials} values ${write(timeCheck(scenario))} (${size} states)`;
		});
		return { what: `check, ${count} scenes`, found: cells.join(', ') };
	});
	const scenario = makeSound(held.scenes, held.gauges);
	const text = writeScenario(scenario);
	const fromText = time(() => checkScenario(text, 'large.yaml', vocabulary));
	return [
		...rows,
		{
			what: `check, ${held.scenes} scenes and ${held.gauges} gauges`,
			found: `from ${(text.length / 1000).toFixed(0)} kB of YAML ${write(fromText)}`,
			value: timeCheck(scenario),
			unit: 'ms',
			budget: 'check'
		}
	];
}

/** How many scenarios a second are compiled, and how many ways to an ending are replayed. */
export function measureRuns(): Figure[] {
	return [5, 50].flatMap((count): Figure[] => {
		const scenario = makeSound(count, held.gauges);
		const moves = wayOut(start(scenario)) ?? [];
		if (moves.length === 0) throw new Error('There is no way to an ending.');
		const copies = Array.from({ length: 2 * rounds }, () => structuredClone(scenario));
		// Each object is compiled once only, so each round has another.
		const compiled = time(() => compileScenario(copies.pop() ?? structuredClone(scenario)));
		const replayed = time(() => movesOf(replay(scenario, moves).run));
		const rate = (ms: number) => `${(1000 / ms).toFixed(0)} a second`;
		return [
			{ what: `compile, ${count} scenes`, found: `${write(compiled)} each, ${rate(compiled)}` },
			{
				what: `replay, ${moves.length} moves`,
				found: `${write(replayed)} each, ${rate(replayed)}, ${rate(replayed / moves.length)} moves`
			}
		];
	});
}

function makeSound(scenes: number, gauges: number): Scenario {
	const scenario = makeLargeScenario(scenes, gauges);
	const [problem] = checkModel(scenario, vocabulary).problems;
	if (problem) throw new Error(`The scenario is not sound: ${problem.message.en}`);
	return scenario;
}

function timeCheck(scenario: Scenario): number {
	return time(() => checkModel(scenario, vocabulary));
}

/** Milliseconds that something takes once it has been done a few times. */
function time(work: () => unknown): number {
	for (let round = 0; round < rounds; round += 1) work();
	const times = Array.from({ length: rounds }, () => {
		const began = performance.now();
		work();
		return performance.now() - began;
	});
	return Math.min(...times);
}

function write(milliseconds: number): string {
	return `${milliseconds.toFixed(milliseconds < 1 ? 2 : milliseconds < 10 ? 1 : 0)} ms`;
}
