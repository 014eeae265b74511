import type * as Y from 'yjs';
import type { Localised } from '#lib/content/localised.ts';
import { choiceKinds, endingKinds, type Author } from '#lib/scenario/model.ts';
import { fieldsOf, type FieldValue } from './document.ts';
import type {
	Draft,
	DraftChoice,
	DraftGauge,
	DraftScene,
	NamedPart,
	Part,
	RemovedPart
} from './draft.ts';
import { partPlace, type PartKind } from './place.ts';
import { parentOf, Rows, textsOf } from './rows.ts';

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
