import type { Auto, Choice, EndingKind, Flag, Gauge, Scenario, Scene } from './model.ts';
import { isEnding } from './scenes.ts';

/** A scenario without its texts: all that decides what can happen in it, and what it trains. */
export interface Structure {
	start: string;
	gauges: Readonly<Record<string, GaugeStructure>>;
	scenes: Readonly<Record<string, SceneStructure>>;
}

export type GaugeStructure = Pick<Gauge<unknown>, 'start' | 'min' | 'max'>;

/** Without `choices` the story is over there. */
export interface SceneStructure {
	flag?: Flag;
	/** Left out where there are none. */
	auto?: readonly Auto[];
	choices?: Readonly<Record<string, ChoiceStructure>>;
	ending?: EndingKind;
}

export type ChoiceStructure = Pick<Choice<unknown>, 'kind' | 'effect' | 'when' | 'outcomes' | 'to'>;

/** The structure of a scenario, in the order of its file. */
export function readStructure(scenario: Scenario<unknown>): Structure {
	return {
		start: scenario.start,
		gauges: mapValues(scenario.gauges, ({ start, min, max }) => ({ start, min, max })),
		scenes: mapValues(scenario.scenes, readScene)
	};
}

function readScene(scene: Scene<unknown>): SceneStructure {
	const flag = scene.flag && { flag: scene.flag };
	if (isEnding(scene)) return { ...flag, ending: scene.ending };
	return {
		...flag,
		...(scene.auto?.length && { auto: scene.auto }),
		choices: mapValues(scene.choices, readChoice)
	};
}

/** What a choice does, without its texts. */
export function readChoice(choice: ChoiceStructure): ChoiceStructure {
	const { kind, effect, when, outcomes, to } = choice;
	return {
		kind,
		...(effect && { effect }),
		...(when && { when }),
		...(outcomes && { outcomes }),
		to
	};
}

function mapValues<Value, Mapped>(
	values: Readonly<Record<string, Value>>,
	map: (value: Value) => Mapped
): Record<string, Mapped> {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]));
}
