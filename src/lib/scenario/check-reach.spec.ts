/** The walk through all states is held against the machine itself, played in every way there is. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Problem } from '#lib/content/problem.ts';
import { openCopy, pickFrom, type Open } from '#tests/support/open-scenario.ts';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { checkReach } from './check-reach.ts';
import { Findings } from './findings.ts';
import { applyEffect, firstHolding, startingValues } from './gauges.ts';
import type { Gauges, Guard, Scenario } from './model.ts';
import { choose, start, type Run } from './run.ts';
import { findChoice, findDecision, findScene, isEnding } from './scenes.ts';

const whats = ['guard', 'bolt', 'target', 'effect', 'auto', 'ring', 'start'] as const;

interface Tangle {
	what: (typeof whats)[number];
	scene: number;
	choice: number;
	target: number;
	min: number;
	width: number;
}

const randomTangles: fc.Arbitrary<Tangle[]> = fc.array(
	fc.record({
		what: fc.constantFrom(...whats),
		scene: fc.nat(20),
		choice: fc.nat(5),
		target: fc.nat(20),
		min: fc.integer({ min: -3, max: 6 }),
		width: fc.nat(4)
	}),
	{ minLength: 1, maxLength: 6 }
);

/** Changes where choices lead and when, so that what comes of it is anybody's guess. */
function tangle(scenario: Open<Scenario>, { what, scene, choice, target, min, width }: Tangle) {
	const ids = Object.keys(scenario.scenes);
	const to = pickFrom(ids, target);
	const guard: Guard = { alarm: { min, max: min + width } };
	const decisions = Object.values(scenario.scenes).flatMap((each) =>
		'choices' in each ? [each] : []
	);
	const here = pickFrom(decisions, scene);
	const chosen = pickFrom(Object.values(here.choices), choice);
	if (what === 'guard') chosen.when = guard;
	else if (what === 'bolt') for (const each of Object.values(here.choices)) each.when = guard;
	else if (what === 'target') chosen.to = to;
	else if (what === 'effect') chosen.effect = { alarm: min };
	else if (what === 'auto') here.auto = [{ when: guard, to }, ...(here.auto ?? [])];
	else if (what === 'ring') here.auto = [{ when: guard, to: chosen.to }];
	else scenario.start = to;
}

/** A state of the machine, and what each move from it leads to; undefined stands for a ring without end. */
interface Node {
	run: Run;
	next: Map<string, string | undefined>;
}

function nameState({ scene, telling, gauges }: Run): string {
	return JSON.stringify([scene, telling !== undefined, gauges]);
}

/** Undefined where the automatic transitions never come to rest. */
function settle(play: () => Run): Run | undefined {
	try {
		return play();
	} catch (error) {
		if (error instanceof Error && error.message.includes('Infinite loop')) return undefined;
		throw error;
	}
}

/** The scenes that automatic transitions lead round in, with the one they begin in. */
function followRing(scenario: Scenario, scene: string, gauges: Gauges): Set<string> {
	const entered = new Set<string>();
	for (let here = scene; !entered.has(here);) {
		entered.add(here);
		here = firstHolding(findDecision(scenario, here)?.auto, gauges)?.to ?? here;
	}
	return entered;
}

/** Where a move leads before automatic transitions are tried. */
function aim({ scenario, scene, gauges }: Run, move: string): [scene: string, gauges: Gauges] {
	const choice = findChoice(scenario, scene, move);
	if (choice) return [choice.to, applyEffect(scenario.gauges, gauges, choice.effect)];
	return [findScene(scenario, scene)?.flag?.alternative ?? '', gauges];
}

function explore(scenario: Scenario) {
	const nodes = new Map<string, Node>();
	const entered = new Set<string>();
	const ringing = new Set<string>();
	const enter = (scenes: Iterable<string>, to: Set<string>) => {
		for (const scene of scenes) to.add(scene);
	};
	const first = settle(() => start(scenario));
	if (!first) enter(followRing(scenario, scenario.start, startingValues(scenario.gauges)), ringing);
	enter(first?.passedAtStart ?? [], entered);
	const queue = first ? [first] : [];
	for (const run of queue) {
		const name = nameState(run);
		if (nodes.has(name)) continue;
		entered.add(run.scene);
		const next = new Map<string, string | undefined>();
		nodes.set(name, { run, next });
		for (const move of run.offered) {
			const after = settle(() => choose({ ...run, path: [] }, move).run);
			next.set(move, after && nameState(after));
			if (after) {
				enter(after.path.at(-1)?.passed ?? [], entered);
				queue.push(after);
			} else enter(followRing(scenario, ...aim(run, move)), ringing);
		}
	}
	return { nodes, entered, ringing, neverSettles: first === undefined };
}

/** What is wrong, found by trying everything: the code, and the place where it is a single one. */
function findFaults(scenario: Scenario): Set<string> {
	const { nodes, entered, ringing, neverSettles } = explore(scenario);
	const faults = new Set<string>();
	const all = [...nodes.values()];
	if (ringing.size > 0) faults.add('auto-loop');
	for (const { run, next } of all) {
		const scene = scenario.scenes[run.scene]!;
		if (run.offered.length === 0 && run.ending === undefined) {
			faults.add(`nothing-to-choose scenes.${run.scene}.choices`);
		}
		if (isEnding(scene) || run.telling) continue;
		for (const [move, to] of next) {
			const after = to === undefined ? undefined : nodes.get(to)?.run.scene;
			if (after === undefined || !isEnding(scenario.scenes[after]!)) continue;
			if (scene.choices[move]?.kind !== 'harmful') continue;
			faults.add(`harmful-choice-ends scenes.${run.scene}.choices.${move}.to`);
		}
	}
	if (neverSettles) return faults;
	for (const [id, scene] of Object.entries(scenario.scenes)) {
		if (!entered.has(id) && !ringing.has(id)) faults.add(`never-reached scenes.${id}`);
		else if (!isEnding(scene)) {
			const shown = all.filter(({ run }) => run.scene === id && !run.telling);
			if (shown.length === 0 && ringing.has(id)) continue;
			const offered = new Set(shown.flatMap(({ run }) => run.offered));
			for (const choice of Object.keys(scene.choices)) {
				if (!offered.has(choice)) faults.add(`never-offered scenes.${id}.choices.${choice}`);
			}
		}
	}
	if (findTrapped(nodes).size > 0) faults.add('no-way-to-ending');
	return faults;
}

/** The states from which neither an ending can be reached nor another fault. */
function findTrapped(nodes: ReadonlyMap<string, Node>): Set<string> {
	const open = new Set<string>();
	for (let before = -1; before < open.size;) {
		before = open.size;
		for (const [name, { next }] of nodes) {
			const ways = [...next.values()];
			const leadsOut = ways.length === 0 || ways.some((to) => to === undefined || open.has(to));
			if (leadsOut) open.add(name);
		}
	}
	return new Set([...nodes.keys()].filter((name) => !open.has(name)));
}

function nameProblem({ code, path }: Problem): string {
	return code === 'auto-loop' || code === 'no-way-to-ending' ? code : `${code} ${path}`;
}

test('in scenarios tangled at random exactly those faults are told that trying everything finds', () => {
	const met = new Set<string>();
	fc.assert(
		fc.property(randomScenario, randomTangles, (scenario, tangles) => {
			const tangled = openCopy(scenario);
			for (const each of tangles) tangle(tangled, each);
			const findings = new Findings({ file: 'x', lineOf: () => 1, lineOfText: () => 1 });
			checkReach(tangled as Scenario, findings);
			const told = new Set(findings.problems.map(nameProblem));
			const faults = findFaults(tangled as Scenario);
			expect([...told].toSorted()).toEqual([...faults].toSorted());
			for (const fault of faults) met.add(fault.split(' ')[0] ?? '');
		}),
		{ numRuns: 400 }
	);
	// Each kind of fault has come up, mostly dozens of times, or the comparison would say little.
	expect(met.size).toBe(6);
});
