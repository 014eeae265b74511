import { describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { soundText, vocabulary } from '#tests/support/sound-scenario.ts';
import {
	addChoice,
	addScene,
	removePart,
	setEnding,
	setTarget,
	setText
} from './document/edits.ts';
import { loadYaml } from './document/load.ts';
import type { Draft } from './document/draft.ts';
import { readDraft } from './document/read.ts';
import { checkDraft } from './document/trace.ts';
import { draftFields } from './document/write.ts';
import { createDocument } from './document/document.ts';
import { tellProblems, type ToldProblem } from './problems.ts';

function openSound(): Y.Doc {
	const { doc } = loadYaml(soundText, 'bus-stop.yaml');
	if (!doc) throw new Error('The sound scenario is read.');
	return doc;
}

function tell(doc: Y.Doc): { draft: Draft; problems: ToldProblem[] } {
	const draft = readDraft(doc);
	const { problems } = checkDraft(draft, vocabulary);
	return { draft, problems: tellProblems(problems, draftFields(draft)) };
}

const words = (problem: ToldProblem) =>
	[problem.where, problem.sentence].flatMap(({ da, en }) => [da, en]);

describe('what is to be mended', () => {
	test('is nothing in a sound scenario', () => {
		expect(tell(openSound()).problems.filter(({ severity }) => severity === 'error')).toEqual([]);
	});

	test('in an empty draft is told without a word of the file', () => {
		const { problems } = tell(createDocument());
		expect(problems.length).toBeGreaterThan(5);
		for (const text of problems.flatMap(words)) {
			expect(text).not.toMatch(/\b(?:key|nøgle|yaml|contentNote|textVersion|da:|en:)\b/iu);
			expect(text).toMatch(/\S/u);
		}
	});

	test('in a new scene leads to each of its fields', () => {
		const doc = openSound();
		const scene = addScene(doc, { key: 'Ved søen' });
		const choice = addChoice(doc, scene);
		const { problems } = tell(doc);
		const places = problems.map(({ place }) => place);
		expect(places).toContain(`scene/${scene}/text`);
		expect(places).toContain(`choice/${choice}/to`);
		const to = problems.find(({ place }) => place === `choice/${choice}/to`);
		expect(to?.sentence).toEqual({
			da: 'Vælg, hvor det fører hen.',
			en: 'Choose where it leads.'
		});
		expect(to?.where.da).toBe('Scenen »Ved soeen«, valget »Choice«');
	});

	test('names a missing language', () => {
		const doc = openSound();
		const { draft } = tell(doc);
		const [scene] = draft.scenes;
		setText(doc, `${scene!.place}/text/en`, '');
		const [problem] = tell(doc).problems;
		expect(problem).toMatchObject({
			group: 'missing',
			sentence: {
				da: 'Det, man ser: den engelske tekst mangler.',
				en: 'What you see: the English text is missing.'
			}
		});
	});

	test('brings the way that shows it', () => {
		const doc = openSound();
		const { draft } = tell(doc);
		const start = draft.scenes.find(({ id }) => id === draft.start)!;
		const end = addScene(doc, { key: 'stuck', text: { da: 'Væk.', en: 'Gone.' } });
		const loop = addChoice(doc, end, { key: 'again', to: end });
		setTarget(doc, start.choices[0]!.place, end);
		const found = tell(doc).problems.find(({ code }) => code === 'no-way-to-ending');
		expect(found).toMatchObject({ place: `scene/${end}`, way: [start.choices[0]!.key] });
		expect(found!.sentence.en).not.toContain('→');
		removePart(doc, `choice/${loop}`);
		setEnding(doc, end, 'help');
		expect(tell(doc).problems.map(({ code }) => code)).not.toContain('no-way-to-ending');
	});

	test('comes with the gravest first and advice last', () => {
		const doc = openSound();
		addScene(doc, { key: 'alone' });
		const groups = tell(doc).problems.map(({ group }) => group);
		expect(groups.indexOf('missing')).toBe(0);
		const advice = groups.indexOf('advice');
		if (advice >= 0) expect(groups.slice(advice).every((group) => group === 'advice')).toBe(true);
	});
});
