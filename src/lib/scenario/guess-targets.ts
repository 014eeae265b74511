import { findNearest } from '#lib/content/nearest.ts';
import type { Auto, Choice, Scenario, Scene } from './model.ts';
import { isEnding } from './scenes.ts';

/**
 * The scenario as it was probably meant where the name of a scene is misspelt, so that what follows
 * from one slip is not told as further faults. Names like no other stay.
 */
export function guessTargets(scenario: Scenario): Scenario {
	const known = Object.keys(scenario.scenes);
	const guess = (to: string) => (known.includes(to) ? to : (findNearest(to, known) ?? to));
	const guessScene = (scene: Scene): Scene => {
		const flag = scene.flag && { ...scene.flag, alternative: guess(scene.flag.alternative) };
		if (isEnding(scene)) return { ...scene, flag };
		const lead = <Step extends Auto | Choice>(step: Step): Step => ({
			...step,
			to: guess(step.to)
		});
		return {
			...scene,
			flag,
			auto: scene.auto?.map(lead),
			choices: Object.fromEntries(
				Object.entries(scene.choices).map(([id, choice]) => [id, lead(choice)])
			)
		};
	};
	return {
		...scenario,
		start: guess(scenario.start),
		scenes: Object.fromEntries(
			Object.entries(scenario.scenes).map(([id, scene]) => [id, guessScene(scene)])
		)
	};
}
