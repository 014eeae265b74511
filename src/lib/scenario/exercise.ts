import {
	assign,
	initialTransition,
	setup,
	transition,
	type MachineConfig,
	type SnapshotFrom
} from 'xstate';
import { compileScenario, type StoryContext, type StoryEvent } from './compile.ts';
import { debrief } from './debrief.ts';
import { applyEffect } from './gauges.ts';
import type { Effect, EndingKind, Scenario } from './model.ts';
import { replay, toStoryEvent } from './run.ts';

interface ExerciseContext extends StoryContext {
	/** What was chosen, in order: the record of the story. */
	moves: readonly string[];
}

export type ExerciseEvent =
	| StoryEvent
	/** From the content note into the story, or from the short text to where one was in it. */
	| { type: 'begin' }
	/** The short text instead: an equal way. */
	| { type: 'read' }
	/** Neither: an equal way too. */
	| { type: 'skip' }
	/** Done with the short text or with looking back. */
	| { type: 'finish' }
	| { type: 'pause' }
	| { type: 'resume' }
	/** Away, from anywhere, at once. */
	| { type: 'leave' };

/** What an exercise has come to when it is over. */
export interface ExerciseOutput {
	/** What was chosen; empty for who read or skipped. */
	path: readonly string[];
	/** Undefined where the story was not played to an ending. */
	ending: EndingKind | undefined;
	/** Ids of the outcomes trained by the choices that were made. */
	outcomes: readonly string[];
}

/** Where somebody stands in an exercise. */
export type ExercisePlace = 'note' | 'playing' | 'text' | 'debrief' | 'paused' | 'done' | 'left';

type ExerciseMachine = ReturnType<typeof buildExercise>;
export type ExerciseState = SnapshotFrom<ExerciseMachine>;

const cache = new WeakMap<object, ExerciseMachine>();

/**
 * The exercise as a whole, with the compiled scenario inside: content note, then the story or the short
 * text, then looking back; a pause from anywhere that returns to where one was (deep history), and a way
 * to leave from anywhere. Compiled once for each scenario object, which must not be changed afterwards.
 */
export function compileExercise<T>(scenario: Scenario<T>): ExerciseMachine {
	const known = cache.get(scenario);
	if (known !== undefined) return known;
	// The machine reads structure alone, so the type of the texts does not matter to it.
	const machine = buildExercise(scenario as Scenario<unknown>);
	cache.set(scenario, machine);
	return machine;
}

/** An exercise at its beginning, or, once its story was begun, where these moves of it have led. */
export function openExercise<T>(scenario: Scenario<T>, moves?: readonly string[]): ExerciseState {
	const [first] = initialTransition(compileExercise(scenario));
	if (moves === undefined) return first;
	const events: ExerciseEvent[] = [{ type: 'begin' }, ...moves.map(toStoryEvent)];
	return events.reduce((state, event) => advance(scenario, state, event), first);
}

/** The exercise after an event; one that does not fit leaves it as it was. */
export function advance<T>(
	scenario: Scenario<T>,
	state: ExerciseState,
	event: ExerciseEvent
): ExerciseState {
	const [next] = transition(compileExercise(scenario), state, event);
	// The machine does not raise its errors: it puts them into its state.
	if (next.status === 'error') throw next.error;
	return next;
}

/** Where one stands; within a story, which scene does not matter here. */
export function placeOf(state: ExerciseState): ExercisePlace {
	const value: unknown = state.value;
	if (typeof value === 'string') return value as ExercisePlace; // paused, done, left
	const present = (value as { present: string | object }).present; // the only state with states below
	return typeof present === 'string' ? (present as ExercisePlace) : 'playing';
}

/** What the exercise has come to; undefined while it is not over. */
export function outputOf(state: ExerciseState): ExerciseOutput | undefined {
	return state.output as ExerciseOutput | undefined; // set by `tellOutput` alone
}

function buildExercise(scenario: Scenario<unknown>) {
	const story = compileScenario(scenario);
	// By their names the entries of the story mean here what they mean there; only what is taken is also
	// written down. They read nothing but the story's part of context and events.
	const { guards, actions } = story.implementations as unknown as {
		guards: Record<string, (scope: unknown, params: never) => boolean>;
		actions: Record<string, (scope: unknown, params: never) => void>;
	};
	const engine = setup({
		types: {
			context: {} as ExerciseContext,
			events: {} as ExerciseEvent,
			output: {} as ExerciseOutput,
			tags: {} as string
		},
		guards,
		actions: {
			...actions,
			take: assign(({ context, event }, params: { effect: Effect | undefined }) => ({
				gauges: applyEffect(scenario.gauges, context.gauges, params.effect),
				passed: [],
				moves: event.type === 'choose' ? [...context.moves, event.choice] : context.moves
			})),
			tell: assign(({ context, event }) => ({
				passed: [],
				moves: event.type === 'tell' ? [...context.moves, `:${event.how}`] : context.moves
			}))
		}
	});
	// The states of the story are those of its own machine, and mean the same here by their names.
	const { initial, states, options, context } = story.config as unknown as Pick<
		MachineConfig<StoryContext, StoryEvent>,
		'initial' | 'options'
	> & { context: StoryContext; states: Record<string, object> };

	return engine.createMachine({
		id: 'exercise',
		context: { ...context, moves: [] },
		...(options && { options }),
		initial: 'present',
		on: { leave: { target: '.left' } },
		output: ({ context: { moves } }): ExerciseOutput => tellOutput(scenario, moves),
		states: {
			present: {
				initial: 'note',
				on: { pause: 'paused' },
				states: {
					note: { on: { begin: 'playing', read: 'text', skip: '#exercise.done' } },
					playing: {
						initial: initial as string,
						states: { ...states, ':where': { type: 'history', history: 'deep' } },
						on: { read: 'text' },
						onDone: 'debrief'
					},
					text: { on: { begin: 'playing.:where', finish: '#exercise.done' } },
					debrief: { on: { read: 'text', finish: '#exercise.done' } },
					where: { type: 'history', history: 'deep' }
				}
			},
			paused: { on: { resume: 'present.where' } },
			done: { type: 'final' },
			left: { type: 'final' }
		}
	});
}

function tellOutput(scenario: Scenario<unknown>, moves: readonly string[]): ExerciseOutput {
	const { run } = replay(scenario, moves);
	return { path: moves, ending: run.ending, outcomes: debrief(run).outcomes.exercised };
}
