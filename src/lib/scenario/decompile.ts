import type { compileScenario } from './compile.ts';
import { readPlace } from './compile.ts';
import type { Auto, ChoiceKind, Effect, EndingKind, Guard } from './model.ts';
import {
	readChoice,
	type ChoiceStructure,
	type GaugeStructure,
	type SceneStructure,
	type Structure
} from './structure.ts';

/** The configuration of a story's machine as far as it is read here; it is plain data throughout. */
interface StoryConfig {
	initial: string;
	meta: { gauges: Record<string, GaugeStructure> };
	states: Record<string, StateConfig>;
}

interface StateConfig {
	tags?: [EndingKind];
	always?: PassConfig[];
	on?: { choose?: ChooseConfig[]; tell?: { target: string }[] };
	meta?: { theme: string };
}

interface PassConfig {
	target: string;
	guard: { params: { when: Guard } };
}

interface ChooseConfig {
	target: string;
	guard: { params: { choice: string; when?: Guard } };
	actions: { params: { effect?: Effect } };
	meta: { kind: ChoiceKind; outcomes?: string[] };
}

/**
 * The structure of the scenario from which a machine was compiled, read from the machine alone: of
 * what decides a story nothing is lost in it. Works as well on its configuration sent as JSON.
 */
export function decompile({
	config
}: Pick<ReturnType<typeof compileScenario>, 'config'>): Structure {
	// What `compileScenario` writes; the library's type allows for any machine.
	const { initial, meta, states } = config as unknown as StoryConfig;
	const tellings = new Map(
		Object.entries(states).flatMap(([name, state]) => {
			const { scene, telling } = readPlace(name);
			return telling ? [[scene, state]] : [];
		})
	);
	const scenes = Object.entries(states).filter(([name]) => !readPlace(name).telling);
	return {
		start: sceneOf(initial),
		gauges: meta.gauges,
		scenes: Object.fromEntries(
			scenes.map(([name, state]) => [name, readScene(state, tellings.get(name))])
		)
	};
}

function readScene(shown: StateConfig, telling: StateConfig | undefined): SceneStructure {
	const flag = telling && readFlag(telling);
	const [ending] = shown.tags ?? [];
	if (ending !== undefined) return { ...flag, ending };
	const auto = ((telling ?? shown).always ?? []).map(({ target, guard }): Auto => ({
		when: guard.params.when,
		to: sceneOf(target)
	}));
	const choices = (shown.on?.choose ?? []).map(readChoose);
	return { ...flag, ...(auto.length > 0 && { auto }), choices: Object.fromEntries(choices) };
}

function readFlag({ on, meta }: StateConfig): Pick<SceneStructure, 'flag'> {
	const [, gently] = on?.tell ?? [];
	return { flag: { theme: meta?.theme ?? '', alternative: sceneOf(gently?.target ?? '') } };
}

function readChoose({ target, guard, actions, meta }: ChooseConfig): [string, ChoiceStructure] {
	const { choice, when } = guard.params;
	const { effect } = actions.params;
	return [
		choice,
		readChoice({ ...meta, ...(effect && { effect }), ...(when && { when }), to: sceneOf(target) })
	];
}

function sceneOf(state: string): string {
	return readPlace(state).scene;
}
