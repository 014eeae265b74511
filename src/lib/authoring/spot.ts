import { readPlace, type Place } from './document/place.ts';
import { findPart, type Draft } from './document/draft.ts';

/** What somebody is writing on: one form of the editor. */
export type Spot =
	| { readonly form: 'about' | 'people' | 'gauges' | 'removed' }
	| { readonly form: 'scene'; readonly scene: string };

/** The form in which a place is written; undefined where its part is no longer there. */
export function findSpot(draft: Draft, place: Place): Spot | undefined {
	const part = readPlace(place);
	if (part === undefined) return { form: 'about' };
	const found = findPart(draft, place);
	if (found === undefined) return undefined;
	switch (part.kind) {
		case 'person':
			return { form: 'people' };
		case 'gauge':
		case 'word':
			return { form: 'gauges' };
		case 'scene':
			return { form: 'scene', scene: found.id };
		default:
			return 'scene' in found ? { form: 'scene', scene: found.scene } : undefined;
	}
}

export function isSameSpot(a: Spot, b: Spot): boolean {
	return writeSpot(a) === writeSpot(b);
}

/** A spot as a short word, for addresses and for telling others where one is. */
export function writeSpot(spot: Spot): string {
	return spot.form === 'scene' ? `scene-${spot.scene}` : spot.form;
}

/** Reads what `writeSpot` wrote; undefined for anything else. */
export function readSpot(text: string): Spot | undefined {
	const scene = /^scene-([a-z0-9]+)$/u.exec(text)?.[1];
	if (scene !== undefined) return { form: 'scene', scene };
	const form = (['about', 'people', 'gauges', 'removed'] as const).find((one) => one === text);
	return form && { form };
}
