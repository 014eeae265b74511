import type { Choice, DecisionScene, EndingScene, Scenario, Scene } from '#lib/scenario/model.ts';
import { isEnding } from '#lib/scenario/scenes.ts';

/** What a test may change. */
export type Open<T> = T extends object ? { -readonly [Key in keyof T]: Open<T[Key]> } : T;

/** A copy of a scenario that a test may change. */
export function openCopy(scenario: Scenario): Open<Scenario> {
	return structuredClone(scenario) as Open<Scenario>;
}

/** One of several things, each number picking one. */
export function pickFrom<T>(list: readonly T[], pick: number): T {
	const found = list[pick % list.length];
	if (found === undefined) throw new RangeError('There is nothing to pick from.');
	return found;
}

/** The name of one of the scenes along the spine of a random scenario, all of which are decisions. */
export function pickDecision(scenario: Open<Scenario>, pick: number): string {
	return pickFrom(
		Object.keys(scenario.scenes).filter((id) => id.startsWith('scene-')),
		pick
	);
}

/** The decision of that name. */
export function decisionAt(scenario: Open<Scenario>, id: string): Open<DecisionScene> {
	const scene = scenario.scenes[id] as Scene | undefined;
	if (scene === undefined || isEnding(scene)) throw new Error(`"${id}" is no decision.`);
	return scene as Open<DecisionScene>;
}

/** The ending of that name. */
export function endingAt(scenario: Open<Scenario>, id: string): Open<EndingScene> {
	const scene = scenario.scenes[id] as Scene | undefined;
	if (scene === undefined || !isEnding(scene)) throw new Error(`"${id}" is no ending.`);
	return scene as Open<EndingScene>;
}

/** One of the scenes along the spine of a random scenario. */
export function pickScene(scenario: Open<Scenario>, pick: number): Open<DecisionScene> {
	return decisionAt(scenario, pickDecision(scenario, pick));
}

/** A choice of a random scenario that is offered whenever its scene is shown. */
export function pickChoice(scenario: Open<Scenario>, pick: number): Open<Choice> {
	const choice = pickScene(scenario, pick).choices['go-on'];
	if (choice === undefined) throw new Error('Scenes along the spine lead on.');
	return choice;
}
