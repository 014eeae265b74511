import { gaugeWord } from '../gauges.ts';
import type { Choice, Gauges, Scenario, Scene } from '../model.ts';
import { tellGently, type Run, type Step } from '../run.ts';
import { findChoice, findScene } from '../scenes.ts';

/** One place of the conversation: a scene, or the question before a flagged one, and what came of it. */
export interface Exchange {
	/** Tells it from every other on the same way, and on ways that part from it one move ahead. */
	key: string;
	/** Of its move in the run, counted from 0. */
	position: number;
	scene: Scene<string>;
	/** Counted from 1; undefined where there is nothing to decide. */
	decision: number | undefined;
	/** What was chosen here; undefined where the story stands now. */
	chosen: Choice<string> | undefined;
	/** How a flagged scene is told, once that was chosen here. */
	told: 'as-is' | 'gently' | undefined;
	/** The run that stands here; undefined once it has gone on. */
	now: Run<string> | undefined;
	gauges: Gauges;
}

// The same place is the same object each time, so that what is drawn of it is not drawn anew.
const passed = new WeakMap<Step, Exchange>();
const reached = new WeakMap<Run<string>, Exchange>();

/** The conversation so far in reading order, the last one being where the story stands. */
export function listExchanges(run: Run<string>): Exchange[] {
	const exchanges: Exchange[] = [];
	let decision = 1;
	for (const [position, step] of run.path.entries()) {
		const exchange = passed.get(step) ?? readPassed(run, position, step, decision);
		if (exchange === undefined) continue;
		passed.set(step, exchange);
		exchanges.push(exchange);
		if (exchange.decision !== undefined) decision += 1;
	}
	const now = reached.get(run) ?? readReached(run, decision);
	if (now === undefined) return exchanges;
	reached.set(run, now);
	return [...exchanges, now];
}

function readPassed(
	run: Run<string>,
	position: number,
	step: Step,
	decision: number
): Exchange | undefined {
	const scene = findScene(run.scenario, step.from);
	if (scene === undefined) return undefined;
	const isDecision = step.consequence !== undefined;
	return {
		key: writeKey(run, position),
		position,
		scene,
		decision: isDecision ? decision : undefined,
		chosen: isDecision ? findChoice(run.scenario, step.from, step.move) : undefined,
		told: isDecision ? undefined : readTelling(step),
		now: undefined,
		gauges: step.before
	};
}

function readReached(run: Run<string>, decision: number): Exchange | undefined {
	const scene = findScene(run.scenario, run.scene);
	if (scene === undefined) return undefined;
	return {
		key: writeKey(run, run.path.length),
		position: run.path.length,
		scene,
		decision: run.telling || run.ending ? undefined : decision,
		chosen: undefined,
		told: undefined,
		now: run,
		gauges: run.gauges
	};
}

function writeKey({ path }: Run, position: number): string {
	return `${position} ${path[position - 1]?.move ?? ''}`;
}

function readTelling({ move }: Step): 'as-is' | 'gently' {
	return move === tellGently ? 'gently' : 'as-is';
}

/** Whom the gauges tell about: the first person of the story. Undefined where it names nobody. */
export function findMainPerson(scenario: Scenario<string>): string | undefined {
	return Object.values(scenario.people)[0]?.name;
}

/** How somebody seems, one word a gauge, in the order of the file: "tense and wary". */
export function describeGauges(scenario: Scenario<string>, gauges: Gauges, locale: string): string {
	const words = Object.entries(scenario.gauges).flatMap(([name, gauge]) => {
		const value = gauges[name];
		return value === undefined ? [] : [gaugeWord(gauge, value)];
	});
	return new Intl.ListFormat(locale, { type: 'conjunction' }).format(words);
}

/** The alarm as a drawing needs it: counted from 0, with the words at both ends of its scale. */
export interface Alarm {
	level: number;
	max: number;
	word: string;
	low: string;
	high: string;
}

/** Undefined only for a scenario that has not been checked: each has an alarm. */
export function readAlarm(scenario: Scenario<string>, gauges: Gauges): Alarm | undefined {
	const gauge = scenario.gauges['alarm'];
	const value = gauges['alarm'];
	if (gauge === undefined || value === undefined) return undefined;
	return {
		level: value - gauge.min,
		max: gauge.max - gauge.min,
		word: gaugeWord(gauge, value),
		low: gaugeWord(gauge, gauge.min),
		high: gaugeWord(gauge, gauge.max)
	};
}

/**
 * Which way the alarm went when it last changed before a move; undefined while it has not. With
 * `position` as the number of moves made it is the present one.
 */
export function readWay(run: Run<string>, position: number): 'up' | 'down' | undefined {
	for (const { before, after } of run.path.slice(0, position).toReversed()) {
		const change = (after['alarm'] ?? 0) - (before['alarm'] ?? 0);
		if (change !== 0) return change > 0 ? 'up' : 'down';
	}
	return undefined;
}
