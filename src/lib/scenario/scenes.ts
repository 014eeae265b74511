import type { Choice, DecisionScene, EndingScene, Scenario, Scene } from './model.ts';

/** Whether the story is over in this scene. */
export function isEnding<T>(scene: Scene<T>): scene is EndingScene<T> {
	return 'ending' in scene;
}

/** The scene of that name, or undefined. */
export function findScene<T>(scenario: Scenario<T>, id: string): Scene<T> | undefined {
	return Object.hasOwn(scenario.scenes, id) ? scenario.scenes[id] : undefined;
}

/** The scene of that name where something is to be chosen; undefined for endings and unknown names. */
export function findDecision<T>(scenario: Scenario<T>, id: string): DecisionScene<T> | undefined {
	const scene = findScene(scenario, id);
	return scene === undefined || isEnding(scene) ? undefined : scene;
}

/** The choice of that name in the scene of that name, or undefined. */
export function findChoice<T>(
	scenario: Scenario<T>,
	scene: string,
	choice: string
): Choice<T> | undefined {
	const choices = findDecision(scenario, scene)?.choices;
	return choices !== undefined && Object.hasOwn(choices, choice) ? choices[choice] : undefined;
}
