import { findAvoidedWords } from './avoided-words.ts';
import type { AvoidedWord } from './glossary.ts';
import { countWords, measureLix } from './lix.ts';
import { locales, type Locale, type Localised } from './localised.ts';
import { checkMarkdown } from './markdown-check.ts';
import type { OwnPages } from './own-pages.ts';
import { formatPath, type Problem } from './problem.ts';
import type { Path, Source } from './source.ts';
import { shortTextName, type ModuleSource, type TextFile } from './tree.ts';

export interface TextRules {
	/** Slugs of the glossary; undefined where it could not be read. */
	terms: ReadonlyMap<string, unknown> | undefined;
	taught: readonly string[];
	avoid: readonly AvoidedWord[];
	/** What links within the platform may lead to; undefined where this cannot be known. */
	pages: OwnPages | undefined;
}

/** Words of a lesson; fewer or more give a warning. */
const lessonWords = { least: 200, most: 400 };
/** Texts of fewer words are not measured, since LIX says nothing about them. */
const fewestMeasured = 30;

/** The highest LIX of a Danish text: easy where everybody is meant, medium elsewhere. */
export function highestLix(level: string | undefined): number {
	return level === 'informed' ? 34 : 40;
}

/** The Markdown files of a module: their Markdown, readability, length and words. */
export function checkModuleTexts(
	module: ModuleSource,
	level: string | undefined,
	rules: TextRules
): Problem[] {
	const sources =
		module.data === null ? undefined : new Map(module.data.sources.map(({ id }) => [id, true]));
	const problems: Problem[] = [];
	for (const [name, texts] of module.texts) {
		for (const locale of locales) {
			const text = texts[locale];
			if (text === undefined) continue;
			problems.push(
				...checkFilled(text),
				...checkMarkdown(text.text, text.file, {
					terms: rules.terms,
					sources,
					pages: rules.pages
				}),
				...(name === shortTextName ? [] : checkLength(text))
			);
			if (locale !== 'da') continue;
			problems.push(...checkLix(text, highestLix(level), rules), ...checkWords(text, rules));
		}
	}
	return problems;
}

function checkFilled({ file, text }: TextFile): Problem[] {
	if (countWords(text) > 0) return [];
	return [
		{
			code: 'empty-text',
			severity: 'error',
			file,
			line: 1,
			path: '',
			message: { da: 'Her mangler en tekst.', en: 'there is no text here; write one' }
		}
	];
}

function checkLength({ file, text }: TextFile): Problem[] {
	const words = countWords(text);
	if (words === 0 || (words >= lessonWords.least && words <= lessonWords.most)) return [];
	const { least, most } = lessonWords;
	return [
		{
			code: 'lesson-length',
			severity: 'warning',
			file,
			line: 1,
			path: '',
			message: {
				da: `Teksten er på ${words} ord; en side har ${least} til ${most}.`,
				en: `the text has ${words} words; a screen has ${least} to ${most}`
			}
		}
	];
}

function checkLix({ file, text }: TextFile, limit: number, { taught }: TextRules): Problem[] {
	const message = describeLix(text, limit, taught);
	if (message === undefined) return [];
	return [{ code: 'lix-too-high', severity: 'error', file, line: 1, path: '', message }];
}

/** What to do about a Danish text that is too hard to read; undefined where it is not, or too short to say. */
export function describeLix(
	text: string,
	limit: number,
	taught: readonly string[]
): Localised | undefined {
	const { lix, words } = measureLix(text, { taught });
	if (words < fewestMeasured || lix <= limit) return undefined;
	const shown = (Math.ceil(lix * 10) / 10).toString();
	return {
		da: `Lixtallet er ${shown.replace('.', ',')}; højst ${limit}. Skriv kortere sætninger og kortere ord.`,
		en: `the Danish text has LIX ${shown}; at most ${limit}: write shorter sentences and shorter words`
	};
}

function checkWords({ file, text }: TextFile, { avoid }: TextRules): Problem[] {
	return findAvoidedWords(text, avoid).map(({ found, avoided, line }) =>
		reportWord(file, line + 1, '', found, avoided)
	);
}

/** Danish texts within a YAML file, wherever a key is `da`: words that are not used. */
export function checkYamlWords(source: Source, { avoid }: TextRules): Problem[] {
	return listTexts(source.value, [], 'da').flatMap(({ path, text }) =>
		findAvoidedWords(text, avoid).map(({ found, avoided, line }) =>
			reportWord(source.file, source.lineOfText(path) + line, formatPath(path), found, avoided)
		)
	);
}

function reportWord(
	file: string,
	line: number,
	path: string,
	found: string,
	{ instead }: AvoidedWord
): Problem {
	return {
		code: 'avoided-word',
		severity: 'error',
		file,
		line,
		path,
		message: {
			da: `Vi skriver ikke "${found}"; skriv hellere: ${instead.da}.`,
			en: `"${found}" is a word we do not use; better: ${instead.en}`
		}
	};
}

/** Signs without which a text holds nothing that a check of Markdown could find. */
const marks = /[:<[!]/u;

/** Markdown within a YAML file; `findForm` says of a path whether its text has paragraphs and lists, is a single line, or is shown as it stands. */
export function checkYamlMarkdown(
	source: Source,
	rules: Pick<TextRules, 'terms' | 'pages'> & { sources: ReadonlyMap<string, unknown> | undefined },
	findForm: (path: Path) => 'block' | 'inline' | 'plain'
): Problem[] {
	return locales.flatMap((locale) =>
		listTexts(source.value, [], locale).flatMap(({ path, text }) => {
			const form = findForm(path.slice(0, -1));
			if (form === 'plain' || !marks.test(text)) return [];
			return checkMarkdown(text, source.file, {
				...rules,
				firstLine: source.lineOfText(path),
				path: formatPath(path),
				inline: form === 'inline'
			});
		})
	);
}

/** Every text of a language within a value, with the keys that lead to it. */
export function listTexts(
	value: unknown,
	path: Path,
	locale: Locale
): { path: Path; text: string }[] {
	if (typeof value === 'string') return path.at(-1) === locale ? [{ path, text: value }] : [];
	if (Array.isArray(value)) {
		return value.flatMap((item, index) => listTexts(item, [...path, index], locale));
	}
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([key, item]) => listTexts(item, [...path, key], locale));
}
