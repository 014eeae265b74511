import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choose, movesOf, replay, start } from '#lib/scenario/run.ts';
import { presentScenario } from '#lib/scenario/present.ts';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { soundScenario, soundText, vocabulary } from '#tests/support/sound-scenario.ts';
import { createDocument } from './document/document.ts';
import { addChoice, addScene, removePart, setFlag, setText, startBlank } from './document/edits.ts';
import { loadFields, loadYaml } from './document/load.ts';
import { readDraft } from './document/read.ts';
import { checkDraft } from './document/trace.ts';
import { makePlayable, unwritten, type PlayableOptions } from './playable.ts';
import { writeFields } from '#lib/scenario/written.ts';

const options: PlayableOptions = {
	locale: 'da',
	placeholder: '(mangler)',
	nowhere: 'Ikke skrevet.',
	render: (text) => text
};

function openSound() {
	const { doc } = loadYaml(soundText, 'bus-stop.yaml');
	if (!doc) throw new Error('The sound scenario is read.');
	return doc;
}

describe('a draft that is played', () => {
	test('is the scenario itself where nothing is missing', () => {
		const played = makePlayable(readDraft(openSound()), options)!;
		const shown = presentScenario(soundScenario(), 'da', (text) => text);
		expect(Object.keys(played.scenes)).toEqual(Object.keys(shown.scenes));
		expect(start(played).offered).toEqual(start(shown).offered);
		expect(played.title).toBe(shown.title);
	});

	test('ends where a way leads nowhere yet', () => {
		const doc = createDocument();
		const { scene } = startBlank(doc);
		addChoice(doc, scene, { key: 'go', text: { en: 'Go' } });
		const played = makePlayable(readDraft(doc), options)!;
		const { run } = choose(start(played), 'go');
		expect(run.scene).toBe(unwritten);
		expect(run.ending).toBeDefined();
	});

	test('takes what is missing from the other language, or says that it is', () => {
		const doc = createDocument();
		const { scene } = startBlank(doc);
		setText(doc, `scene/${scene}/text/en`, 'A door.');
		expect(makePlayable(readDraft(doc), options)?.scenes['start']?.text).toBe('A door.');
		expect(makePlayable(readDraft(doc), options)?.title).toBe('(mangler)');
	});

	test('begins in any scene with any values', () => {
		const draft = readDraft(openSound());
		const scene = draft.scenes.find(({ flag, ending }) => !flag && !ending)!;
		const played = makePlayable(draft, { ...options, start: scene.key, gauges: { alarm: 99 } })!;
		expect(played.start).toBe(scene.key);
		expect(played.gauges['alarm']?.start).toBe(played.gauges['alarm']?.max);
	});

	test('stays playable when a scene that others lead to was removed', () => {
		const doc = openSound();
		const draft = readDraft(doc);
		for (const { place, id } of draft.scenes) {
			if (id !== draft.start) removePart(doc, place);
		}
		const left = readDraft(doc).scenes[0]!;
		setFlag(doc, left.id, { theme: 'rejection' });
		const played = makePlayable(readDraft(doc), options)!;
		expect(() => start(played)).not.toThrow();
	});

	test('is nothing while there is no scene', () => {
		expect(makePlayable(readDraft(createDocument()), options)).toBeUndefined();
		const doc = createDocument();
		addScene(doc, { key: 'alone' });
		expect(makePlayable(readDraft(doc), options)?.start).toBe('alone');
	});

	test('shows every fault that its check has found a way to', () => {
		fc.assert(
			fc.property(randomScenario, fc.nat(), (scenario, pick) => {
				const doc = createDocument();
				loadFields(doc, writeFields(scenario));
				const choices = readDraft(doc).scenes.flatMap((scene) => scene.choices);
				const lost = choices[pick % Math.max(1, choices.length)];
				if (lost) removePart(doc, lost.place);
				const draft = readDraft(doc);
				const played = makePlayable(draft, options)!;
				for (const { way, code } of checkDraft(draft, vocabulary).problems) {
					if (way === undefined || code === 'auto-loop') continue;
					const shown = replay(played, way);
					expect(shown.fits, code).toBe(true);
					expect(movesOf(shown.run)).toEqual(way);
				}
			}),
			{ numRuns: 60 }
		);
	});
});
