import fc from 'fast-check';
import type * as Y from 'yjs';
import { textAt } from '#lib/authoring/document/document.ts';
import {
	addAsk,
	addAuto,
	addChoice,
	addPerson,
	addScene,
	addWord,
	movePart,
	moveToScene,
	removePart,
	restorePart,
	setCondition,
	setEffect,
	setEnding,
	setFlag,
	setKey,
	setKind,
	setOutcome,
	setSpeaker,
	setStart,
	setTarget,
	spliceText
} from '#lib/authoring/document/edits.ts';
import type { Place } from '#lib/authoring/document/place.ts';
import type { Draft } from '#lib/authoring/document/draft.ts';
import { readDraft } from '#lib/authoring/document/read.ts';

/** Something that an author does, told by numbers that mean something in whatever draft they meet. */
export interface RandomEdit {
	does: (typeof deeds)[number];
	one: number;
	two: number;
	three: number;
}

const deeds = [
	...['type', 'type', 'type', 'type', 'type', 'delete', 'add-scene', 'add-choice'],
	...['remove', 'restore', 'rename', 'lead', 'move', 'shape', 'detail', 'speak']
] as const;

const number = fc.nat(1_000_000);
export const randomEdit: fc.Arbitrary<RandomEdit> = fc.record({
	does: fc.constantFrom(...deeds),
	one: number,
	two: number,
	three: number
});

/** What the authors of one run have typed, each letter once in all the world, and which of it they deleted. */
export class Typed {
	readonly all = new Set<string>();
	readonly deleted = new Set<string>();
	#next = 0x4e00;

	type(count: number): string {
		const letters = Array.from({ length: count }, () => String.fromCodePoint(this.#next++));
		for (const letter of letters) this.all.add(letter);
		return letters.join('');
	}

	delete(text: string): void {
		for (const letter of text) this.deleted.add(letter);
	}

	/** Letters that nobody has deleted and that are not in a text. */
	missingFrom(text: string): string[] {
		const there = new Set(text);
		return [...this.all].filter((letter) => !this.deleted.has(letter) && !there.has(letter));
	}
}

/** Does a random edit through the functions that the editor uses. */
export function doEdit(doc: Y.Doc, { does, one, two, three }: RandomEdit, typed: Typed): void {
	const draft = readDraft(doc);
	const scene = pick(draft.scenes, one);
	const choices = draft.scenes.flatMap((each) => each.choices);
	const choice = pick(choices, two);
	const other = pick(draft.scenes, three)?.id ?? null;
	const words = () => ({ da: typed.type(1 + (three % 4)) });
	if (does === 'type' || does === 'delete')
		return typeSomewhere(doc, draft, { does, one, two, three }, typed);
	if (does === 'add-scene')
		return void addScene(doc, { key: names[two % names.length] ?? '', text: words() });
	if (does === 'restore') {
		const part = pick(draft.removed, one);
		if (part) restorePart(doc, part.place);
		return;
	}
	if (!scene) return;
	if (does === 'add-choice') {
		const key = names[two % names.length] ?? '';
		addChoice(doc, scene.id, {
			key,
			text: words(),
			to: other,
			after: pick(scene.choices, two)?.id ?? null
		});
	}
	if (does === 'remove') {
		const parts = [scene, ...scene.choices, ...scene.auto, ...(scene.facilitator?.ask ?? [])];
		removePart(doc, pick(parts, two)?.place ?? scene.place);
	}
	if (does === 'rename')
		setKey(doc, (pick([scene, choice], two) ?? scene).place, names[three % names.length] ?? '');
	if (does === 'lead') {
		if (choice) setTarget(doc, choice.place, other);
		else setStart(doc, other);
	}
	if (does === 'move') {
		if (choice && three % 2 === 0) moveToScene(doc, choice.place, scene.id);
		else movePart(doc, scene.place, other === scene.id ? null : other);
	}
	if (does === 'shape') setEnding(doc, scene.id, two % 2 === 0 ? 'calm' : null);
	if (does === 'speak') {
		const person = addPerson(doc, { name: typed.type(1), key: names[two % names.length] ?? '' });
		setSpeaker(doc, scene.id, person);
		if (three % 3 === 0) removePart(doc, `${scene.place}/says`);
	}
	if (does === 'detail') doDetail(doc, draft, { does, one, two, three }, typed);
}

const names = ['a', 'b', 'lugen', 'gangen', ''];

function doDetail(doc: Y.Doc, draft: Draft, { one, two, three }: RandomEdit, typed: Typed): void {
	const scene = pick(draft.scenes, one);
	const gauge = pick(draft.gauges, two);
	const choice = pick(scene?.choices ?? [], two);
	if (!scene || !gauge) return;
	const details = [
		() => setFlag(doc, scene.id, { theme: 'death', alternative: scene.id }),
		() => setFlag(doc, scene.id, { theme: null, alternative: null }),
		() => void addAuto(doc, scene.id, scene.id),
		() => void addAsk(doc, scene.id, { da: typed.type(2) }),
		() => void addWord(doc, gauge.id, { upTo: three % 10, text: { da: typed.type(1) } }),
		() => choice && setEffect(doc, choice.id, gauge.id, (three % 5) - 2 || null),
		() => choice && setCondition(doc, choice.place, gauge.id, { min: three % 5 }),
		() => choice && setCondition(doc, choice.place, gauge.id, null),
		() => choice && setKind(doc, choice.id, 'good'),
		() => choice && setOutcome(doc, choice.place, 'TI-S3', three % 2 === 0)
	];
	pick(details, three)?.();
}

function typeSomewhere(
	doc: Y.Doc,
	draft: Draft,
	{ does, one, two, three }: RandomEdit,
	typed: Typed
): void {
	const place = pick(listTexts(draft), one);
	if (place === undefined) return;
	const text = textAt(doc, place).toString();
	const at = two % (text.length + 1);
	if (does === 'type') {
		spliceText(doc, place, at, 0, typed.type(1 + (three % 6)));
		return;
	}
	const count = Math.min(text.length - at, three % 4);
	typed.delete(text.slice(at, at + count));
	spliceText(doc, place, at, count, '');
}

/** The places of all texts that an editor shows. */
export function listTexts(draft: Draft): Place[] {
	const both = (place: Place, ...texts: string[]) =>
		texts.flatMap((name) => [`${place}/${name}/da`, `${place}/${name}/en`]);
	return [
		...both('scenario', 'title', 'summary', 'contentNote', 'textVersion'),
		...draft.people.flatMap(({ place }) => [`${place}/name`, ...both(place, 'about')]),
		...draft.gauges.flatMap(({ words }) => words.flatMap(({ place }) => both(place, 'text'))),
		...draft.scenes.flatMap((scene) => [
			...both(scene.place, 'text', 'takeaway', ...(scene.says ? ['says'] : [])),
			...scene.choices.flatMap(({ place }) => both(place, 'text', 'consequence', 'why')),
			...(scene.facilitator?.ask ?? []).flatMap(({ place }) => both(place, 'text'))
		])
	];
}

/** All that one can read in a draft once everything that was removed has been taken back. */
export function readEverything(doc: Y.Doc): string {
	for (let round = 0; round < 5; round++) {
		const { removed } = readDraft(doc);
		if (removed.length === 0) break;
		for (const { place } of removed) restorePart(doc, place);
	}
	const draft = readDraft(doc);
	return listTexts(draft)
		.map((place) => textAt(doc, place).toString())
		.join(' ');
}

export function pick<T>(list: readonly T[], number: number): T | undefined {
	return list.length === 0 ? undefined : list[number % list.length];
}
