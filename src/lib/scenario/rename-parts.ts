import type { Auto, Choice, Effect, Guard, Scenario, Scene } from './model.ts';
import { isEnding } from './scenes.ts';

type Names = ReadonlyMap<string, string>;

/** Other names by the present ones. */
export interface Renaming {
	people: Names;
	gauges: Names;
	scenes: Names;
}

/** The same scenario with other names, everywhere they stand. Names that are not told stay. */
export function renameParts(scenario: Scenario, { people, gauges, scenes }: Renaming): Scenario {
	const nameScene = (name: string) => scenes.get(name) ?? name;
	const nameSpeaker = (name: string) => people.get(name) ?? name;
	const renameGuard = (guard: Guard): Guard => renameKeys(guard, gauges);
	const renameChoice = ({ effect, when, ...choice }: Choice): Choice => ({
		...choice,
		...(effect && { effect: renameKeys(effect, gauges) satisfies Effect }),
		...(when && { when: renameGuard(when) }),
		to: nameScene(choice.to)
	});
	const renameAuto = ({ when, to }: Auto): Auto => ({ when: renameGuard(when), to: nameScene(to) });
	const renameScene = (scene: Scene): Scene => {
		const { says, flag } = scene;
		const common = {
			...(says && { says: { ...says, who: nameSpeaker(says.who) } }),
			...(flag && { flag: { ...flag, alternative: nameScene(flag.alternative) } })
		};
		if (isEnding(scene)) return { ...scene, ...common };
		const choices = Object.entries(scene.choices).map(
			([id, choice]) => [id, renameChoice(choice)] as const
		);
		return {
			...scene,
			...common,
			...(scene.auto && { auto: scene.auto.map(renameAuto) }),
			choices: Object.fromEntries(choices)
		};
	};
	const renamed = Object.entries(renameKeys(scenario.scenes, scenes));
	return {
		...scenario,
		people: renameKeys(scenario.people, people),
		gauges: renameKeys(scenario.gauges, gauges),
		start: nameScene(scenario.start),
		scenes: Object.fromEntries(renamed.map(([name, scene]) => [name, renameScene(scene)]))
	};
}

function renameKeys<Value>(
	values: Readonly<Record<string, Value>>,
	names: Names
): Record<string, Value> {
	return Object.fromEntries(
		Object.entries(values).map(([name, value]) => [names.get(name) ?? name, value])
	);
}
