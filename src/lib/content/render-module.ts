import { findIllustration } from '#lib/ui/illustrations.ts';
import type { Module, Step } from './course.ts';
import type { Html } from './html.ts';
import { inEachLocale, type Localised } from './localised.ts';
import { renderInline, renderMarkdown, type RenderedText, type TermNote } from './markdown.ts';
import { mixPlaces } from './mix.ts';
import { localiseSource, stepKey, type ModuleFile, type StepFile } from './module-file.ts';
import { splitBlocks } from './plain-text.ts';
import { shortTextName, type ModuleSource } from './tree.ts';

/** Renders a module in every language; undefined where module.yaml has faults of shape. */
export function renderModule(
	module: ModuleSource,
	course: string,
	terms: ReadonlyMap<string, TermNote>
): Module | undefined {
	const { data, slug } = module;
	if (data === null) return undefined;
	const sources = data.sources.map(({ id, text }) => ({ id, text: localiseSource(text) }));
	const page = new Page(
		`${course}-${slug}`,
		terms,
		new Map(sources.map(({ id, text }) => [id, text]))
	);
	return {
		slug,
		title: data.title,
		summary: data.summary,
		minutes: data.minutes,
		outcomes: data.outcomes,
		contentNote: data.contentNote,
		sources,
		illustration: findIllustration(data.illustration ?? slug),
		steps: data.steps.map((step, index) => renderStep(step, data, index, module, page)),
		shortText: page.renderFile(module, shortTextName, shortTextName)
	};
}

/** Renders the texts of one module, so that no two explanations on a page share an id. */
class Page {
	readonly name: string;
	readonly #terms: ReadonlyMap<string, TermNote>;
	readonly #sources: ReadonlyMap<string, Localised>;
	#texts = 0;

	constructor(
		name: string,
		terms: ReadonlyMap<string, TermNote>,
		sources: ReadonlyMap<string, Localised>
	) {
		this.name = name;
		this.#terms = terms;
		this.#sources = sources;
	}

	renderFile({ texts }: ModuleSource, name: string, key: string): Localised<RenderedText> {
		return inEachLocale((locale) =>
			renderMarkdown(texts.get(name)?.[locale]?.text ?? '', this.#optionsFor(locale, key))
		);
	}

	renderBlock(text: Localised, key: string): Localised<Html> {
		return inEachLocale(
			(locale) => renderMarkdown(text[locale], this.#optionsFor(locale, key)).html
		);
	}

	renderLine(text: Localised, key: string): Localised<Html> {
		return inEachLocale((locale) => renderInline(text[locale], this.#optionsFor(locale, key)));
	}

	#optionsFor(locale: 'da' | 'en', key: string) {
		this.#texts += 1;
		return {
			locale,
			terms: this.#terms,
			sources: this.#sources,
			idPrefix: `${this.name}-${key}-${this.#texts}`
		};
	}
}

function renderStep(
	step: StepFile,
	{ steps }: ModuleFile,
	index: number,
	module: ModuleSource,
	page: Page
): Step {
	const key = stepKey(steps, index);
	const line = (text: Localised) => page.renderLine(text, key);
	const block = (text: Localised) => page.renderBlock(text, key);
	if ('lesson' in step) {
		const text = page.renderFile(module, step.lesson, key);
		return { kind: 'lesson', key, text, outcomes: step.outcomes };
	}
	if ('check' in step) return renderCheck(step, key, `${page.name}/${key}`, line);
	if ('scenario' in step) {
		const scenarios = typeof step.scenario === 'string' ? [step.scenario] : step.scenario;
		return { kind: 'scenario', key, scenarios, intro: step.intro && block(step.intro) };
	}
	if ('reflection' in step) {
		return { kind: 'reflection', key, prompt: block(step.reflection), hint: step.hint };
	}
	if ('landing' in step) return { kind: 'landing', key, text: block(step.landing) };
	const { task, title, text, outcomes, fields } = step;
	return {
		kind: 'task',
		key,
		task,
		title,
		text: text && block(text),
		outcomes,
		fields: fields.map(({ id, kind, label, hint }) => ({ id, kind, label, hint }))
	};
}

function renderCheck(
	step: Extract<StepFile, { check: unknown }>,
	key: string,
	seed: string,
	line: (text: Localised) => Localised<Html>
): Step {
	const common = { kind: 'check', key, question: line(step.question) } as const;
	if (step.check === 'order') {
		const ids = mixIds(step.items.length, seed);
		const items = step.items.map(({ text, why }, index) => ({
			id: ids[index] ?? '',
			text: line(text),
			why: line(why)
		}));
		return { ...common, form: step.check, items, offered: ids.toSorted() };
	}
	if (step.check === 'match') {
		const ids = mixIds(step.pairs.length, seed);
		const pairs = step.pairs.map(({ left, right, why }, index) => ({
			id: ids[index] ?? '',
			left: line(left),
			right: line(right),
			rightName: inEachLocale((locale) => splitBlocks(right[locale]).join(' ')),
			why: line(why)
		}));
		return { ...common, form: step.check, pairs, offered: ids.toSorted() };
	}
	const options = step.options.map(({ text, right, why }, index) => ({
		id: nameId(index),
		text: line(text),
		right,
		why: line(why)
	}));
	return { ...common, form: step.check, options };
}

/**
 * Ids for things in their right order, so that the ids in their own order are the order in which the
 * things are offered.
 */
function mixIds(count: number, seed: string): string[] {
	const offered = mixPlaces(count, seed);
	return offered.map((_, place) => nameId(offered.indexOf(place)));
}

function nameId(index: number): string {
	return String(index + 1).padStart(2, '0');
}
