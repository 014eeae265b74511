import type * as Y from 'yjs';
import type { Localised } from '#lib/content/localised.ts';
import { makeKebab } from '#lib/scenario/formats/kebab-names.ts';
import { fieldsOf, type FieldValue } from './document.ts';
import type { DraftBounds, NamedPart, Part } from './draft.ts';
import { giveKeys } from './keys.ts';
import { compareOrder } from './order.ts';
import { partKinds, partPlace, readPlace, type PartKind, type Place } from './place.ts';

/** Where parts of a kind have texts, below their place. */
export const textsOf: Readonly<Record<PartKind, readonly string[]>> = {
	person: ['name', 'about/da', 'about/en'],
	gauge: [],
	word: ['text/da', 'text/en'],
	scene: ['text/da', 'text/en', 'says/da', 'says/en', 'takeaway/da', 'takeaway/en'],
	choice: ['text/da', 'text/en', 'consequence/da', 'consequence/en', 'why/da', 'why/en'],
	auto: [],
	ask: ['text/da', 'text/en']
};

/** The kind that parts of a kind lie in. */
export const parentOf: Partial<Record<PartKind, PartKind>> = {
	word: 'gauge',
	choice: 'scene',
	auto: 'scene',
	ask: 'scene'
};

/** The document by its places, gone through once. */
export class Rows {
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
