import { gaugeWord, holds, startingValues } from './gauges.ts';
import type { Choice, ChoiceKind, EndingKind, Gauges, Scenario, Speech } from './model.ts';
import { movesOf, type Run, type Step } from './run.ts';
import { findDecision, findScene, isEnding } from './scenes.ts';

/** What a page tells after a story: the way, what happened on it, and what else could have been tried. */
export interface Debrief<T> {
	curve: AlarmCurve<T>;
	decisions: Decision<T>[];
	outcomes: {
		/** Trained by the choices that were made. */
		exercised: string[];
		/** Trained by some choice of the scenes that were met. */
		met: string[];
	};
	/** Undefined while the story is not over. */
	ending: { scene: string; kind: EndingKind; text: T; takeaway: T } | undefined;
}

export interface AlarmCurve<T> {
	min: number;
	max: number;
	/** The beginning (decision 0), then one point after each decision. */
	points: { decision: number; alarm: number; word: T }[];
}

export interface Decision<T> {
	/** Counted from 1. */
	number: number;
	scene: string;
	text: T;
	says: Speech<T> | undefined;
	chosen: TakenWay<T>;
	/** In the order of the file. */
	others: OtherWay<T>[];
	before: Gauges;
	after: Gauges;
	/** The moves that lead here: replay these to try from here again. */
	movesBefore: string[];
}

export interface TakenWay<T> {
	choice: string;
	text: T;
	kind: ChoiceKind;
	consequence: T;
	why: T;
}

export interface OtherWay<T> extends TakenWay<T> {
	/** False where the gauges stood in the way. */
	offered: boolean;
}

/** Tells a run from its beginning to where it stands; choosing how a scene is told is no decision. */
export function debrief<T>(run: Run<T>): Debrief<T> {
	const decisions = listDecisions(run);
	const scene = findScene(run.scenario, run.scene);
	const ending =
		run.ending !== undefined && scene !== undefined && isEnding(scene)
			? { scene: run.scene, kind: run.ending, text: scene.text, takeaway: scene.takeaway }
			: undefined;
	return {
		curve: drawCurve(run.scenario, decisions),
		decisions,
		outcomes: gatherOutcomes(run.scenario, decisions),
		ending
	};
}

function listDecisions<T>(run: Run<T>): Decision<T>[] {
	const moves = movesOf(run);
	const decisions: Decision<T>[] = [];
	for (const [index, step] of run.path.entries()) {
		const scene = findDecision(run.scenario, step.from);
		if (scene === undefined || step.consequence === undefined) continue;
		const chosen = scene.choices[step.move];
		if (chosen === undefined) continue;
		decisions.push({
			number: decisions.length + 1,
			scene: step.from,
			text: scene.text,
			says: scene.says,
			chosen: tellWay(step.move, chosen),
			others: listOthers(scene.choices, step),
			before: step.before,
			after: step.after,
			movesBefore: moves.slice(0, index)
		});
	}
	return decisions;
}

function listOthers<T>(choices: Readonly<Record<string, Choice<T>>>, step: Step): OtherWay<T>[] {
	return Object.entries(choices)
		.filter(([id]) => id !== step.move)
		.map(([id, choice]) => ({
			...tellWay(id, choice),
			offered: holds(choice.when, step.before)
		}));
}

function tellWay<T>(id: string, { text, kind, consequence, why }: Choice<T>): TakenWay<T> {
	return { choice: id, text, kind, consequence, why };
}

function drawCurve<T>(scenario: Scenario<T>, decisions: readonly Decision<T>[]): AlarmCurve<T> {
	const gauge = scenario.gauges['alarm'];
	if (gauge === undefined) return { min: 0, max: 0, points: [] };
	const values = [startingValues(scenario.gauges), ...decisions.map(({ after }) => after)];
	return {
		min: gauge.min,
		max: gauge.max,
		points: values.map((gauges, decision) => {
			const alarm = gauges['alarm'] ?? gauge.start;
			return { decision, alarm, word: gaugeWord(gauge, alarm) };
		})
	};
}

function gatherOutcomes<T>(scenario: Scenario<T>, decisions: readonly Decision<T>[]) {
	const exercised = new Set<string>();
	const met = new Set<string>();
	for (const { scene, chosen } of decisions) {
		for (const [id, choice] of Object.entries(findDecision(scenario, scene)?.choices ?? {})) {
			for (const outcome of choice.outcomes ?? []) {
				met.add(outcome);
				if (id === chosen.choice) exercised.add(outcome);
			}
		}
	}
	return { exercised: [...exercised].toSorted(), met: [...met].toSorted() };
}
