/** What people read in a file, so that each language is spelt by its own dictionary. */
import { isScalar, parseDocument, visit } from 'yaml';
import { locales, type Locale } from '#lib/content/localised.ts';

/** A piece of a file. */
export interface Passage {
	/** The languages of which a word may be; references cite titles in any. */
	locales: readonly Locale[];
	text: string;
	/** Where the piece begins, counted from 0. */
	offset: number;
}

/** A word and the line on which it stands, counted from 1. */
export interface FoundWord {
	word: string;
	line: number;
	locales: readonly Locale[];
}

/**
 * The words that people read in a file: of YAML the texts under `da` and `en`, of the interface's words
 * their values, of Markdown everything but code, addresses and directives.
 */
export function findWords(file: string, content: string): FoundWord[] {
	const starts = [...content.matchAll(/^/gmu)].map(({ index }) => index);
	return listPassages(file, content).flatMap(({ locales, text, offset }) =>
		splitWords(text).map(({ word, index }) => ({
			word,
			line: starts.findLastIndex((start) => start <= offset + index) + 1,
			locales
		}))
	);
}

function listPassages(file: string, content: string): Passage[] {
	if (/\.ya?ml$/u.test(file)) return listYamlTexts(content);
	const locale = /[./](?<locale>da|en)\.(?:md|json)$/u.exec(file)?.groups?.['locale'];
	const own: readonly Locale[] = [locale === 'da' ? 'da' : 'en'];
	if (file.endsWith('.json')) {
		return [...content.matchAll(/(?<=: )"(?:[^"\\]|\\.)*"/gu)].map(({ 0: text, index }) => ({
			locales: own,
			text: blank(text, /\\.|\{\w+\}/gu),
			offset: index
		}));
	}
	const text = blankMarkdown(content);
	if (locale !== undefined) return [{ locales: own, text, offset: 0 }];
	return [
		{ locales: own, text: blank(text, danishSummary), offset: 0 },
		...[...text.matchAll(danishSummary)].map(({ 0: summary, index }): Passage => ({
			locales: ['da'],
			text: summary,
			offset: index
		}))
	];
}

/** The paragraph with which an English document tells Danes in short what it is about. */
const danishSummary = /^_Kort på dansk:_(?:[^\n]|\n(?!\n))*/gmu;

/** Keys of texts that hold names and titles, which may be in any language. */
const references = new Set(['sources', 'source', 'name']);

function listYamlTexts(content: string): Passage[] {
	const passages: Passage[] = [];
	visit(parseDocument(content), {
		Pair(_, { key, value }, around) {
			const locale = locales.find((name) => isScalar(key) && key.value === name);
			if (locale === undefined || !isScalar(value) || !value.range) return;
			const [offset, end] = value.range;
			const isReference = around.some(
				(part) => 'key' in part && isScalar(part.key) && references.has(String(part.key.value))
			);
			passages.push({
				locales: isReference ? locales : [locale],
				text: blankMarkdown(content.slice(offset, end)),
				offset
			});
		}
	});
	return passages;
}

/** Code, addresses, names of directives and what stands in their braces; escapes of YAML too. */
const unread = [
	/^(?<fence>`{3,}|~{3,})[^]*?^\k<fence>/gmu,
	/`[^`\n]*`/gu,
	/<!--[^]*?-->/gu,
	/<\/?[a-z][^>]*>/giu,
	/https?:\/\/[^\s)>]+/gu,
	/(?<=\])\([^)\s]*/gu,
	/(?<!\p{L}):{1,3}[a-z]+(?=[[{\n])/gu,
	/\{[^}]*\}/gu,
	/[\p{L}\p{N}_/-]+(?:[@._][a-z\d][\w/-]*)+/gu,
	/\\./gu
];

function blankMarkdown(text: string): string {
	return unread.reduce(blank, text.replaceAll("''", " '"));
}

/** The same length, so that lines can still be told. */
function blank(text: string, pattern: RegExp): string {
	return text.replace(pattern, (found) => found.replace(/[^\n]/gu, ' '));
}

/** Words of three letters and more; those with digits in them are signs of something. */
function splitWords(text: string): { word: string; index: number }[] {
	const words = text.matchAll(
		/(?<![\p{L}\p{N}_])\p{L}[\p{L}\p{M}]+(?:['’]\p{L}+)?(?![\p{L}\p{N}_])/gu
	);
	return [...words].flatMap(({ 0: found, index }) => {
		const word = found
			.replace(/['’]s$/u, '')
			.replace('’', "'")
			.normalize('NFC');
		return word.length < 3 ? [] : [{ word, index }];
	});
}
