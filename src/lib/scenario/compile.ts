import { assign, setup } from 'xstate';
import { applyEffect, holds, startingValues } from './gauges.ts';
import type {
	Choice,
	ChoiceKind,
	DecisionScene,
	Effect,
	Flag,
	Gauges,
	Guard,
	Scenario,
	Scene
} from './model.ts';
import { findScene, isEnding } from './scenes.ts';
import { readStructure, type GaugeStructure } from './structure.ts';

export interface StoryContext {
	gauges: Gauges;
	/** Scenes that the last event went through without stopping. */
	passed: readonly string[];
}

export type StoryEvent =
	{ type: 'choose'; choice: string } | { type: 'tell'; how: 'as-is' | 'gently' };

/** Where in a story a state stands: a scene that is shown, or the question before a flagged one. */
export interface Place {
	scene: string;
	telling: boolean;
}

/** What a machine carries along for whoever reads it; its own moves do not need it. */
export type StoryMeta =
	| { gauges: Readonly<Record<string, GaugeStructure>> }
	| { theme: string }
	| { kind: ChoiceKind; outcomes?: string[] };

const tellingMark = ':telling';
const cache = new WeakMap<object, StoryMachine>();

type StoryMachine = ReturnType<typeof buildMachine>;

/**
 * The story as one machine: a state for each scene, one more (`scene:telling`) before each flagged
 * scene, automatic transitions as `always`, endings as final states tagged with their kind. Its
 * configuration is plain data, from which `decompile` reads the structure of the scenario again.
 * Compiled once for each scenario object, which must not be changed afterwards.
 * Raises a RangeError for a name that leads nowhere: only checked scenarios are to be compiled.
 */
export function compileScenario<T>(scenario: Scenario<T>): StoryMachine {
	const known = cache.get(scenario);
	if (known !== undefined) return known;
	// The machine reads structure alone, so the type of the texts does not matter to it.
	const machine = buildMachine(scenario as Scenario<unknown>);
	cache.set(scenario, machine);
	return machine;
}

/** The place that a value of the machine's state names. */
export function readPlace(stateValue: unknown): Place {
	const name = String(stateValue);
	return name.endsWith(tellingMark)
		? { scene: name.slice(0, -tellingMark.length), telling: true }
		: { scene: name, telling: false };
}

function buildMachine(scenario: Scenario<unknown>) {
	const engine = setup({
		types: {
			context: {} as StoryContext,
			events: {} as StoryEvent,
			tags: {} as string,
			meta: {} as StoryMeta
		},
		guards: {
			offered: ({ context, event }, params: { choice: string; when: Guard | undefined }) =>
				event.type === 'choose' &&
				event.choice === params.choice &&
				holds(params.when, context.gauges),
			told: ({ event }, params: { how: 'as-is' | 'gently' }) =>
				event.type === 'tell' && event.how === params.how,
			reached: ({ context }, params: { when: Guard }) => holds(params.when, context.gauges)
		},
		actions: {
			take: assign(({ context }, params: { effect: Effect | undefined }) => ({
				gauges: applyEffect(scenario.gauges, context.gauges, params.effect),
				passed: []
			})),
			tell: assign({ passed: [] }),
			pass: assign(({ context }, params: { scene: string }) => ({
				passed: [...context.passed, params.scene]
			}))
		}
	});

	const entryOf = (id: string): string => {
		const scene = findScene(scenario, id);
		if (scene === undefined) throw new RangeError(`There is no scene "${id}".`);
		return scene.flag ? id + tellingMark : id;
	};
	const passing = (id: string, scene: Scene<unknown>) =>
		isEnding(scene)
			? []
			: (scene.auto ?? []).map((auto) => ({
					target: entryOf(auto.to),
					guard: { type: 'reached' as const, params: { when: auto.when } },
					actions: { type: 'pass' as const, params: { scene: id } }
				}));
	const choosing = (scene: DecisionScene<unknown>) =>
		Object.entries(scene.choices).map(([id, choice]: [string, Choice<unknown>]) => ({
			target: entryOf(choice.to),
			// A choice may lead back to its own scene, which is then entered anew.
			reenter: true,
			guard: { type: 'offered' as const, params: { choice: id, when: choice.when } },
			actions: { type: 'take' as const, params: { effect: choice.effect } },
			meta: { kind: choice.kind, ...(choice.outcomes && { outcomes: choice.outcomes }) }
		}));
	const shown = (id: string, scene: Scene<unknown>) =>
		isEnding(scene)
			? engine.createStateConfig({ type: 'final', tags: [scene.ending] })
			: engine.createStateConfig({
					always: scene.flag ? [] : passing(id, scene),
					on: { choose: choosing(scene) }
				});
	const telling = (id: string, scene: Scene<unknown>, { theme, alternative }: Flag) =>
		engine.createStateConfig({
			meta: { theme },
			always: passing(id, scene),
			on: {
				tell: [
					{ target: id, guard: { type: 'told', params: { how: 'as-is' } }, actions: 'tell' },
					{
						target: entryOf(alternative),
						guard: { type: 'told', params: { how: 'gently' } },
						actions: 'tell'
					}
				]
			}
		});

	return engine.createMachine({
		id: scenario.id,
		meta: { gauges: readStructure(scenario).gauges },
		context: { gauges: startingValues(scenario.gauges), passed: [] },
		initial: entryOf(scenario.start),
		// A ring of automatic transitions raises an error instead of going round for ever.
		options: { maxIterations: 2 * Object.keys(scenario.scenes).length + 2 },
		states: Object.fromEntries(
			Object.entries(scenario.scenes).flatMap(([id, scene]) => [
				[id, shown(id, scene)],
				...(scene.flag ? [[id + tellingMark, telling(id, scene, scene.flag)]] : [])
			])
		)
	});
}
