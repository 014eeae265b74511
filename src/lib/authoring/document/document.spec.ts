import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { readVocabulary } from '#lib/scenario/vocabulary.server.ts';
import { writeScenario } from '#lib/scenario/canonical.ts';
import { checkScenario } from '#lib/scenario/check.ts';
import { randomScenario } from '../../../../tests/support/random-scenario.ts';
import { createDocument, takeUpdate, watchDocument } from './document.ts';
import {
	addAsk,
	addAuto,
	addChoice,
	addGauge,
	addPerson,
	addScene,
	movePart,
	moveToScene,
	removePart,
	restorePart,
	setAudience,
	setCondition,
	setEffect,
	setEnding,
	setFlag,
	setKey,
	setOutcome,
	setSlug,
	setSpeaker,
	setTarget,
	setText,
	setWords,
	startBlank
} from './edits.ts';
import { loadFields, loadYaml } from './load.ts';
import { findPart, type DraftScene } from './draft.ts';
import { readDraft } from './read.ts';
import { checkDraft, traceDraft } from './trace.ts';
import { draftFields, writeYaml } from './write.ts';

const { vocabulary } = await readVocabulary(['courses']);
const folder = new URL('../../../../courses/scenarios/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

function load(text: string): Y.Doc {
	const { doc, problems } = loadYaml(text, 'x.yaml');
	if (!doc) throw new Error(JSON.stringify(problems));
	return doc;
}

function copy(doc: Y.Doc): Y.Doc {
	const other = createDocument();
	takeUpdate(other, Y.encodeStateAsUpdate(doc));
	return other;
}

function exchange(...docs: Y.Doc[]): void {
	const updates = docs.map((doc) => Y.encodeStateAsUpdate(doc));
	for (const doc of docs) for (const update of updates) takeUpdate(doc, update);
}

function sceneNamed(doc: Y.Doc, key: string): DraftScene {
	const scene = readDraft(doc).scenes.find((one) => one.key === key);
	if (!scene) throw new Error(key);
	return scene;
}

describe('a file read into a document and written again', () => {
	it.each(files)('is the same byte for byte: %s', (name) => {
		expect(writeYaml(load(read(name)))).toBe(read(name));
	});

	it('is the same for any sound scenario', () => {
		fc.assert(
			fc.property(randomScenario, (scenario) => {
				const text = writeScenario(scenario);
				expect(writeYaml(load(text))).toBe(text);
			}),
			{ numRuns: 60 }
		);
	});

	it('is the same on the other side of the wire', () => {
		const text = read('night-watch.yaml');
		expect(writeYaml(copy(load(text)))).toBe(text);
	});

	it('keeps what leads nowhere as it was written', () => {
		const text = read('night-watch.yaml').replace('to: on-his-feet', 'to: on-his-foot');
		expect(writeYaml(load(text))).toBe(text);
	});

	it('takes what can be understood of a file that is not finished', () => {
		const { doc, problems } = loadYaml(
			'title: { da: Nat }\nscenes:\n  a: { text: Hej }\n',
			'x.yaml'
		);
		expect(problems.map(({ code }) => code)).toContain('missing-key');
		const draft = readDraft(doc ?? createDocument());
		expect(draft.title).toEqual({ da: 'Nat', en: '' });
		expect(draft.scenes).toMatchObject([{ key: 'a', text: { da: 'Hej', en: '' } }]);
	});

	it('is nothing where it is no YAML', () => {
		expect(loadYaml('a: b: c', 'x.yaml').doc).toBeNull();
		expect(loadYaml('just words', 'x.yaml').doc).toBeNull();
	});
});

describe('a version that is restored', () => {
	it('makes the draft say what it says, and keeps the ids of what has the same name', () => {
		const doc = load(read('night-watch.yaml'));
		const id = sceneNamed(doc, 'on-his-feet').id;
		const other = read('kitchen-lid.yaml');
		const before = readDraft(doc);
		setKey(doc, `scene/${id}`, 'somewhere');
		setText(doc, `scene/${id}/text/da`, 'Noget andet.');
		addScene(doc, { key: 'new', text: { da: 'Ny' } });
		loadFields(doc, draftFields(readDraft(load(read('night-watch.yaml')))));
		expect(writeYaml(doc)).toBe(read('night-watch.yaml'));
		expect(
			readDraft(doc).scenes.filter((scene) => before.scenes.some((s) => s.id === scene.id)).length
		).toBe(before.scenes.length - 1);
		expect(readDraft(doc).removed).toContainEqual(
			expect.objectContaining({ key: 'somewhere', kind: 'scene' })
		);
		loadFields(doc, draftFields(readDraft(load(other))));
		expect(writeYaml(doc)).toBe(other);
	});

	it('writes nothing where nothing differs', () => {
		const doc = load(read('night-watch.yaml'));
		const before = Y.encodeStateAsUpdate(doc);
		loadFields(doc, draftFields(readDraft(doc)));
		expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
	});
});

describe('a draft that is begun', () => {
	it('has nothing but an alarm gauge and a first scene, and says what is missing', () => {
		const doc = createDocument();
		const { scene } = startBlank(doc);
		const { problems } = checkDraft(readDraft(doc), vocabulary);
		const at = (code: string) => problems.filter((p) => p.code === code).map((p) => p.place);
		expect(at('missing-language')).toEqual(
			expect.arrayContaining(['scenario/title/da', `scene/${scene}/text/en`])
		);
		expect(at('empty-list')).toContain('scenario/audience');
		expect(at('missing-key')).toEqual(
			expect.arrayContaining(['scenario/minutes', 'scenario/setting', 'scenario/slug'])
		);
		expect(problems.some(({ place }) => place.startsWith(`scene/${scene}/choices`))).toBe(true);
	});

	it('becomes a scenario without faults by edits alone', () => {
		const doc = createDocument();
		const { scene: first } = startBlank(doc);
		const both = (text: string) => ({ da: text, en: text });
		setSlug(doc, 'Mødet på gangen');
		for (const name of ['title', 'summary', 'contentNote', 'textVersion']) {
			setWords(doc, `scenario/${name}`, both('Bo ser op.'));
		}
		const fields: [string, unknown][] = [
			['scenario/minutes', 4],
			['scenario/setting', 'shelter'],
			['scenario/authors', [{ role: 'professional' }]]
		];
		loadFields(doc, {
			...draftFields(readDraft(doc)),
			...Object.fromEntries(fields.map(([name, value]) => [name.slice(9), value]))
		});
		setAudience(doc, 'basic', true);
		setOutcome(doc, 'scenario', 'TI-S3', true);
		const bo = addPerson(doc, { name: 'Bo', about: both('Bo bor her.') });
		const end = addScene(doc, {
			key: 'slut',
			ending: 'calm',
			text: both('Bo smiler.'),
			takeaway: both('Vent.')
		});
		setWords(doc, `scene/${first}/text`, both('Bo ser op.'));
		setSpeaker(doc, first, bo);
		setWords(doc, `scene/${first}/says`, both('Hej'));
		const words = { consequence: both('Bo ser op.'), why: both('Det er roligt.') };
		const good = addChoice(doc, first, {
			key: 'vent',
			kind: 'good',
			text: both('Vent'),
			to: end,
			...words
		});
		const other = addChoice(doc, first, {
			key: 'gå',
			kind: 'harmful',
			text: both('Gå'),
			to: first,
			...words
		});
		const alarm = readDraft(doc).gauges[0]?.id ?? '';
		setEffect(doc, good, alarm, -2);
		setOutcome(doc, `choice/${good}`, 'TI-S3', true);
		setCondition(doc, `choice/${other}`, alarm, { max: 9 });
		const { scenario, problems } = checkDraft(readDraft(doc), vocabulary);
		expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
		expect(scenario?.id).toBe('moedet-paa-gangen');
		expect(scenario?.scenes['start']).toMatchObject({
			says: { who: 'bo' },
			choices: { vent: { to: 'slut', effect: { alarm: -2 } }, gaa: { when: { alarm: { max: 9 } } } }
		});
	});
});

describe('problems of a draft', () => {
	it('are those of its file, each traced to its place', () => {
		const broken = read('night-watch.yaml')
			.replace('to: on-his-feet', 'to: nowhere')
			.replace('upTo: 2, da: rolig', 'upTo: 20, da: rolig')
			.replace('kind: good', 'kind: splendid')
			.replace('effect: { alarm: -2, trust: +1 }', 'effect: { alarm: -2, luck: +1 }')
			.replace('outcomes: [TS-K9]', 'outcomes: [TS-K99]');
		const doc = load(broken);
		const draft = readDraft(doc);
		const { problems } = checkDraft(draft, vocabulary);
		const inFile = checkScenario(writeYaml(doc), 'night-watch.yaml', vocabulary).problems;
		const tell = (all: typeof inFile) => all.map(({ code, path }) => `${code} ${path}`).toSorted();
		expect(tell(problems)).toEqual(tell(inFile));
		expect(problems.length).toBeGreaterThan(4);
		const trace = traceDraft(draft);
		for (const { path, place } of problems) {
			if (path !== '') expect(trace.pathOf(place), place).toBe(path);
		}
		const target = problems.find(({ code }) => code === 'unknown-target');
		expect(target?.place).toMatch(/^choice\/[a-z0-9]{12}\/to$/u);
		expect(findPart(draft, target?.place ?? '')).toMatchObject({ key: 'knock', to: 'nowhere' });
	});

	it('of everything in a file lead to a place and back', () => {
		for (const name of files) {
			const draft = readDraft(load(read(name)));
			const trace = traceDraft(draft);
			for (const path of listPaths(draftFields(draft))) {
				const place = trace.placeOf(path);
				expect(trace.pathOf(place), `${path} ${place}`).toBe(path);
			}
		}
	});
});

function listPaths(value: unknown, path: string[] = []): string[] {
	if (typeof value !== 'object' || value === null) return [path.join('.')];
	return [
		...(path.length === 0 ? [] : [path.join('.')]),
		...Object.entries(value).flatMap(([key, inner]) => listPaths(inner, [...path, key]))
	].filter((one) => one !== 'format');
}

describe('two authors at once', () => {
	it('type in one text and keep both their words', () => {
		const a = load(read('night-watch.yaml'));
		const b = copy(a);
		const place = `scene/${sceneNamed(a, 'at-the-door').id}/text/da`;
		const before = sceneNamed(a, 'at-the-door').text.da;
		setText(a, place, `Først. ${before}`);
		setText(b, place, `${before} Sidst.`);
		exchange(a, b);
		expect(sceneNamed(a, 'at-the-door').text.da).toBe(`Først. ${before} Sidst.`);
		expect(writeYaml(a)).toBe(writeYaml(b));
	});

	it('begin the same text, the same speech and the same name without taking it from one another', () => {
		const a = createDocument();
		const { scene } = startBlank(a);
		const b = copy(a);
		setSpeaker(a, scene, null);
		setText(a, `scene/${scene}/says/da`, 'Hej');
		setSpeaker(b, scene, null);
		setText(b, `scene/${scene}/says/da`, 'Goddag');
		addScene(a, { key: 'køkken', text: { da: 'Fra A' } });
		addScene(b, { key: 'køkken', text: { da: 'Fra B' } });
		exchange(a, b);
		expect(sceneNamed(a, 'start').says?.text.da).toMatch(/Hej.*Goddag|Goddag.*Hej/u);
		expect(
			readDraft(a)
				.scenes.map(({ key }) => key)
				.toSorted()
		).toEqual(['koekken', 'koekken-2', 'start']);
		expect(readDraft(a)).toEqual(readDraft(b));
	});

	it('lose nothing where one removes the scene that the other writes in', () => {
		const a = load(read('night-watch.yaml'));
		const b = copy(a);
		const { id, choices } = sceneNamed(a, 'on-his-feet');
		removePart(a, `scene/${id}`);
		setText(b, `scene/${id}/text/da`, 'Helt nye ord.');
		const added = addChoice(b, id, { key: 'ny', text: { da: 'Endnu et valg' } });
		exchange(a, b);
		expect(readDraft(a).scenes.some((scene) => scene.id === id)).toBe(false);
		expect(readDraft(a).removed).toContainEqual(
			expect.objectContaining({ place: `scene/${id}`, key: 'on-his-feet', words: 'Helt nye ord.' })
		);
		const { problems } = checkDraft(readDraft(a), vocabulary);
		expect(problems.map(({ code }) => code)).toContain('unknown-target');
		restorePart(a, `scene/${id}`);
		expect(sceneNamed(a, 'on-his-feet').choices.map((choice) => choice.id)).toEqual([
			...choices.map((choice) => choice.id),
			added
		]);
	});

	it('do not lead one another’s ways to a new scene by the name of one that was removed', () => {
		const a = load(read('night-watch.yaml'));
		removePart(a, `scene/${sceneNamed(a, 'on-his-feet').id}`);
		addScene(a, { key: 'on-his-feet' });
		expect(writeYaml(a)).toContain('to: on-his-feet-removed');
	});

	it('put choices into the same gap and both see them in the same order', () => {
		const a = load(read('night-watch.yaml'));
		const b = copy(a);
		const { id, choices } = sceneNamed(a, 'at-the-door');
		const after = choices[0]?.id ?? null;
		addChoice(a, id, { key: 'fra-a', after });
		addChoice(b, id, { key: 'fra-b', after });
		addChoice(b, id, { key: 'allerførst', after: null });
		exchange(a, b);
		const keys = sceneNamed(a, 'at-the-door').choices.map(({ key }) => key);
		expect(keys).toEqual(sceneNamed(b, 'at-the-door').choices.map(({ key }) => key));
		expect(keys[0]).toBe('allerfoerst');
		expect(keys.slice(2, 4).toSorted()).toEqual(['fra-a', 'fra-b']);
	});
});

describe('edits', () => {
	it('give a name that led nowhere to the scene that gets it', () => {
		const doc = load(read('night-watch.yaml').replace('to: on-his-feet', 'to: taxi'));
		const id = addScene(doc, { key: 'taxi' });
		expect(sceneNamed(doc, 'at-the-door').choices.some(({ to }) => to === id)).toBe(true);
	});

	it('keep what a scene had when it becomes an ending and again a decision', () => {
		const doc = load(read('night-watch.yaml'));
		const { id } = sceneNamed(doc, 'at-the-door');
		setEnding(doc, id, 'help');
		expect(writeYaml(doc)).not.toContain('knock:');
		setEnding(doc, id, null);
		expect(writeYaml(doc)).toBe(read('night-watch.yaml'));
	});

	it('move parts after one another, to the front, and into another scene', () => {
		const doc = load(read('night-watch.yaml'));
		const { choices } = sceneNamed(doc, 'at-the-door');
		const [one, two, three] = choices.map(({ id }) => id);
		const now = () => sceneNamed(doc, 'at-the-door').choices.map(({ id }) => id);
		movePart(doc, `choice/${one}`, three ?? null);
		expect(now()).toEqual([two, three, one]);
		movePart(doc, `choice/${one}`, null);
		expect(now()).toEqual([one, two, three]);
		moveToScene(doc, `choice/${one}`, sceneNamed(doc, 'on-his-feet').id);
		expect(now()).toEqual([two, three]);
		expect(sceneNamed(doc, 'on-his-feet').choices.at(-1)?.id).toBe(one);
	});

	it('tell which places they changed', () => {
		const doc = load(read('night-watch.yaml'));
		const other = copy(doc);
		const seen: [string[], boolean][] = [];
		const end = watchDocument(doc, (places, own) => seen.push([[...places], own]));
		const { id } = sceneNamed(doc, 'at-the-door');
		setText(doc, `scene/${id}/text/da`, 'Ny.');
		setFlag(doc, id, { theme: 'death' });
		setText(other, `scene/${id}/text/en`, 'New.');
		takeUpdate(doc, Y.encodeStateAsUpdate(other));
		end();
		setFlag(doc, id, { theme: null });
		expect(seen).toEqual([
			[[`scene/${id}/text/da`], true],
			[[`scene/${id}/flag/theme`], true],
			[[`scene/${id}/text/en`], false]
		]);
	});

	it('keep what another has written since one saw a text', () => {
		const doc = createDocument();
		startBlank(doc);
		const place = 'scenario/summary/da';
		const cases: [shown: string, now: string, typed: string, result: string][] = [
			['Det er nat.', 'Det er sen nat.', 'Det er nat nu.', 'Det er sen nat nu.'],
			['Det er nat.', 'Det er nat. Stille.', 'Nu er det nat.', 'Nu er det nat. Stille.'],
			['abcdef', 'abcXdef', 'af', 'aXf'],
			['abcdef', 'af', 'abcYdef', 'aYf'],
			['', 'En', 'To', 'EnTo']
		];
		for (const [shown, now, typed, result] of cases) {
			setText(doc, place, now);
			setText(doc, place, typed, undefined, shown);
			expect([...readDraft(doc).summary.da].toSorted()).toEqual([...result].toSorted());
		}
	});

	it('never part a character that takes two units', () => {
		const doc = createDocument();
		startBlank(doc);
		setText(doc, 'scenario/title/da', 'a😀b');
		setText(doc, 'scenario/title/da', 'a😁b');
		expect(readDraft(copy(doc)).title.da).toBe('a😁b');
	});

	it('add autos, questions and gauges that the file shows', () => {
		const doc = createDocument();
		const { scene } = startBlank(doc);
		const trust = addGauge(doc, { key: 'trust', start: 0, min: 0, max: 5 });
		const auto = addAuto(doc, scene, scene);
		setCondition(doc, `auto/${auto}`, trust, { min: 4 });
		addAsk(doc, scene, { da: 'Hvad så du?' });
		expect(draftFields(readDraft(doc))['scenes']).toMatchObject({
			start: {
				auto: [{ when: { trust: { min: 4 } }, to: 'start' }],
				facilitator: { ask: [{ da: 'Hvad så du?' }] }
			}
		});
		setCondition(doc, `auto/${auto}`, trust, null);
		setTarget(doc, `auto/${auto}`, null);
		expect(draftFields(readDraft(doc))['scenes']).toMatchObject({
			start: { auto: [{ when: {} }] }
		});
	});
});
