/**
 * Everything that changes a draft. Each function is one step for undoing, and can be made part of a
 * larger one by `edit(doc, () => …)`. None raises an error where a part is gone in the meantime: what
 * is done to it stays with it, and shows when it is taken back.
 */
import type * as Y from 'yjs';
import type { Locale } from '#lib/content/localised.ts';
import type { Author, ChoiceKind, EndingKind } from '#lib/scenario/model.ts';
import { findChange, moveCaret } from '../text-change.ts';
import { edit, fieldsOf, textAt, type FieldValue } from './document.ts';
import { tidyKey } from './keys.ts';
import { orderBetween } from './order.ts';
import { newPartId, partPlace, readPlace, type PartKind, type Place } from './place.ts';
import { listParts } from './read.ts';

/** A text in one or both languages, for parts that are made with words in them. */
export type SomeWords = Partial<Record<Locale, string>>;

// Texts

/**
 * Makes the text at a place (`…/da`, `…/en`, `person/ID/name`) another one by the smallest change. `caret`
 * is where somebody typed, and `shown` what they had before them as they did: what others have written
 * in it since stays.
 */
export function setText(
	doc: Y.Doc,
	place: Place,
	text: string,
	caret?: number,
	shown?: string
): void {
	const now = textAt(doc, place).toString();
	const change = findChange(shown ?? now, text, caret);
	if (!change) return;
	const { at, removed, inserted } = change;
	const since = shown === undefined ? undefined : findChange(shown, now);
	if (!since) return spliceText(doc, place, at, removed, inserted);
	const shift = since.inserted.length - since.removed;
	const end = at + removed;
	// What was taken out before and behind the place where another has written.
	const before = Math.max(0, Math.min(end, since.at) - at);
	const behind = Math.max(at, since.at + since.removed);
	edit(
		doc,
		() => {
			if (end > behind) spliceText(doc, place, behind + shift, end - behind, '');
			spliceText(doc, place, moveCaret(at, since), before, inserted);
		},
		place
	);
}

/** Takes so many UTF-16 units out of a text and puts others there. */
export function spliceText(
	doc: Y.Doc,
	place: Place,
	at: number,
	removed: number,
	inserted: string
): void {
	edit(
		doc,
		() => {
			const text = textAt(doc, place);
			if (removed > 0) text.delete(at, removed);
			if (inserted !== '') text.insert(at, inserted);
		},
		place
	);
}

/** Sets what is given of a text in two languages, such as `scene/ID/text`. */
export function setWords(doc: Y.Doc, place: Place, words: SomeWords): void {
	edit(doc, () => {
		if (words.da !== undefined) setText(doc, `${place}/da`, words.da);
		if (words.en !== undefined) setText(doc, `${place}/en`, words.en);
	});
}

// The scenario itself

/** Puts what every scenario has into an empty document: the alarm gauge with its words, and a first scene. */
export function startBlank(doc: Y.Doc): { scene: string } {
	return edit(doc, () => {
		const gauge = addGauge(doc, { key: 'alarm', start: 5, min: 0, max: 10 });
		addWord(doc, gauge, { upTo: 3, text: { da: 'rolig', en: 'calm' } });
		addWord(doc, gauge, { upTo: 7, text: { da: 'anspændt', en: 'tense' } });
		addWord(doc, gauge, { upTo: 10, text: { da: 'i alarm', en: 'in alarm' } });
		const scene = addScene(doc, { key: 'start' });
		setStart(doc, scene);
		return { scene };
	});
}

export function setSlug(doc: Y.Doc, slug: string): void {
	setField(doc, 'scenario/slug', tidyKey(slug));
}

export function setVersion(doc: Y.Doc, version: number): void {
	setField(doc, 'scenario/version', version);
}

export function setMinutes(doc: Y.Doc, minutes: number | null): void {
	setField(doc, 'scenario/minutes', minutes);
}

export function setSetting(doc: Y.Doc, setting: string | null): void {
	setField(doc, 'scenario/setting', setting);
}

export function setStart(doc: Y.Doc, scene: string | null): void {
	setField(doc, 'scenario/start', scene);
}

export function setAuthors(doc: Y.Doc, authors: readonly Author[]): void {
	const plain = authors.map(({ role, name }): FieldValue =>
		name === undefined ? { role } : { role, name }
	);
	setField(doc, 'scenario/authors', plain);
}

/** Puts a track into the audience of the scenario, or takes it out. */
export function setAudience(doc: Y.Doc, track: string, isIn: boolean): void {
	setListed(doc, 'scenario/audience', track, isIn);
}

/** Puts a learning outcome of the framework into the list of the scenario (`scenario`) or of a choice (`choice/ID`), or takes it out. */
export function setOutcome(doc: Y.Doc, place: Place, outcome: string, isIn: boolean): void {
	setListed(doc, `${place}/outcomes`, outcome, isIn);
}

// Parts

export interface NewScene {
	key?: string;
	text?: SomeWords;
	ending?: EndingKind | null;
	takeaway?: SomeWords;
	/** The id of the scene that it comes after; at the end where not given, at the beginning where null. */
	after?: string | null;
}

/** Adds a scene and returns its id. */
export function addScene(doc: Y.Doc, scene: NewScene = {}): string {
	return edit(doc, () => {
		const { id, place } = addPart(doc, 'scene', undefined, scene.after);
		setField(doc, `${place}/key`, tidyKey(scene.key ?? ''));
		if (scene.ending) setField(doc, `${place}/ending`, scene.ending);
		setWords(doc, `${place}/text`, scene.text ?? {});
		setWords(doc, `${place}/takeaway`, scene.takeaway ?? {});
		return id;
	});
}

export interface NewChoice {
	key?: string;
	text?: SomeWords;
	kind?: ChoiceKind;
	consequence?: SomeWords;
	why?: SomeWords;
	to?: string | null;
	after?: string | null;
}

/** Adds a choice to a scene and returns its id. */
export function addChoice(doc: Y.Doc, scene: string, choice: NewChoice = {}): string {
	return edit(doc, () => {
		const { id, place } = addPart(doc, 'choice', scene, choice.after);
		setField(doc, `${place}/key`, tidyKey(choice.key ?? ''));
		if (choice.kind) setField(doc, `${place}/kind`, choice.kind);
		if (choice.to) setField(doc, `${place}/to`, choice.to);
		setWords(doc, `${place}/text`, choice.text ?? {});
		setWords(doc, `${place}/consequence`, choice.consequence ?? {});
		setWords(doc, `${place}/why`, choice.why ?? {});
		return id;
	});
}

/** Adds a way on which a scene goes by itself, and returns its id. */
export function addAuto(doc: Y.Doc, scene: string, to: string | null = null): string {
	return edit(doc, () => {
		const { id, place } = addPart(doc, 'auto', scene);
		if (to !== null) setField(doc, `${place}/to`, to);
		return id;
	});
}

/** Adds a question for the room to a scene, and returns its id. */
export function addAsk(doc: Y.Doc, scene: string, text: SomeWords = {}): string {
	return edit(doc, () => {
		const { id, place } = addPart(doc, 'ask', scene);
		setWords(doc, `${place}/text`, text);
		return id;
	});
}

export function addPerson(
	doc: Y.Doc,
	person: { key?: string; name?: string; about?: SomeWords; after?: string | null } = {}
): string {
	return edit(doc, () => {
		const { id, place } = addPart(doc, 'person', undefined, person.after);
		setField(doc, `${place}/key`, tidyKey(person.key ?? person.name ?? ''));
		if (person.name !== undefined) setText(doc, `${place}/name`, person.name);
		setWords(doc, `${place}/about`, person.about ?? {});
		return id;
	});
}

export function addGauge(
	doc: Y.Doc,
	gauge: {
		key?: string;
		start?: number | null;
		min?: number | null;
		max?: number | null;
		after?: string | null;
	} = {}
): string {
	return edit(doc, () => {
		const { id, place } = addPart(doc, 'gauge', undefined, gauge.after);
		setField(doc, `${place}/key`, tidyKey(gauge.key ?? ''));
		for (const bound of ['start', 'min', 'max'] as const) {
			const value = gauge[bound];
			if (typeof value === 'number') setField(doc, `${place}/${bound}`, value);
		}
		return id;
	});
}

/** Adds a word to a gauge, at the end of its words, and returns its id. */
export function addWord(
	doc: Y.Doc,
	gauge: string,
	word: { upTo?: number | null; text?: SomeWords; after?: string | null } = {}
): string {
	return edit(doc, () => {
		const { id, place } = addPart(doc, 'word', gauge, word.after);
		if (typeof word.upTo === 'number') setField(doc, `${place}/upTo`, word.upTo);
		setWords(doc, `${place}/text`, word.text ?? {});
		return id;
	});
}

/** Takes a part away, or what is said in a scene (`scene/ID/says`); everything in it is kept. */
export function removePart(doc: Y.Doc, place: Place): void {
	setField(doc, `${place}/removed`, true);
}

/** Takes back that a part was taken away, and the same for what it is in; where it has no place any more it comes last. */
export function restorePart(doc: Y.Doc, place: Place): void {
	edit(doc, () => {
		const part = readPlace(place);
		const above = part && fieldsOf(doc).get(`${partPlace(part.kind, part.id)}/in`);
		if (part?.rest[0] === 'says') restorePart(doc, partPlace(part.kind, part.id));
		else if (part && typeof above === 'string') {
			restorePart(doc, partPlace(part.kind === 'word' ? 'gauge' : 'scene', above));
		}
		if (part && part.rest.length === 0 && typeof fieldsOf(doc).get(`${place}/order`) !== 'string') {
			const within = typeof above === 'string' ? above : undefined;
			setField(doc, `${place}/order`, orderAfter(doc, part.kind, within, undefined));
		}
		setField(doc, `${place}/removed`, false);
	});
}

/** Puts a part after another of its kind, or first. */
export function movePart(doc: Y.Doc, place: Place, after: string | null): void {
	const part = readPlace(place);
	if (!part) return;
	const above = fieldsOf(doc).get(`${place}/in`);
	const within = typeof above === 'string' ? above : undefined;
	setField(doc, `${place}/order`, orderAfter(doc, part.kind, within, after, part.id));
}

/** Puts a choice, an automatic way or a question into another scene, at its end. */
export function moveToScene(doc: Y.Doc, place: Place, scene: string): void {
	const part = readPlace(place);
	if (!part) return;
	edit(doc, () => {
		setField(doc, `${place}/order`, orderAfter(doc, part.kind, scene, undefined, part.id));
		setField(doc, `${place}/in`, scene);
	});
}

/** Gives a scene, choice, person or gauge the name by which the file calls it; tidied into kebab-case. */
export function setKey(doc: Y.Doc, place: Place, key: string): void {
	setField(doc, `${place}/key`, tidyKey(key));
}

// Scenes

/** Makes a scene an ending, or with null one where something is chosen; neither loses what it had as the other. */
export function setEnding(doc: Y.Doc, scene: string, ending: EndingKind | null): void {
	setField(doc, `scene/${scene}/ending`, ending);
}

/** Lets somebody speak in a scene. */
export function setSpeaker(doc: Y.Doc, scene: string, person: string | null): void {
	edit(doc, () => {
		setField(doc, `scene/${scene}/says/who`, person);
		setField(doc, `scene/${scene}/says/removed`, false);
	});
}

/** Flags a scene with a theme and the scene that tells it more gently; two nulls take the flag away. */
export function setFlag(
	doc: Y.Doc,
	scene: string,
	flag: { theme?: string | null; alternative?: string | null }
): void {
	edit(doc, () => {
		if (flag.theme !== undefined) setField(doc, `scene/${scene}/flag/theme`, flag.theme);
		if (flag.alternative !== undefined) {
			setField(doc, `scene/${scene}/flag/alternative`, flag.alternative);
		}
	});
}

/** How long a room may talk about a scene. */
export function setTalkMinutes(doc: Y.Doc, scene: string, minutes: number | null): void {
	setField(doc, `scene/${scene}/facilitator/minutes`, minutes);
}

// Choices and automatic ways

export function setKind(doc: Y.Doc, choice: string, kind: ChoiceKind | null): void {
	setField(doc, `choice/${choice}/kind`, kind);
}

/** Lets a choice or an automatic way (`choice/ID`, `auto/ID`) lead to a scene. */
export function setTarget(doc: Y.Doc, place: Place, scene: string | null): void {
	setField(doc, `${place}/to`, scene);
}

/** What a choice adds to a gauge; null for nothing. */
export function setEffect(doc: Y.Doc, choice: string, gauge: string, by: number | null): void {
	edit(doc, () => {
		const list = `choice/${choice}/effect`;
		setField(doc, `${list}/${encodeURIComponent(gauge)}/by`, by);
		setListed(doc, list, gauge, by !== null);
	});
}

/** Sets the bounds of a gauge within which a choice is offered or an automatic way is taken; null takes the gauge out of the condition. */
export function setCondition(
	doc: Y.Doc,
	place: Place,
	gauge: string,
	bounds: { min?: number | null; max?: number | null } | null
): void {
	edit(doc, () => {
		const list = `${place}/when`;
		const here = `${list}/${encodeURIComponent(gauge)}`;
		setListed(doc, list, gauge, bounds !== null);
		const { min, max } = bounds ?? { min: null, max: null };
		if (min !== undefined) setField(doc, `${here}/min`, min);
		if (max !== undefined) setField(doc, `${here}/max`, max);
	});
}

// Gauges

export function setGaugeValue(
	doc: Y.Doc,
	gauge: string,
	name: 'start' | 'min' | 'max',
	value: number | null
): void {
	setField(doc, `gauge/${gauge}/${name}`, value);
}

export function setUpTo(doc: Y.Doc, word: string, upTo: number | null): void {
	setField(doc, `word/${word}/upTo`, upTo);
}

// What the others are made of

/** Sets a field; the same value once more is no change. */
export function setField(doc: Y.Doc, place: Place, value: FieldValue): void {
	const fields = fieldsOf(doc);
	const before = fields.get(place);
	if (before === value || (value === null && before === undefined)) return;
	if (typeof value === 'object' && JSON.stringify(before) === JSON.stringify(value)) return;
	edit(doc, () => fields.set(place, value));
}

function addPart(
	doc: Y.Doc,
	kind: PartKind,
	within: string | undefined,
	after?: string | null
): { id: string; place: Place } {
	const id = newPartId();
	const place = partPlace(kind, id);
	setField(doc, `${place}/order`, orderAfter(doc, kind, within, after));
	if (within !== undefined) setField(doc, `${place}/in`, within);
	setField(doc, `${place}/removed`, false);
	return { id, place };
}

/** A place in the order after a part (its id), first (null) or last (undefined). */
function orderAfter(
	doc: Y.Doc,
	kind: PartKind,
	within: string | undefined,
	after: string | null | undefined,
	moved?: string
): string {
	const others = listParts(doc, kind, within).filter(({ id }) => id !== moved);
	const found = others.findIndex(({ id }) => id === after);
	const index = after === null ? -1 : found === -1 ? others.length - 1 : found;
	return orderBetween(others[index]?.order, others[index + 1]?.order);
}

/** Puts a name into a list of names, at its end, or takes it out. */
export function setListed(doc: Y.Doc, list: Place, name: string, isIn: boolean): void {
	const fields = fieldsOf(doc);
	const place = `${list}/${encodeURIComponent(name)}/order`;
	const there = typeof fields.get(place) === 'string';
	if (there === isIn) return;
	const orders = [...fields.entries()].flatMap(([at, order]) =>
		at.startsWith(`${list}/`) && at.endsWith('/order') && typeof order === 'string' ? [order] : []
	);
	const last = orders.toSorted((a, b) => (a < b ? -1 : 1)).at(-1);
	setField(doc, place, isIn ? orderBetween(last, undefined) : null);
}
