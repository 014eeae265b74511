import { Lexer, CST } from 'yaml';
import type { Locale, Localised } from '#lib/content/localised.ts';
import { readSource } from '#lib/content/source.ts';
import { makeKebab } from '#lib/scenario/formats/kebab-names.ts';
import { importTwee } from '#lib/scenario/formats/twee-import.ts';
import { createDocument } from './document/document.ts';
import { loadFields } from './document/load.ts';
import { readDraft } from './document/read.ts';
import { draftFields } from './document/write.ts';

/** Larger files are no stories written by hand. */
export const mostUploaded = 1_000_000;

/** Something of a file that has no place in a draft. */
export interface Unread {
	/** Counted from 1; null where no line can be told. */
	line: number | null;
	/** What it is and what became of it, in a sentence. */
	message: Localised;
}

/** What has come out of a file. */
export type Uploaded =
	| {
			/** The fields of a draft, as its document holds them. */
			fields: Readonly<Record<string, unknown>>;
			/** Each thing that could not be read, in the order of the file: nothing else is lost. */
			unread: readonly Unread[];
	  }
	/** Why no story could be found in it. */
	| { refused: Localised };

/**
 * Reads a story out of a file: Twee where it has passages, else YAML, finished or not. `language` is
 * that of a Twee story; the texts of the other one are left to be written.
 */
export function readUploadedStory(bytes: Uint8Array, name: string, language: Locale): Uploaded {
	const text = decode(bytes);
	const isTwee = /\.(?:twee3?|tw2?)$/iu.test(name) || /^:: ?\S/mu.test(text ?? '');
	return isTwee ? readTwee(bytes, name, language) : readYaml(text, name);
}

function decode(bytes: Uint8Array): string | undefined {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

function readTwee(bytes: Uint8Array, name: string, language: Locale): Uploaded {
	const { text, problems } = importTwee(bytes, { file: name, language });
	if (text === null) return { refused: tellFirst(problems) };
	const { source } = readSource(text, name);
	const kept = keep(source?.value);
	return {
		fields: kept.fields,
		unread: [...problems.map(({ line, message }) => ({ line, message })), ...kept.unread]
	};
}

const notText: Localised = {
	da: 'Filen er ikke en tekst, vi kan læse. Gem den som UTF-8, og prøv igen.',
	en: 'The file is not a text that can be read. Save it as UTF-8 and try again.'
};

const noStory: Localised = {
	da: 'Der er ingen historie i filen. En historie begynder med linjer som »format: 1« og »title:«.',
	en: 'There is no story in the file. A story begins with lines such as “format: 1” and “title:”.'
};

function tellFirst(problems: readonly { message: Localised }[]): Localised {
	return problems[0]?.message ?? noStory;
}

function readYaml(text: string | undefined, name: string): Uploaded {
	if (text === undefined) return { refused: notText };
	const { source, problems } = readSource(text, name);
	if (source === null) return { refused: tellFirst(problems) };
	const known = ['scenes', 'title', 'id', 'people', 'gauges'];
	if (!isFields(source.value) || !known.some((key) => isFilled(source.value, key)))
		return { refused: noStory };
	const kept = keep(source.value, (path) => source.lineOf(path));
	const unread = [
		...problems.map(({ line, message }) => ({ line, message })),
		...listComments(text),
		...kept.unread
	];
	return { fields: kept.fields, unread: unread.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)) };
}

const isFilled = (value: unknown, key: string) =>
	isFields(value) && value[key] !== undefined && value[key] !== null;

/** A draft has comments of its own; those of a file are told, so that what matters can be put there. */
function listComments(text: string): Unread[] {
	let line = 1;
	const found: Unread[] = [];
	for (const token of new Lexer().lex(text)) {
		if (CST.tokenType(token) === 'comment')
			found.push({
				line,
				message: {
					da: `En kommentar i filen er ikke taget med: ${shorten(token)}`,
					en: `A comment in the file was not taken along: ${shorten(token)}`
				}
			});
		line += token.split('\n').length - 1;
	}
	return found;
}

type Path = readonly (string | number)[];

/** What a draft keeps of the value of a file, and whatever of it is not there any more. */
function keep(value: unknown, lineOf?: (path: Path) => number) {
	const doc = createDocument();
	loadFields(doc, value);
	const fields = draftFields(readDraft(doc));
	doc.destroy();
	const unread = findLost(value, fields, []).map(({ path, text }): Unread => ({
		line: lineOf?.(path) ?? null,
		message: {
			da: `»${path.join(' › ')}« har ingen plads i et udkast: ${shorten(text)}`,
			en: `“${path.join(' › ')}” has no place in a draft: ${shorten(text)}`
		}
	}));
	return { fields, unread };
}

interface Lost {
	path: Path;
	text: string;
}

/** The leaves of a value that are not in what was kept. Names may have been tidied, so parts are found by their place in the order. */
function findLost(given: unknown, kept: unknown, path: Path): Lost[] {
	if (isEmpty(given)) return [];
	if (Array.isArray(given)) return findLostOfList(given, kept, path);
	if (isFields(given)) return findLostOfFields(given, kept, path);
	if (given === kept || tidy(given) === tidy(kept)) return [];
	return [{ path, text: String(given) }];
}

function findLostOfList(given: readonly unknown[], kept: unknown, path: Path): Lost[] {
	const others: unknown[] = Array.isArray(kept) ? kept : [];
	return given.flatMap((each, index) => {
		const here = [...path, index];
		// A list of names is one of different names: a name that stands twice is there once.
		if (!isFields(each) && others.includes(each)) return [];
		return findLost(each, others[index], here);
	});
}

function findLostOfFields(
	given: Readonly<Record<string, unknown>>,
	kept: unknown,
	path: Path
): Lost[] {
	const others = isFields(kept) ? kept : {};
	const isNamed = /^(?:scenes|people|gauges|choices)$/u.test(String(path.at(-1) ?? ''));
	const names = Object.keys(others);
	return Object.entries(given).flatMap(([key, each], index) => {
		const there = Object.hasOwn(others, key) ? key : isNamed ? (names[index] ?? key) : key;
		return findLost(each, others[there], [...path, key]);
	});
}

function isEmpty(value: unknown): boolean {
	if (value === undefined || value === null || value === '') return true;
	if (Array.isArray(value)) return value.length === 0;
	return isFields(value) && Object.keys(value).length === 0;
}

/** Texts are kept without blanks around, and names in kebab-case. */
function tidy(value: unknown): unknown {
	return typeof value === 'string' || typeof value === 'number'
		? makeKebab(String(value), String(value))
		: value;
}

function shorten(text: string): string {
	const flat = text.replaceAll(/\s+/gu, ' ').trim();
	return flat.length > 120 ? `${flat.slice(0, 120)}…` : flat;
}

function isFields(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
