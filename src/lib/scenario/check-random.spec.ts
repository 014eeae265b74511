/**
 * The check is held against random scenarios: it finds nothing in sound ones, and finds every fault
 * in those that were broken in a known way, where it is and with a way that shows it.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Problem } from '#lib/content/problem.ts';
import { listDocumentedCodes } from '#tests/support/format-page.ts';
import { openCopy } from '#tests/support/open-scenario.ts';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { breaks, type Break } from '#tests/support/scenario-breaks.ts';
import { vocabulary } from '#tests/support/sound-scenario.ts';
import { writeScenario } from './canonical.ts';
import { checkModel, checkScenario, checkSource } from './check.ts';
import type { Scenario } from './model.ts';
import { choose, replay, start, type Run } from './run.ts';
import { findScene, isEnding } from './scenes.ts';
import { writeFields } from './written.ts';

const runs = 200;
/** Where all scenes and gauge values are walked through, up to the limit. */
const fewRuns = 10;
const file = 'random.yaml';

/** Checks a scenario after it was broken; the path is where that is to be told. */
function checkBroken(damage: Break, scenario: Scenario, pick: number) {
	if ('text' in damage) {
		const text = writeScenario(scenario);
		const broken = damage.text(text);
		expect(broken).not.toBe(text);
		return { problems: checkScenario(broken, file, vocabulary).problems, path: undefined };
	}
	if ('file' in damage) {
		const value = structuredClone(writeFields(scenario));
		const path = damage.file(value, pick);
		const source = { file, value, lineOf: () => 1, lineOfText: () => 1 };
		return { problems: checkSource(source, vocabulary).problems, path };
	}
	const broken = openCopy(scenario);
	const path = damage.model(broken, pick);
	const { problems } = checkModel(broken as Scenario, vocabulary, file);
	return { problems, path, broken: broken as Scenario };
}

test('nothing is reported on sound scenarios', () => {
	fc.assert(
		fc.property(randomScenario, (scenario) => {
			expect(checkModel(scenario, vocabulary).problems).toEqual([]);
		}),
		{ numRuns: 5 * runs }
	);
});

test('a sound scenario is checked alike as a text', () => {
	fc.assert(
		fc.property(randomScenario, (scenario) => {
			const { problems, scenario: read } = checkScenario(writeScenario(scenario), file, vocabulary);
			expect(problems).toEqual([]);
			expect(read?.scenes).toEqual(scenario.scenes);
		}),
		{ numRuns: 40 }
	);
});

describe(`in ${runs} random scenarios each it is found every time, in its place:`, () => {
	test.each(Object.entries(breaks))('%s', (_, damage) => {
		fc.assert(
			fc.property(randomScenario, fc.nat(99), (scenario, pick) => {
				const { problems, path } = checkBroken(damage, scenario, pick);
				const found = problems.filter(({ code }) => code === damage.code);
				if (found.length === 0) {
					expect(problems.map(({ code }) => code)).toContain(damage.code);
				}
				if (path) expect(found.map((problem) => problem.path)).toContain(path.join('.'));
			}),
			{ numRuns: damage.code === 'too-large' ? fewRuns : runs }
		);
	});

	test('nothing is left out that the check can find', () => {
		const made = new Set(Object.values(breaks).map(({ code }) => code));
		// Stands for rules to come: every rule there is has a code of its own.
		made.add('wrong-value');
		// Found where the pages of a whole tree are known, and broken there.
		made.add('unknown-page');
		expect([...made].toSorted()).toEqual(listDocumentedCodes().toSorted());
	});
});

test('several faults are told at once', () => {
	const alone = Object.entries(breaks).filter(([, { alone }]) => alone);
	fc.assert(
		fc.property(
			randomScenario,
			fc.subarray(alone, { minLength: 3 }),
			fc.nat(99),
			(scenario, several, pick) => {
				const broken = openCopy(scenario);
				for (const [, damage] of several) if ('model' in damage) damage.model(broken, pick);
				const { problems } = checkModel(broken as Scenario, vocabulary, file);
				const codes = new Set(problems.map(({ code }) => code));
				expect(codes).toEqual(new Set(several.map(([, { code }]) => code)));
			}
		),
		{ numRuns: runs }
	);
});

describe('the way that is told shows the fault:', () => {
	/** Whether a run along the way, which is undefined where it never comes to rest, shows the fault. */
	const shows: Record<string, (run: Run | undefined, problem: Problem) => boolean> = {
		'nothing-to-choose': (run) => run !== undefined && run.offered.length === 0 && !hasEnded(run),
		'no-way-to-ending': (run) => run !== undefined && !canEnd(run),
		'harmful-choice-ends': (run, { path }) =>
			run !== undefined && run.path.at(-1)?.move === path.split('.').at(-2) && hasEnded(run),
		'auto-loop': (run) => run === undefined
	};
	const dynamic = Object.entries(breaks).filter(([, { code }]) => Object.hasOwn(shows, code));

	test.each(dynamic)('%s', (_, damage) => {
		fc.assert(
			fc.property(randomScenario, fc.nat(99), (scenario, pick) => {
				const { problems, broken = scenario } = checkBroken(damage, scenario, pick);
				for (const problem of problems.filter(({ code }) => Object.hasOwn(shows, code))) {
					const run = walkAlong(broken, problem.way ?? []);
					expect(`${problem.code}: ${shows[problem.code]?.(run, problem)}`).toBe(
						`${problem.code}: true`
					);
				}
			}),
			{ numRuns: runs }
		);
	});
});

/** The run along a way; undefined where its last move leads round in a ring for ever. */
function walkAlong(scenario: Scenario, way: readonly string[]): Run | undefined {
	const before = way.slice(0, -1);
	if (way.length > 0) expect(replay(scenario, before)).toMatchObject({ fits: true });
	try {
		const { fits, run } = replay(scenario, way);
		expect(fits).toBe(true);
		return run;
	} catch (error) {
		if (error instanceof Error && error.message.includes('Infinite loop')) return undefined;
		throw error;
	}
}

function hasEnded(run: Run): boolean {
	const scene = findScene(run.scenario, run.scene);
	return run.telling === undefined && scene !== undefined && isEnding(scene);
}

/** Whether some ending can be reached, found by trying everything. */
function canEnd(from: Run): boolean {
	const seen = new Set<string>();
	const queue = [from];
	for (const run of queue) {
		if (run.ending !== undefined) return true;
		const state = JSON.stringify([run.scene, run.telling, run.gauges]);
		if (seen.has(state)) continue;
		seen.add(state);
		for (const move of run.offered) queue.push({ ...choose(run, move).run, path: [] });
	}
	return false;
}

test('a scenario without errors can be begun and ended', () => {
	fc.assert(
		fc.property(randomScenario, (scenario) => canEnd(start(scenario))),
		{ numRuns: 40 }
	);
});
