import type { Library } from '#lib/scenario/library.server.ts';
import { isEnding } from '#lib/scenario/scenes.ts';
import type { Trains } from './coverage.ts';

/** What decisions of each scenario train; a scenario of the library has no scene that cannot be reached. */
export function trainedBy({ scenarios }: Pick<Library, 'scenarios'>): Trains[] {
	return scenarios.map(({ slug, scenario }) => ({
		slug,
		outcomes: new Set(
			Object.values(scenario.scenes).flatMap((scene) =>
				isEnding(scene) ? [] : Object.values(scene.choices).flatMap(({ outcomes = [] }) => outcomes)
			)
		)
	}));
}
