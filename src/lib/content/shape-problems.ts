import type * as v from 'valibot';
import type { Localised } from './localised.ts';
import { suggestNearest } from './nearest.ts';
import { formatPath, type Problem } from './problem.ts';
import { readShapeMessage } from './shape-message.ts';
import type { Path, Source } from './source.ts';
import { isRecord, valueAt } from './value.ts';

export type Issue = v.BaseIssue<unknown>;

/** Whether a block has a key that its schema does not know. */
export function isUnknownKey(issue: Issue): boolean {
	return issue.type === 'strict_object' && issue.expected === 'never';
}

/** The keys that lead to an issue. */
export function pathOf(issue: Issue): Path {
	// A YAML document has no keys but strings and no positions but numbers.
	return (issue.path ?? []).map((item) => item.key as string | number);
}

/** What a valibot issue says to an author. */
export function describeIssue(issue: Issue, schema: v.GenericSchema, source: Source): Problem {
	const path = pathOf(issue);
	const parent = path.slice(0, -1);
	const place = (at: Path, code: string, message: Localised): Problem => ({
		code,
		severity: 'error',
		file: source.file,
		line: source.lineOf(at),
		path: formatPath(at),
		message
	});
	if (issue.path?.at(-1)?.origin === 'key' && Array.isArray(valueAt(source.value, parent))) {
		return place(parent, 'wrong-type', describeExpected(schema, source.value, parent));
	}
	const key = String(path.at(-1) ?? '');
	if (isUnknownKey(issue)) {
		return place(path, 'unknown-key', describeUnknownKey(key, schema, source.value, path));
	}
	if (issue.type === 'strict_object' && issue.path?.at(-1)?.origin === 'key') {
		const isLanguage = key === 'da' || key === 'en';
		return isLanguage
			? place(path, 'missing-language', describeMissingLanguage(key))
			: place(path, 'missing-key', {
					da: `Nøglen "${key}" mangler her; skriv den.`,
					en: `the key "${key}" is missing here; add it`
				});
	}
	const own = readShapeMessage(issue.message);
	if (own) return place(path, own.code, own.message);
	if (issue.type === 'picklist' && typeof issue.input === 'string') {
		return place(path, 'unknown-value', describeUnknownValue(issue.input, issue.expected ?? ''));
	}
	if (issue.type === 'string' && issue.input === null) {
		return place(path, 'empty-text', {
			da: 'Her mangler en tekst.',
			en: 'there is no text here; write one'
		});
	}
	if (issue.kind === 'schema') {
		return place(path, 'wrong-type', describeExpected(schema, source.value, path, issue));
	}
	return place(path, 'wrong-value', {
		da: `Værdien passer ikke her: der ventes ${issue.expected ?? 'noget andet'}, og der står ${issue.received}.`,
		en: `the value does not fit: ${issue.expected ?? 'something else'} is expected, ${issue.received} stands here`
	});
}

function describeMissingLanguage(key: 'da' | 'en'): Localised {
	return key === 'da'
		? {
				da: 'Den danske tekst mangler; skriv den efter "da:".',
				en: 'the Danish text is missing; write it after "da:"'
			}
		: {
				da: 'Den engelske tekst mangler; skriv den efter "en:".',
				en: 'the English text is missing; write it after "en:"'
			};
}

function describeUnknownKey(
	key: string,
	schema: v.GenericSchema,
	value: unknown,
	path: Path
): Localised {
	const siblings = valueAt(value, path.slice(0, -1));
	const known = findKnownKeys(schema, value, path.slice(0, -1));
	const suggestion = suggestNearest(key, known);
	const besideText = isRecord(siblings) && ('da' in siblings || 'en' in siblings);
	if (besideText && suggestion.en === '') {
		return {
			da: 'Et komma har klippet sætningen over: sæt den i anførselstegn.',
			en: 'a comma cut this sentence: quote it'
		};
	}
	if (suggestion.en !== '' || known.length === 0) {
		return {
			da: `Nøglen "${key}" kendes ikke her${suggestion.da}`,
			en: `the key "${key}" is not known here${suggestion.en}`
		};
	}
	return {
		da: `Nøglen "${key}" kendes ikke her; mulige nøgler er ${known.join(', ')}.`,
		en: `the key "${key}" is not known here; possible keys are ${known.join(', ')}`
	};
}

function describeUnknownValue(input: string, expected: string): Localised {
	const possible = [...expected.matchAll(/"([^"]*)"/gu)].map((match) => match[1] ?? '');
	const suggestion = suggestNearest(input, possible);
	if (suggestion.en !== '') {
		return {
			da: `"${input}" kendes ikke her${suggestion.da}`,
			en: `"${input}" is not known here${suggestion.en}`
		};
	}
	return {
		da: `"${input}" kendes ikke her; der kan stå ${possible.join(', ')}.`,
		en: `"${input}" is not known here; it can be ${possible.join(', ')}`
	};
}

function describeExpected(
	schema: v.GenericSchema,
	value: unknown,
	path: Path,
	issue?: Issue
): Localised {
	const found = nameValue(valueAt(value, path));
	const keys = findKnownKeys(schema, value, path);
	const expected = keys.length > 0 ? nameKeys(keys) : nameType(issue?.type, issue?.expected);
	return {
		da: `Her ventes ${expected.da}, men her står ${found.da}.`,
		en: `${expected.en} is expected here, but ${found.en} stands here`
	};
}

function nameKeys(keys: readonly string[]): Localised {
	if (keys.length === 2 && keys[0] === 'da' && keys[1] === 'en') {
		return { da: 'en tekst med "da:" og "en:"', en: 'a text with "da:" and "en:"' };
	}
	return {
		da: `en blok med nøglerne ${keys.join(', ')}`,
		en: `a block with the keys ${keys.join(', ')}`
	};
}

function nameType(type: string | undefined, expected: string | null | undefined): Localised {
	switch (type) {
		case 'string':
			return { da: 'tekst (i anførselstegn)', en: 'text (in quotes)' };
		case 'number':
			return { da: 'et tal', en: 'a number' };
		case 'boolean':
			return { da: 'true eller false', en: 'true or false' };
		case 'array':
			return { da: 'en liste', en: 'a list' };
		case 'record':
		case 'strict_object':
			return { da: 'en blok med nøgler', en: 'a block of keys' };
		default:
			return { da: expected ?? 'noget andet', en: expected ?? 'something else' };
	}
}

function nameValue(value: unknown): Localised {
	if (value === null || value === undefined) return { da: 'ingenting', en: 'nothing' };
	if (Array.isArray(value)) return { da: 'en liste', en: 'a list' };
	if (typeof value === 'object') return { da: 'en blok med nøgler', en: 'a block of keys' };
	if (typeof value === 'string') return { da: 'tekst', en: 'text' };
	return { da: String(value), en: String(value) };
}

/** The keys that the schema knows at a place of the value; empty where it is no mapping or has free keys. */
function findKnownKeys(schema: v.GenericSchema, value: unknown, path: Path): string[] {
	let current = unwrap(schema, value);
	let here = value;
	for (const step of path) {
		here = valueAt(here, [step]);
		const next = findInner(current, step);
		if (next === undefined) return [];
		current = unwrap(next, here);
	}
	return 'entries' in current && isRecord(current.entries) ? Object.keys(current.entries) : [];
}

function findInner(schema: v.GenericSchema, step: string | number): v.GenericSchema | undefined {
	if ('entries' in schema && isRecord(schema.entries)) return asSchema(schema.entries[step]);
	if ('item' in schema) return asSchema(schema.item);
	if ('value' in schema) return asSchema(schema.value);
	return undefined;
}

function unwrap(schema: v.GenericSchema, value: unknown): v.GenericSchema {
	const wrapped = 'wrapped' in schema ? asSchema(schema.wrapped) : undefined;
	if (wrapped) return unwrap(wrapped, value);
	const getter = 'getter' in schema ? schema.getter : undefined;
	const gotten = typeof getter === 'function' ? asSchema(getter(value)) : undefined;
	return gotten ? unwrap(gotten, value) : schema;
}

function asSchema(value: unknown): v.GenericSchema | undefined {
	// What stands inside a valibot schema under these names is a schema again.
	return isRecord(value) && value['kind'] === 'schema'
		? (value as unknown as v.GenericSchema)
		: undefined;
}
