import { holdsCpr } from '#lib/content/cpr.ts';
import { countWords, makeLixMeasure } from '#lib/content/lix.ts';
import { locales, type Localised } from '#lib/content/localised.ts';
import { checkMarkdown } from '#lib/content/markdown-check.ts';
import { suggestNearest } from '#lib/content/nearest.ts';
import { formatPath } from '#lib/content/problem.ts';
import type { Path } from '#lib/content/source.ts';
import type { Findings } from './findings.ts';
import { fewestMeasured, highestLix, mostCharacters, mostWords } from './limits.ts';
import type { Scenario, Scene } from './model.ts';
import { isEnding } from './scenes.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Text {
	text: Localised;
	path: Path;
	/** At most so many words. */
	words?: number;
	/** What stands in it: nothing but words, Markdown within a line, or Markdown with paragraphs. */
	form: 'plain' | 'line' | 'blocks';
}

/** Texts are short enough, easy enough to read, and link only words that the glossary explains. */
export function checkTexts(scenario: Scenario, vocabulary: Vocabulary, findings: Findings): void {
	for (const name of ['title', 'summary', 'contentNote'] as const) {
		checkCharacters(scenario[name], name, findings);
		checkNumbers(scenario[name], [name], findings);
	}
	const measure = readabilityMeasure(scenario, vocabulary, findings);
	measure([scenario.textVersion.da], ['textVersion', 'da']);
	const texts: Text[] = [{ text: scenario.textVersion, path: ['textVersion'], form: 'blocks' }];
	for (const [id, scene] of Object.entries(scenario.scenes)) {
		const own = listTexts(scene, ['scenes', id]);
		measure(
			own.map(({ text }) => text.da),
			['scenes', id]
		);
		texts.push(...own);
	}
	const terms = new Map([...vocabulary.terms].map((slug) => [slug, slug]));
	for (const text of texts) {
		checkWords(text, findings);
		checkNumbers(text.text, text.path, findings);
		checkMarks(text, terms, findings);
	}
}

function listTexts(scene: Scene, path: Path): Text[] {
	const texts: Text[] = [
		{ text: scene.text, path: [...path, 'text'], words: mostWords.text, form: 'blocks' }
	];
	if (scene.says) {
		texts.push({
			text: scene.says.text,
			path: [...path, 'says'],
			words: mostWords.says,
			form: 'plain'
		});
	}
	if (isEnding(scene)) {
		const { takeaway } = scene;
		return [
			...texts,
			{ text: takeaway, path: [...path, 'takeaway'], words: mostWords.takeaway, form: 'line' }
		];
	}
	for (const [id, choice] of Object.entries(scene.choices)) {
		const here = [...path, 'choices', id];
		texts.push(
			{ text: choice.text, path: [...here, 'text'], words: mostWords.choice, form: 'plain' },
			{
				text: choice.consequence,
				path: [...here, 'consequence'],
				words: mostWords.consequence,
				form: 'line'
			},
			{ text: choice.why, path: [...here, 'why'], words: mostWords.why, form: 'line' }
		);
	}
	return texts;
}

function checkCharacters(
	text: Localised,
	name: keyof typeof mostCharacters,
	findings: Findings
): void {
	const most = mostCharacters[name];
	for (const locale of locales) {
		const length = [...text[locale].trim()].length;
		if (length <= most) continue;
		findings.error('too-long', [name, locale], {
			da: `Teksten er på ${length} tegn; højst ${most}. Kort den af.`,
			en: `the text has ${length} characters; at most ${most}: shorten it`
		});
	}
}

function checkWords({ text, path, words: most = Infinity }: Text, findings: Findings): void {
	for (const locale of locales) {
		const words = countWords(text[locale]);
		if (words <= most) continue;
		findings.error('too-long', [...path, locale], {
			da: `Teksten er på ${words} ord; højst ${most}. Kort den af.`,
			en: `the text has ${words} words; at most ${most}: shorten it`
		});
	}
}

/** Nobody is to be found by what stands in a scenario. */
function checkNumbers(text: Localised, path: Path, findings: Findings): void {
	for (const locale of locales) {
		if (!holdsCpr(text[locale])) continue;
		findings.error('cpr-number', [...path, locale], {
			da: 'Her står noget, der ligner et CPR-nummer. Tag det ud.',
			en: 'this looks like a CPR number: take it out'
		});
	}
}

function readabilityMeasure(scenario: Scenario, { taught }: Vocabulary, findings: Findings) {
	const limit = scenario.audience.includes('basic') ? highestLix.basic : highestLix.other;
	const measureLix = makeLixMeasure(taught);
	return (texts: readonly string[], path: Path) => {
		const { lix, words } = measureLix(texts.join('\n\n'));
		if (words < fewestMeasured || lix <= limit) return;
		const shown = Math.round(lix * 10) / 10;
		findings.error('lix-too-high', path, {
			da: `Lixtallet er ${String(shown).replace('.', ',')}; højst ${limit}. Skriv kortere sætninger og kortere ord.`,
			en: `the Danish text has LIX ${shown}; at most ${limit}: write shorter sentences and shorter words`
		});
	};
}

const noSources = { sources: new Map<string, unknown>() };
/** Signs of directives, HTML, links and pictures; Markdown without any of these has no faults. */
const marks = /:[\p{L}:[{]|<[a-z/!?]|\[/iu;

function checkMarks(
	{ text, path, form }: Text,
	terms: ReadonlyMap<string, string>,
	findings: Findings
): void {
	for (const locale of locales) {
		const here = [...path, locale];
		if (!marks.test(text[locale])) continue;
		if (form === 'plain') checkPlainTerms(text[locale], here, terms, findings);
		else
			findings.add(
				checkMarkdown(text[locale], findings.file, {
					...noSources,
					terms,
					firstLine: findings.lineOfText(here),
					path: formatPath(here),
					inline: form === 'line'
				})
			);
	}
}

function checkPlainTerms(
	text: string,
	path: Path,
	terms: ReadonlyMap<string, string>,
	findings: Findings
): void {
	for (const [whole, , slug = ''] of text.matchAll(plainTerm)) {
		if (terms.has(slug)) {
			findings.error('term-in-plain-text', path, {
				da: `"${whole}" vises, som det står her; forklar ordet i scenens egen tekst.`,
				en: `"${whole}" is shown here as it stands; explain the word in the text of the scene`
			});
			continue;
		}
		const hint = suggestNearest(slug, terms.keys());
		findings.error('unknown-term', path, {
			da: `Ordlisten har ikke "${slug}"${hint.da}`,
			en: `the glossary has no "${slug}"${hint.en}`
		});
	}
}

const plainTerm = /(?<![\p{L}\p{N}:]):term\[([^\]]*)\](?:\{([^}]*)\})?/gu;
