import type * as Y from 'yjs';
import type { Localised } from '#lib/content/localised.ts';
import {
	choiceKinds,
	endingKinds,
	type Author,
	type ChoiceKind,
	type EndingKind
} from '#lib/scenario/model.ts';
import { makeKebab } from '#lib/scenario/formats/kebab-names.ts';
import { fieldsOf, type FieldValue } from './document.ts';
import { giveKeys } from './keys.ts';
import { compareOrder } from './order.ts';
import { idOf, partKinds, partPlace, readPlace, type PartKind, type Place } from './place.ts';

/**
 * A scenario in writing, as plain data. What is not there yet is an empty text, an empty list or
 * null. References are ids of the same draft, also of parts that were removed since; any other value
 * is a name that leads nowhere.
 */
export interface Draft {
	/** The id that the file will carry; empty while it has none. */
	slug: string;
	version: number;
	title: Localised;
	summary: Localised;
	minutes: number | null;
	setting: string | null;
	audience: string[];
	outcomes: string[];
	contentNote: Localised;
	textVersion: Localised;
	authors: Author[];
	people: DraftPerson[];
	gauges: DraftGauge[];
	start: string | null;
	scenes: DraftScene[];
	/** What was taken away and can be taken back: everything that holds a text. */
	removed: RemovedPart[];
	/** The names that removed parts had, by id, for what still refers to them. */
	formerKeys: Readonly<Record<string, string>>;
}

interface Part {
	id: string;
	place: Place;
	order: string;
}

/** A part with a name that the file calls it by: unique among its like, kebab-case, never empty. */
interface NamedPart extends Part {
	key: string;
}

export interface DraftPerson extends NamedPart {
	name: string;
	about: Localised;
}

export interface DraftGauge extends NamedPart {
	start: number | null;
	min: number | null;
	max: number | null;
	words: DraftWord[];
}

export interface DraftWord extends Part {
	upTo: number | null;
	text: Localised;
}

export interface DraftScene extends NamedPart {
	text: Localised;
	/** Null where nobody speaks. */
	says: { who: string | null; text: Localised } | null;
	flag: { theme: string | null; alternative: string | null } | null;
	/** Null where something is to be chosen. */
	ending: EndingKind | null;
	/** Kept, and not shown, while the scene is an ending; likewise `auto`. */
	choices: DraftChoice[];
	auto: DraftAuto[];
	/** Kept, and not shown, while the scene is no ending. */
	takeaway: Localised;
	facilitator: { minutes: number | null; ask: DraftAsk[] } | null;
}

export interface DraftChoice extends NamedPart {
	scene: string;
	text: Localised;
	kind: ChoiceKind | null;
	effect: DraftEffect[];
	when: DraftBounds[];
	outcomes: string[];
	consequence: Localised;
	why: Localised;
	to: string | null;
}

export interface DraftAuto extends Part {
	scene: string;
	when: DraftBounds[];
	to: string | null;
}

export interface DraftAsk extends Part {
	scene: string;
	text: Localised;
}

export interface DraftEffect {
	gauge: string;
	by: number;
}

export interface DraftBounds {
	gauge: string;
	min: number | null;
	max: number | null;
}

export interface RemovedPart {
	place: Place;
	/** `says` for what somebody said in a scene. */
	kind: PartKind | 'says';
	id: string;
	/** The name it had; empty for parts without one. */
	key: string;
	/** The first words in it, in whichever language has any. */
	words: string;
	/** The part that it was in, which may be removed too. */
	within: Place | null;
}

/** Reads all of a document. Whatever stands in it, the result has the shape it promises. */
export function readDraft(doc: Y.Doc): Draft {
	const rows = new Rows(doc);
	const scenes = rows.named('scene').map((part) => readScene(rows, part));
	return {
		slug: rows.string('scenario/slug') ?? '',
		version: rows.count('scenario/version') ?? 1,
		title: rows.words('scenario/title'),
		summary: rows.words('scenario/summary'),
		minutes: rows.number('scenario/minutes'),
		setting: rows.string('scenario/setting'),
		audience: rows.list('scenario/audience'),
		outcomes: rows.list('scenario/outcomes'),
		contentNote: rows.words('scenario/contentNote'),
		textVersion: rows.words('scenario/textVersion'),
		authors: readAuthors(rows.value('scenario/authors')),
		people: rows.named('person').map((part) => ({
			...part,
			name: rows.text(`${part.place}/name`),
			about: rows.words(`${part.place}/about`)
		})),
		gauges: rows.named('gauge').map((part) => readGauge(rows, part)),
		start: rows.reference('scenario/start', 'scene'),
		scenes,
		removed: readRemoved(rows),
		formerKeys: rows.formerKeys()
	};
}

/** The titles of a document, for lists. */
export function readTitle(doc: Y.Doc): Localised {
	const read = (locale: string) => doc.getText(`scenario/title/${locale}`).toString().trim();
	return { da: read('da'), en: read('en') };
}

/** The slug of a document; empty while it has none. */
export function readSlug(doc: Y.Doc): string {
	const slug = fieldsOf(doc).get('scenario/slug');
	return typeof slug === 'string' ? slug : '';
}

/** The parts of one kind that are there, without reading the rest of the document. */
export function listParts(doc: Y.Doc, kind: PartKind, within?: string): Part[] {
	return new Rows(doc).parts(kind, within);
}

function readGauge(rows: Rows, part: NamedPart): DraftGauge {
	return {
		...part,
		start: rows.whole(`${part.place}/start`),
		min: rows.whole(`${part.place}/min`),
		max: rows.whole(`${part.place}/max`),
		words: rows.parts('word', part.id).map((word) => ({
			...word,
			upTo: rows.whole(`${word.place}/upTo`),
			text: rows.words(`${word.place}/text`)
		}))
	};
}

function readScene(rows: Rows, part: NamedPart): DraftScene {
	const { place, id } = part;
	const ending = rows.string(`${place}/ending`);
	const theme = rows.string(`${place}/flag/theme`);
	const alternative = rows.reference(`${place}/flag/alternative`, 'scene');
	const minutes = rows.number(`${place}/facilitator/minutes`);
	const ask = rows
		.parts('ask', id)
		.map((one) => ({ ...one, scene: id, text: rows.words(`${one.place}/text`) }));
	return {
		...part,
		text: rows.words(`${place}/text`),
		says:
			rows.value(`${place}/says/removed`) === false
				? { who: rows.reference(`${place}/says/who`, 'person'), text: rows.words(`${place}/says`) }
				: null,
		flag: theme === null && alternative === null ? null : { theme, alternative },
		ending: endingKinds.find((kind) => kind === ending) ?? null,
		choices: rows.named('choice', id).map((choice) => readChoice(rows, choice, id)),
		auto: rows.parts('auto', id).map((auto) => ({
			...auto,
			scene: id,
			when: rows.bounds(`${auto.place}/when`),
			to: rows.reference(`${auto.place}/to`, 'scene')
		})),
		takeaway: rows.words(`${place}/takeaway`),
		facilitator: minutes === null && ask.length === 0 ? null : { minutes, ask }
	};
}

function readChoice(rows: Rows, part: NamedPart, scene: string): DraftChoice {
	const { place } = part;
	const kind = rows.string(`${place}/kind`);
	return {
		...part,
		scene,
		text: rows.words(`${place}/text`),
		kind: choiceKinds.find((one) => one === kind) ?? null,
		effect: rows.list(`${place}/effect`).flatMap((gauge) => {
			const by = rows.whole(`${place}/effect/${encodeURIComponent(gauge)}/by`);
			return by === null ? [] : [{ gauge: rows.resolve(gauge, 'gauge'), by }];
		}),
		when: rows.bounds(`${place}/when`),
		outcomes: rows.list(`${place}/outcomes`),
		consequence: rows.words(`${place}/consequence`),
		why: rows.words(`${place}/why`),
		to: rows.reference(`${place}/to`, 'scene')
	};
}

function readAuthors(value: FieldValue | undefined): Author[] {
	if (!Array.isArray(value)) return [];
	return value.flatMap((author: unknown): Author[] => {
		if (typeof author !== 'object' || author === null || !('role' in author)) return [];
		const { role } = author;
		if (role !== 'professional' && role !== 'lived-experience') return [];
		const named = 'name' in author && typeof author.name === 'string';
		return [named ? { role, name: String(author.name) } : { role }];
	});
}

const textsOf: Readonly<Record<PartKind, readonly string[]>> = {
	person: ['name', 'about/da', 'about/en'],
	gauge: [],
	word: ['text/da', 'text/en'],
	scene: ['text/da', 'text/en', 'says/da', 'says/en', 'takeaway/da', 'takeaway/en'],
	choice: ['text/da', 'text/en', 'consequence/da', 'consequence/en', 'why/da', 'why/en'],
	auto: [],
	ask: ['text/da', 'text/en']
};

const parentOf: Partial<Record<PartKind, PartKind>> = {
	word: 'gauge',
	choice: 'scene',
	auto: 'scene',
	ask: 'scene'
};

/** Kinds that hold others come first, and a part within a removed one that was not removed itself is told by that one. */
function readRemoved(rows: Rows): RemovedPart[] {
	const kinds = ['scene', 'choice', 'ask', 'person', 'gauge', 'word', 'auto'] as const;
	const parts = kinds.flatMap((kind) =>
		rows.gone(kind).flatMap((id): RemovedPart[] => {
			const place = partPlace(kind, id);
			const words = rows.firstWords(textsOf[kind].map((name) => `${place}/${name}`));
			const holds = words !== '' || kind === 'gauge' || rows.holdsText(kind, id);
			if (!holds) return [];
			const above = rows.string(`${place}/in`);
			const parent = parentOf[kind];
			return [
				{
					place,
					kind,
					id,
					key: rows.string(`${place}/key`) ?? '',
					words,
					within: parent && above !== null ? partPlace(parent, above) : null
				}
			];
		})
	);
	const speeches = rows.parts('scene').flatMap(({ place, id }): RemovedPart[] => {
		if (rows.value(`${place}/says/removed`) === false) return [];
		const words = rows.firstWords([`${place}/says/da`, `${place}/says/en`]);
		return words === ''
			? []
			: [{ place: `${place}/says`, kind: 'says', id, key: '', words, within: place }];
	});
	return [...parts, ...speeches];
}

/** The document by its places, gone through once. */
class Rows {
	readonly #doc: Y.Doc;
	readonly #values = new Map<Place, FieldValue>();
	/** Under a place that is a list: what stands in it. */
	readonly #lists = new Map<Place, { id: string; order: string }[]>();
	readonly #ids = new Map<PartKind, Set<string>>();
	readonly #within = new Map<string, string[]>();
	/** Ids by name, of kinds that are referred to. */
	readonly #names = new Map<PartKind, ReadonlyMap<string, string>>();

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		for (const kind of partKinds) this.#ids.set(kind, new Set());
		for (const [place, value] of fieldsOf(doc).entries()) this.#note(place, value);
		// A part may have lost its fields to somebody's undoing while another still types in it.
		for (const place of doc.share.keys()) this.#noteId(place);
		for (const [kind, ids] of this.#ids) {
			for (const id of ids) {
				const above = this.string(`${kind}/${id}/in`);
				if (above === null) continue;
				const group = `${kind} ${above}`;
				this.#within.set(group, [...(this.#within.get(group) ?? []), id]);
			}
		}
	}

	#note(place: Place, value: FieldValue): void {
		this.#values.set(place, value);
		this.#noteId(place);
		if (!place.endsWith('/order') || typeof value !== 'string') return;
		const steps = place.split('/');
		const name = decode(steps.at(-2) ?? '');
		const list = steps.slice(0, -2).join('/');
		if (list === '' || partKinds.some((kind) => kind === list)) return;
		this.#lists.set(list, [...(this.#lists.get(list) ?? []), { id: name, order: value }]);
	}

	#noteId(place: Place): void {
		const part = readPlace(place);
		if (part && isId(part.id)) this.#ids.get(part.kind)?.add(part.id);
	}

	value(place: Place): FieldValue | undefined {
		return this.#values.get(place);
	}

	string(place: Place): string | null {
		const value = this.#values.get(place);
		return typeof value === 'string' && value !== '' ? value : null;
	}

	number(place: Place): number | null {
		const value = this.#values.get(place);
		return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
	}

	whole(place: Place): number | null {
		const value = this.#values.get(place);
		return Number.isSafeInteger(value) ? Number(value) + 0 : null;
	}

	count(place: Place): number | null {
		const value = this.whole(place);
		return value !== null && value >= 0 ? value : null;
	}

	text(place: Place): string {
		return this.#doc.share.has(place) ? this.#doc.getText(place).toString() : '';
	}

	words(place: Place): Localised {
		return { da: this.text(`${place}/da`), en: this.text(`${place}/en`) };
	}

	/** The names in a list whose every entry is a field `order` of its own. */
	list(place: Place): string[] {
		return (this.#lists.get(place) ?? []).toSorted(compareOrder).map(({ id }) => id);
	}

	bounds(place: Place): DraftBounds[] {
		return this.list(place).map((gauge) => {
			const here = `${place}/${encodeURIComponent(gauge)}`;
			const bounds = { min: this.whole(`${here}/min`), max: this.whole(`${here}/max`) };
			return { gauge: this.resolve(gauge, 'gauge'), ...bounds };
		});
	}

	/** The parts that are there, in order. */
	parts(kind: PartKind, within?: string): Part[] {
		const ids = within === undefined ? this.#ids.get(kind) : this.#within.get(`${kind} ${within}`);
		return [...(ids ?? [])]
			.filter((id) => this.value(`${kind}/${id}/removed`) === false)
			.map((id) => {
				const place = partPlace(kind, id);
				return { id, place, order: this.string(`${place}/order`) ?? '' };
			})
			.toSorted(compareOrder);
	}

	/** The id that a field refers to, or the name that leads nowhere. */
	reference(place: Place, kind: 'scene' | 'person'): string | null {
		const value = this.string(place);
		return value === null ? null : this.resolve(value, kind);
	}

	/** A name that led nowhere leads to the part that has got it since. */
	resolve(value: string, kind: 'scene' | 'person' | 'gauge'): string {
		if (this.#ids.get(kind)?.has(value) === true) return value;
		const names =
			this.#names.get(kind) ?? new Map(this.named(kind).map(({ key, id }) => [key, id]));
		this.#names.set(kind, names);
		return names.get(value) ?? value;
	}

	/** The same, each with the name by which the file calls it. */
	named(kind: PartKind, within?: string): NamedPart[] {
		const parts = this.parts(kind, within);
		const keys = giveKeys(
			parts.map(({ id, place }) => ({ id, wish: this.string(`${place}/key`) ?? '' })),
			kind
		);
		return parts.map((part) => ({ ...part, key: keys.get(part.id) ?? kind }));
	}

	/** Ids of parts that were there once. */
	gone(kind: PartKind): string[] {
		return [...(this.#ids.get(kind) ?? [])]
			.filter((id) => this.value(`${kind}/${id}/removed`) !== false)
			.toSorted();
	}

	formerKeys(): Record<string, string> {
		const named = ['scene', 'choice', 'person', 'gauge'] as const;
		return Object.fromEntries(
			named.flatMap((kind) =>
				this.gone(kind).map((id) => [id, makeKebab(this.string(`${kind}/${id}/key`) ?? '', kind)])
			)
		);
	}

	/** Whether any part within this one holds a text. */
	holdsText(kind: PartKind, id: string): boolean {
		return partKinds
			.filter((inner) => parentOf[inner] === kind)
			.some((inner) =>
				(this.#within.get(`${inner} ${id}`) ?? []).some(
					(part) => this.firstWords(textsOf[inner].map((name) => `${inner}/${part}/${name}`)) !== ''
				)
			);
	}

	firstWords(places: readonly Place[]): string {
		for (const place of places) {
			const text = this.text(place).trim();
			if (text !== '') return text.replaceAll(/\s+/gu, ' ').slice(0, 80).trimEnd();
		}
		return '';
	}
}

function isId(id: string): boolean {
	return /^[a-z0-9]{1,40}$/u.test(id);
}

function decode(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}

/** The part that a place lies in, or undefined where it is gone or the place is the scenario's own. */
export function findPart(
	draft: Draft,
	place: Place
):
	| DraftScene
	| DraftChoice
	| DraftPerson
	| DraftGauge
	| DraftWord
	| DraftAuto
	| DraftAsk
	| undefined {
	const id = idOf(place);
	return id === undefined ? undefined : listAll(draft).find((part) => part.id === id);
}

function listAll(draft: Draft) {
	return [
		...draft.scenes.flatMap((scene) => [
			scene,
			...scene.choices,
			...scene.auto,
			...(scene.facilitator?.ask ?? [])
		]),
		...draft.people,
		...draft.gauges.flatMap((gauge) => [gauge, ...gauge.words])
	];
}
