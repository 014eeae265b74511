import type { Glossary, Term } from './glossary.ts';
import { locales, type Locale } from './localised.ts';
import type { Problem } from './problem.ts';
import { shortTextName, type ModuleSource, type TextFile } from './tree.ts';

/** Where taught words stand in a Danish text. */
export type FindTerms = (text: string) => { term: Term; found: string; start: number }[];

/** Finds the words that the glossary marks as taught, in the forms it lists; the longest at each place. */
export function makeTermFinder({ terms }: Glossary): FindTerms {
	const byForm = new Map(
		terms
			.filter(({ taught }) => taught)
			.flatMap((term) => [term.da, ...term.forms].map((form) => [fold(form), term]))
	);
	if (byForm.size === 0) return () => [];
	const forms = [...byForm.keys()].toSorted((a, b) => b.length - a.length).map(escape);
	const pattern = new RegExp(
		`(?<![\\p{L}\\p{N}-])(?:${forms.join('|')})(?![\\p{L}\\p{N}-])`,
		'giu'
	);
	return (text) =>
		[...text.matchAll(pattern)].flatMap(({ 0: found, index: start }) => {
			const term = byForm.get(fold(found));
			return term === undefined ? [] : [{ term, found, start }];
		});
}

function fold(form: string): string {
	return form.normalize('NFC').toLowerCase().replaceAll(/\s+/gu, ' ');
}

function escape(form: string): string {
	return form.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`).replaceAll(' ', String.raw`\s+`);
}

const opening = /:term\[(?<word>[^\]]*)\]\{(?<slug>[^}\s]*)\}/gu;
/** Headings, labels of boxes and links: an explanation cannot open there. */
const closed = /^ {0,3}(?:#{1,6}\s|:{2,}).*$|!?\[[^\]]*\]\([^)]*\)/gmu;

/**
 * Taught words that stand in a module's lessons before they open an explanation, and those in its short
 * text, which is read by itself. The Danish texts are looked at; that the English ones open the same
 * explanations is told by `checkPairs`.
 */
export function checkTerms({ data, texts }: ModuleSource, findTerms: FindTerms): Problem[] {
	const lessons = (data?.steps ?? []).flatMap((step) =>
		'lesson' in step && step.lesson !== shortTextName ? [step.lesson] : []
	);
	const filesOf = (names: readonly string[]) => names.flatMap((name) => texts.get(name)?.da ?? []);
	return [
		...findUnexplained(filesOf([...new Set(lessons)]), findTerms),
		...findUnexplained(filesOf([shortTextName]), findTerms)
	];
}

function findUnexplained(files: readonly TextFile[], findTerms: FindTerms): Problem[] {
	const explained = new Set<string>();
	return files.flatMap(({ file, text }) => {
		const bare = text.replaceAll(opening, blank).replaceAll(closed, blank);
		const openings = [...text.matchAll(opening)].map(({ groups, index }) => ({
			start: index,
			slug: groups?.['slug'] ?? '',
			found: undefined
		}));
		const uses = findTerms(bare).map(({ term, found, start }) => ({
			start,
			slug: term.slug,
			found
		}));
		return [...openings, ...uses]
			.toSorted((a, b) => a.start - b.start)
			.flatMap(({ start, slug, found }) => {
				const isNew = !explained.has(slug);
				explained.add(slug);
				if (!isNew || found === undefined) return [];
				return [reportUnexplained(file, text.slice(0, start).split('\n').length, found, slug)];
			});
	});
}

/** As long as before, so that places stay where they are. */
function blank(found: string): string {
	return ' '.repeat(found.length);
}

function reportUnexplained(file: string, line: number, found: string, slug: string): Problem {
	return {
		code: 'term-not-explained',
		severity: 'warning',
		file,
		line,
		path: '',
		message: {
			da: `"${found}" står her for første gang i modulet uden forklaring; skriv ":term[${found}]{${slug}}".`,
			en: `"${found}" stands here for the first time in the module without an explanation; write ":term[${found}]{${slug}}"`
		}
	};
}

/** Terms and sources that a text opens in one language only; those that nobody knows are told elsewhere. */
export function checkPairs(
	{ data, texts }: ModuleSource,
	terms: ReadonlyMap<string, unknown> | undefined
): Problem[] {
	const known = new Set([
		...[...(terms?.keys() ?? [])].map(nameTerm),
		...(data?.sources ?? []).map(({ id }) => nameSource(id))
	]);
	return [...texts.values()].flatMap((pair) => {
		const { da, en } = pair;
		if (da === undefined || en === undefined) return [];
		return locales.flatMap((locale) => {
			const other: Locale = locale === 'da' ? 'en' : 'da';
			const here = new Set(listDirectives(pair[locale]?.text ?? ''));
			return [...new Set(listDirectives(pair[other]?.text ?? ''))]
				.filter((directive) => known.has(directive) && !here.has(directive))
				.map((directive) => reportUnpaired(pair[locale]?.file ?? '', directive));
		});
	});
}

function listDirectives(text: string): string[] {
	const found = text.matchAll(/:(?<name>term\[[^\]]*\]|source)\{(?<slug>[^}\s]*)\}/gu);
	return [...found].map(({ groups }) => {
		const slug = groups?.['slug'] ?? '';
		return groups?.['name'] === 'source' ? nameSource(slug) : nameTerm(slug);
	});
}

function nameTerm(slug: string): string {
	return `:term[…]{${slug}}`;
}

function nameSource(id: string): string {
	return `:source{${id}}`;
}

function reportUnpaired(file: string, directive: string): Problem {
	return {
		code: 'only-in-one-language',
		severity: 'warning',
		file,
		line: 1,
		path: '',
		message: {
			da: `"${directive}" står kun i teksten på det andet sprog; skriv det også her.`,
			en: `"${directive}" stands only in the text in the other language; write it here too`
		}
	};
}
