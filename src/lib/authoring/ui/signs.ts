import { findSpot } from '../spot.ts';
import type { DraftEditor } from './editor.svelte.ts';

/** What the outline and the map tell of a scene besides its name. */
export interface SceneSigns {
	readonly mend: number;
	readonly comments: number;
	/** Names of others who are there now. */
	readonly people: readonly string[];
}

/** Somebody else in the draft, and the place they are at. */
export interface Somebody {
	readonly name: string;
	readonly place: string | null;
}

export const noSigns: SceneSigns = { mend: 0, comments: 0, people: [] };

/** Signs by the id of the scene. */
export function gatherSigns(
	editor: DraftEditor,
	others: readonly Somebody[],
	/** Places of open comments. */
	comments: readonly string[]
): ReadonlyMap<string, SceneSigns> {
	const sceneOf = (place: string | null) => {
		const spot = place === null ? undefined : findSpot(editor.draft, place);
		return spot?.form === 'scene' ? spot.scene : undefined;
	};
	const errors = editor.problems.filter(({ severity }) => severity === 'error');
	const mend = errors.map(({ place }) => sceneOf(place));
	const said = comments.map(sceneOf);
	const here = others.map(({ name, place }) => ({ name, scene: sceneOf(place) }));
	return new Map(
		editor.draft.scenes.map(({ id }) => [
			id,
			{
				mend: mend.filter((scene) => scene === id).length,
				comments: said.filter((scene) => scene === id).length,
				people: here.filter(({ scene }) => scene === id).map(({ name }) => name)
			}
		])
	);
}
