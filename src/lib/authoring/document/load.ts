import type * as Y from 'yjs';
import type { Problem } from '#lib/content/problem.ts';
import { checkShape, readSource } from '#lib/content/source.ts';
import { scenarioFile } from '#lib/scenario/model.ts';
import { createDocument, edit, fieldsOf, type FieldValue } from './document.ts';
import { setField, setText } from './edits.ts';
import { compareOrder, firstOrders } from './order.ts';
import { newPartId, partPlace, type PartKind, type Place } from './place.ts';
import type { Draft } from './draft.ts';
import { readDraft } from './read.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A new document from the text of a scenario file, however unfinished, and what of the text does not
 * have the shape of a scenario: of that, what can be understood is taken over. Null where the text is no
 * YAML, or no block of keys.
 */
export function loadYaml(
	text: string,
	file: string
): { doc: Y.Doc | null; problems: readonly Problem[] } {
	const { source, problems } = readSource(text, file);
	if (source === null) return { doc: null, problems };
	const shape = checkShape(scenarioFile, source);
	const all = [...problems, ...shape.problems];
	if (!isFields(source.value)) return { doc: null, problems: all };
	const doc = createDocument();
	loadFields(doc, source.value);
	return { doc, problems: all };
}

/**
 * Makes a document say what the fields of a scenario file say, as one edit that can be undone. A part
 * that has the same name keeps its id, and so its comments; what the fields do not have is taken away and
 * can be taken back. Only what differs is written.
 */
export function loadFields(doc: Y.Doc, fields: unknown): void {
	edit(doc, () => new Loading(doc).load(isFields(fields) ? fields : {}));
}

interface Entry {
	id: string;
	place: Place;
	value: Fields;
}

class Loading {
	readonly #doc: Y.Doc;
	readonly #draft: Draft;
	readonly #ids: Record<'scene' | 'person' | 'gauge', Map<string, string>> = {
		scene: new Map(),
		person: new Map(),
		gauge: new Map()
	};

	constructor(doc: Y.Doc) {
		this.#doc = doc;
		this.#draft = readDraft(doc);
	}

	load(file: Fields): void {
		const people = this.#takeNamed('person', this.#draft.people, file['people']);
		const gauges = this.#takeNamed('gauge', this.#draft.gauges, file['gauges']);
		const scenes = this.#takeNamed('scene', this.#draft.scenes, file['scenes']);
		this.#set('scenario/slug', readString(file['id']));
		this.#set('scenario/version', readWhole(file['version']));
		this.#set('scenario/minutes', readNumber(file['minutes']));
		this.#set('scenario/setting', readString(file['setting']));
		this.#set('scenario/start', this.#refer('scene', file['start']));
		this.#set('scenario/authors', readAuthors(file['authors']));
		this.#list('scenario/audience', readNames(file['audience']));
		this.#list('scenario/outcomes', readNames(file['outcomes']));
		for (const name of ['title', 'summary', 'contentNote', 'textVersion']) {
			this.#words(`scenario/${name}`, file[name]);
		}
		for (const { place, value } of people) {
			setText(this.#doc, `${place}/name`, readText(value['name']));
			this.#words(`${place}/about`, value['about']);
		}
		for (const gauge of gauges) this.#loadGauge(gauge);
		for (const scene of scenes) this.#loadScene(scene);
	}

	#loadGauge({ id, place, value }: Entry): void {
		for (const name of ['start', 'min', 'max'])
			this.#set(`${place}/${name}`, readWhole(value[name]));
		const before = this.#draft.gauges.find((gauge) => gauge.id === id)?.words ?? [];
		for (const word of this.#takeListed('word', before, value['words'], id)) {
			this.#set(`${word.place}/upTo`, readWhole(word.value['upTo']));
			this.#words(`${word.place}/text`, word.value);
		}
	}

	#loadScene({ id, place, value }: Entry): void {
		const before = this.#draft.scenes.find((scene) => scene.id === id);
		const says = isFields(value['says']) ? value['says'] : undefined;
		const flag = isFields(value['flag']) ? value['flag'] : {};
		const facilitator = isFields(value['facilitator']) ? value['facilitator'] : {};
		this.#words(`${place}/text`, value['text']);
		this.#set(`${place}/ending`, readString(value['ending']));
		if (says || before?.says) this.#set(`${place}/says/removed`, says === undefined);
		if (says) {
			this.#set(`${place}/says/who`, this.#refer('person', says['who']));
			this.#words(`${place}/says`, says);
		}
		this.#set(`${place}/flag/theme`, readString(flag['theme']));
		this.#set(`${place}/flag/alternative`, this.#refer('scene', flag['alternative']));
		this.#set(`${place}/facilitator/minutes`, readNumber(facilitator['minutes']));
		const asks = before?.facilitator?.ask ?? [];
		for (const ask of this.#takeListed('ask', asks, facilitator['ask'], id)) {
			this.#words(`${ask.place}/text`, ask.value);
		}
		// A decision keeps what it had as an ending, and the other way round.
		if ('ending' in value) {
			this.#words(`${place}/takeaway`, value['takeaway']);
			return;
		}
		for (const auto of this.#takeListed('auto', before?.auto ?? [], value['auto'], id)) {
			this.#set(`${auto.place}/to`, this.#refer('scene', auto.value['to']));
			this.#loadGuard(auto.place, auto.value['when']);
		}
		for (const choice of this.#takeNamed('choice', before?.choices ?? [], value['choices'], id)) {
			this.#loadChoice(choice);
		}
	}

	#loadChoice({ place, value }: Entry): void {
		for (const name of ['text', 'consequence', 'why']) this.#words(`${place}/${name}`, value[name]);
		this.#set(`${place}/kind`, readString(value['kind']));
		this.#set(`${place}/to`, this.#refer('scene', value['to']));
		this.#list(`${place}/outcomes`, readNames(value['outcomes']));
		const effect = isFields(value['effect']) ? Object.entries(value['effect']) : [];
		const gauges = effect.flatMap(([name, by]) => {
			const gauge = this.#ids.gauge.get(name) ?? name;
			this.#set(`${place}/effect/${encodeURIComponent(gauge)}/by`, readWhole(by));
			return [gauge];
		});
		this.#list(`${place}/effect`, gauges);
		this.#loadGuard(place, value['when']);
	}

	#loadGuard(place: Place, guard: unknown): void {
		const parts = isFields(guard) ? Object.entries(guard) : [];
		const gauges = parts.map(([name, bounds]) => {
			const gauge = this.#ids.gauge.get(name) ?? name;
			const here = `${place}/when/${encodeURIComponent(gauge)}`;
			const { min, max } = isFields(bounds) ? bounds : {};
			this.#set(`${here}/min`, readWhole(min));
			this.#set(`${here}/max`, readWhole(max));
			return gauge;
		});
		this.#list(`${place}/when`, gauges);
	}

	#takeNamed(
		kind: 'scene' | 'choice' | 'person' | 'gauge',
		before: readonly { id: string; key: string; order: string }[],
		value: unknown,
		within?: string
	): Entry[] {
		const wanted = isFields(value) ? Object.entries(value) : [];
		const ids = wanted.map(([key]) => before.find((part) => part.key === key)?.id);
		const entries = this.#take(kind, before, ids, within).map(({ id, place }, index) => {
			const [key = '', fields] = wanted[index] ?? [];
			this.#set(`${place}/key`, key);
			if (kind !== 'choice') this.#ids[kind].set(key, id);
			return { id, place, value: isFields(fields) ? fields : {} };
		});
		return entries;
	}

	#takeListed(
		kind: 'word' | 'auto' | 'ask',
		before: readonly { id: string; order: string }[],
		value: unknown,
		within: string
	): Entry[] {
		const wanted: unknown[] = Array.isArray(value) ? value : [];
		const ids = wanted.map((_, index) => before[index]?.id);
		return this.#take(kind, before, ids, within).map(({ id, place }, index) => {
			const item = wanted[index];
			return { id, place, value: isFields(item) ? item : {} };
		});
	}

	/** Sees to it that parts with these ids, and no others, are there in this order; undefined makes a new one. */
	#take(
		kind: PartKind,
		before: readonly { id: string; order: string }[],
		wanted: readonly (string | undefined)[],
		within: string | undefined
	): { id: string; place: Place }[] {
		for (const { id } of before) {
			if (!wanted.includes(id)) this.#set(`${partPlace(kind, id)}/removed`, true);
		}
		const orders = firstOrders(wanted.length);
		const parts = wanted.map((id) => ({
			id: id ?? newPartId(),
			order: before.find((part) => part.id === id)?.order
		}));
		const inOrder = parts.every((part, index) => {
			const previous = parts[index - 1];
			if (part.order === undefined) return false;
			if (previous?.order === undefined) return index === 0;
			return (
				compareOrder(
					{ id: previous.id, order: previous.order },
					{ id: part.id, order: part.order }
				) < 0
			);
		});
		return parts.map(({ id }, index) => {
			const place = partPlace(kind, id);
			if (!inOrder) this.#set(`${place}/order`, orders[index] ?? null);
			if (within !== undefined) this.#set(`${place}/in`, within);
			this.#set(`${place}/removed`, false);
			return { id, place };
		});
	}

	#list(place: Place, names: readonly string[]): void {
		const fields = fieldsOf(this.#doc);
		const wanted = [...new Set(names)];
		const orders = firstOrders(wanted.length);
		const places = wanted.map((name) => `${place}/${encodeURIComponent(name)}/order`);
		for (const at of this.#listedIn(place)) if (!places.includes(at)) this.#set(at, null);
		const there = places.map((at) => fields.get(at));
		const inOrder = there.every((order, index) => {
			const previous = there[index - 1];
			return typeof order === 'string' && (typeof previous !== 'string' || previous < order);
		});
		if (inOrder) return;
		for (const [index, at] of places.entries()) this.#set(at, orders[index] ?? null);
	}

	#lists: Map<Place, Place[]> | undefined;

	/** The fields `order` directly under a place, as they were before anything was loaded. */
	#listedIn(place: Place): readonly Place[] {
		if (!this.#lists) {
			this.#lists = new Map();
			for (const at of fieldsOf(this.#doc).keys()) {
				const list = /^(.+)\/[^/]+\/order$/u.exec(at)?.[1];
				if (list !== undefined) this.#lists.set(list, [...(this.#lists.get(list) ?? []), at]);
			}
		}
		return this.#lists.get(place) ?? [];
	}

	#words(place: Place, value: unknown): void {
		const words = isFields(value) ? value : { da: value };
		setText(this.#doc, `${place}/da`, readText(words['da']));
		setText(this.#doc, `${place}/en`, readText(words['en']));
	}

	#refer(kind: 'scene' | 'person', name: unknown): string | null {
		const written = readString(name);
		return written === null ? null : (this.#ids[kind].get(written) ?? written);
	}

	#set(place: Place, value: FieldValue): void {
		setField(this.#doc, place, value);
	}
}

function readString(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

function readText(value: unknown): string {
	return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

function readWhole(value: unknown): number | null {
	return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}

function readNumber(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function readNames(value: unknown): string[] {
	return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

function readAuthors(value: unknown): FieldValue {
	if (!Array.isArray(value)) return null;
	return value.filter(isFields).flatMap(({ role, name }): FieldValue[] => {
		if (typeof role !== 'string') return [];
		return [typeof name === 'string' ? { role, name } : { role }];
	});
}

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
