import { expect, test } from 'vitest';
import { soundText } from '#tests/support/sound-scenario.ts';
import { removePart } from './document/edits.ts';
import { loadYaml } from './document/load.ts';
import { readDraft } from './document/read.ts';
import { findSpot, readSpot, writeSpot, type Spot } from './spot.ts';

const { doc } = loadYaml(soundText, 'bus-stop.yaml');
const draft = readDraft(doc!);
const [scene] = draft.scenes;

test('every place of a draft is written in one form', () => {
	const inScene = { form: 'scene', scene: scene!.id };
	expect(findSpot(draft, 'scenario/title/da')).toEqual({ form: 'about' });
	expect(findSpot(draft, `${draft.people[0]!.place}/name`)).toEqual({ form: 'people' });
	expect(findSpot(draft, draft.gauges[0]!.words[0]!.place)).toEqual({ form: 'gauges' });
	expect(findSpot(draft, `${scene!.place}/says/da`)).toEqual(inScene);
	expect(findSpot(draft, `${scene!.choices[0]!.place}/why/en`)).toEqual(inScene);
});

test('a place whose part is gone is written nowhere', () => {
	const { place } = draft.scenes[0]!.choices[0]!;
	removePart(doc!, place);
	expect(findSpot(readDraft(doc!), `${place}/why`)).toBeUndefined();
});

test('a form is found again by its word in the address', () => {
	const spots: Spot[] = [{ form: 'about' }, { form: 'scene', scene: 'ab12' }, { form: 'removed' }];
	for (const spot of spots) expect(readSpot(writeSpot(spot))).toEqual(spot);
	expect(readSpot('elsewhere')).toBeUndefined();
	expect(readSpot('scene-<b>')).toBeUndefined();
});
