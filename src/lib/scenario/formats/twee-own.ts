import type { Localised } from '#lib/content/localised.ts';
import { makeKebab } from './kebab-names.ts';
import { decodeEntities, readStarts, readWordsOf } from './sugarcube.ts';
import type { Passage } from './twee-passages.ts';
import { passages as frame } from './twee-roles.ts';
import type { Piece } from './twee-pieces.ts';
import { scanPassage } from './twee-scan.ts';
import type { TweeStory } from './twee-story.ts';
import { writePlain, writeText } from './twee-text.ts';

type Fields = Record<string, unknown>;
interface Frame extends Fields {
	people: Readonly<Record<string, { name: string; about: Localised }>>;
}

type Localise = (text: string) => Localised;

/** A gauge for a story that has none: every scenario tells how tense somebody is. */
const gauges: Fields = {
	alarm: {
		start: 4,
		min: 0,
		max: 10,
		words: [
			{ upTo: 3, da: 'rolig', en: 'calm' },
			{ upTo: 7, da: 'anspændt', en: 'tense' },
			{ upTo: 10, da: 'i alarm', en: 'in alarm' }
		]
	}
};

/**
 * What stands around the scenes, in the order of the format. Of a story that has not come from here
 * the texts are empty; minutes, setting, audience and authors are missing, for only an author knows.
 */
export function readFrame({ isOwn, others }: TweeStory, localise: Localise): Frame {
	const start = isOwn ? others.get(frame.start) : undefined;
	if (start === undefined) {
		const empty = localise('');
		return {
			summary: empty,
			outcomes: [],
			contentNote: empty,
			textVersion: empty,
			people: {},
			gauges
		};
	}
	const pieces = scanPassage(start.text, 'sugarcube');
	const { id, version, setting, audience, outcomes, authors, minutes } = readKept(pieces);
	return {
		...keep({ id, version }),
		summary: localise(readBox(pieces, 'summary')),
		...keep({ minutes, setting, audience }),
		outcomes: outcomes ?? [],
		contentNote: localise(readBox(pieces, 'content-note')),
		textVersion: localise(readShortText(others.get(frame.shortText))),
		...keep({ authors }),
		people: readPeople(others.get(frame.people)?.text ?? '', localise),
		gauges: readGauges(others, localise)
	};
}

function keep(fields: Fields): Fields {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** What the export has put into a comment, because Twine has no place for it. */
function readKept(pieces: readonly Piece[]): Fields {
	for (const piece of pieces) {
		const json =
			piece.kind === 'left'
				? /^\/% scenario (\{[\s\S]*\}) %\/$/u.exec(piece.source)?.[1]
				: undefined;
		if (json === undefined) continue;
		try {
			const read: unknown = JSON.parse(json);
			if (typeof read === 'object' && read !== null) return { ...read };
		} catch {
			return {};
		}
	}
	return {};
}

function readBox(pieces: readonly Piece[], name: string): string {
	const from = pieces.findIndex((piece) => piece.kind === 'open' && piece.name === name);
	if (from < 0) return '';
	const length = pieces.slice(from).findIndex((piece) => piece.kind === 'close');
	return writePlain(pieces.slice(from, length < 0 ? undefined : from + length));
}

function readShortText(passage: Passage | undefined): string {
	const pieces = scanPassage(passage?.text ?? '', 'sugarcube');
	return writeText(pieces, 'sugarcube');
}

function readPeople(text: string, localise: Localise): Frame['people'] {
	const [, ...parts] = text.split(/^''(.+?)''(?: \/% person ([a-z0-9-]+) %\/)?$/mu);
	const people: Record<string, { name: string; about: Localised }> = {};
	for (let index = 0; index < parts.length; index += 3) {
		const name = decodeEntities(parts[index] ?? '');
		const id = parts[index + 1] ?? makeKebab(name, 'person');
		const about = decodeEntities(parts[index + 2] ?? '').trim();
		people[id] = { name, about: localise(about) };
	}
	return people;
}

function readGauges(others: ReadonlyMap<string, Passage>, localise: Localise): Fields {
	const words = readWordsOf(others.get(frame.seems)?.text ?? '');
	const starts = readStarts(others.get('StoryInit')?.text ?? '');
	if (starts.length === 0) return gauges;
	return Object.fromEntries(
		starts.map(({ gauge, ...dial }) => {
			const entries = words.get(gauge) ?? [{ upTo: dial.max, word: '' }];
			return [
				gauge,
				{ ...dial, words: entries.map(({ upTo, word }) => ({ upTo, ...localise(word) })) }
			];
		})
	);
}
