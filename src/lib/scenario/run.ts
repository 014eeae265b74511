import { initialTransition, transition, type SnapshotFrom } from 'xstate';
import { compileScenario, readPlace, type StoryEvent } from './compile.ts';
import { holds } from './gauges.ts';
import type { EndingKind, Flag, Gauges, Scenario } from './model.ts';
import { findChoice, findDecision, findScene, isEnding } from './scenes.ts';

/** The moves at a flagged scene; every other move is the name of a choice. */
export const tellAsIs = ':as-is';
export const tellGently = ':gently';

/** One move and what came of it. */
export interface Step {
	from: string;
	/** The name of a choice, `:as-is` or `:gently`. */
	move: string;
	before: Gauges;
	after: Gauges;
	/** Where the text of what happened stands, as `scene/choice`; undefined when the telling was chosen. */
	consequence: string | undefined;
	/** Scenes the story went through by itself after the move. */
	passed: readonly string[];
	arrived: string;
}

/** Somebody's way through a story so far. It is never changed; a move makes a new one. */
export interface Run<T = unknown> {
	readonly scenario: Scenario<T>;
	/** The scene one is in, or is about to enter while `telling` is set. */
	readonly scene: string;
	readonly gauges: Gauges;
	/** Set before a flagged scene: its theme and its gentler alternative. */
	readonly telling: Flag | undefined;
	/** The moves that can be made now, in the order of the file; empty at an ending. */
	readonly offered: readonly string[];
	readonly path: readonly Step[];
	/** Scenes the story went through by itself before the first move. */
	readonly passedAtStart: readonly string[];
	/** Set when the story is over. */
	readonly ending: EndingKind | undefined;
	/** The state of the machine; not to be kept: the moves are the record. */
	readonly state: StoryState;
}

type StoryState = SnapshotFrom<ReturnType<typeof compileScenario>>;

export type Chosen<T> =
	| { readonly taken: true; readonly run: Run<T> }
	| { readonly taken: false; readonly run: Run<T>; readonly move: string };

export type Replayed<T> =
	| { readonly fits: true; readonly run: Run<T> }
	| {
			readonly fits: false;
			/** The run up to the move that could not be made. */
			readonly run: Run<T>;
			/** Position of that move in the list. */
			readonly stoppedAt: number;
			readonly move: string;
			readonly reason: Misfit;
	  };

/**
 * Why a move cannot be made: its scene is no more (`scene-gone`); by now the moves lead elsewhere, or
 * the story is over before; the choice is no more, or the gauges stand in its way (`not-offered`); the
 * scene has a flag by now, so that the telling is to be chosen first, or has none any more.
 */
export type Misfit =
	| 'scene-gone'
	| 'elsewhere'
	| 'story-over'
	| 'choice-gone'
	| 'not-offered'
	| 'telling-asked'
	| 'telling-gone';

/**
 * A story at its beginning. The scenario must be free of errors: a name that leads nowhere, or a ring
 * of automatic transitions, raises one.
 */
export function start<T>(scenario: Scenario<T>): Run<T> {
	const [state] = initialTransition(compileScenario(scenario));
	return describe(scenario, state, [], state.context.passed);
}

/** The run after a move. A move that is not offered is refused and leaves the run as it was. */
export function choose<T>(run: Run<T>, move: string): Chosen<T> {
	if (!run.offered.includes(move)) return { taken: false, run, move };
	const [state] = transition(compileScenario(run.scenario), run.state, toStoryEvent(move));
	const step: Step = {
		from: run.scene,
		move,
		before: run.gauges,
		after: state.context.gauges,
		consequence: run.telling ? undefined : `${run.scene}/${move}`,
		passed: state.context.passed,
		arrived: readPlace(state.value).scene
	};
	return {
		taken: true,
		run: describe(run.scenario, state, [...run.path, step], run.passedAtStart)
	};
}

/**
 * Makes the moves in order from the beginning; the same moves always give the same run. Moves that were
 * made in another version may fit by mere chance, as many choices have the same name: with `scenes`,
 * the scenes in which they were made, they fit only where they are made in the same scenes again.
 */
export function replay<T>(
	scenario: Scenario<T>,
	moves: readonly string[],
	{ scenes }: { scenes?: readonly string[] } = {}
): Replayed<T> {
	let run = start(scenario);
	for (const [index, move] of moves.entries()) {
		const next = isElsewhere(run, scenes?.[index]) ? undefined : choose(run, move);
		if (!next?.taken) {
			const reason = findMisfit(run, move, scenes?.[index]);
			return { fits: false, run, stoppedAt: index, move, reason };
		}
		run = next.run;
	}
	return { fits: true, run };
}

function isElsewhere(run: Run, scene: string | undefined): boolean {
	return scene !== undefined && scene !== run.scene;
}

function findMisfit(run: Run, move: string, scene: string | undefined): Misfit {
	if (scene !== undefined && findScene(run.scenario, scene) === undefined) return 'scene-gone';
	if (run.ending !== undefined) return 'story-over';
	if (isElsewhere(run, scene)) return 'elsewhere';
	if (move === tellAsIs || move === tellGently) return 'telling-gone';
	if (findChoice(run.scenario, run.scene, move) === undefined) return 'choice-gone';
	return run.telling ? 'telling-asked' : 'not-offered';
}

/** The moves made so far: all that needs to be kept of a run. */
export function movesOf(run: Run): string[] {
	return run.path.map((step) => step.move);
}

/** The scenes in which those moves were made. */
export function scenesOf(run: Run): string[] {
	return run.path.map((step) => step.from);
}

function describe<T>(
	scenario: Scenario<T>,
	state: StoryState,
	path: readonly Step[],
	passedAtStart: readonly string[]
): Run<T> {
	// The machine does not raise its errors: it puts them into its state.
	if (state.status === 'error') throw state.error;
	const { scene, telling } = readPlace(state.value);
	const { gauges } = state.context;
	const here = findScene(scenario, scene);
	return {
		scenario,
		scene,
		gauges,
		telling: telling ? here?.flag : undefined,
		offered: telling ? [tellAsIs, tellGently] : listOffered(scenario, scene, gauges),
		path,
		passedAtStart,
		ending: !telling && here !== undefined && isEnding(here) ? here.ending : undefined,
		state
	};
}

function listOffered<T>(scenario: Scenario<T>, scene: string, gauges: Gauges): string[] {
	return Object.entries(findDecision(scenario, scene)?.choices ?? {})
		.filter(([, choice]) => holds(choice.when, gauges))
		.map(([id]) => id);
}

/** The event of the story's machine that makes a move. */
export function toStoryEvent(move: string): StoryEvent {
	if (move === tellAsIs) return { type: 'tell', how: 'as-is' };
	if (move === tellGently) return { type: 'tell', how: 'gently' };
	return { type: 'choose', choice: move };
}
