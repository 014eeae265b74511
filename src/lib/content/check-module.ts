import { checkModuleIllustration } from './check-illustrations.ts';
import { nameUnknown } from './check-vocabularies.ts';
import { errorsIn, warningsIn, type Report } from './findings.ts';
import { locales, type Locale, type Localised } from './localised.ts';
import { kindOf, stepKey, type ModuleFile, type StepFile } from './module-file.ts';
import { suggestNearest } from './nearest.ts';
import type { Problem } from './problem.ts';
import { isSheet } from './sheet.ts';
import type { Path } from './source.ts';
import { shortTextName, type ModuleSource } from './tree.ts';

export interface KnownToModules {
	/** Undefined where they could not be read. */
	outcomes: ReadonlySet<string> | undefined;
	scenarios: ReadonlySet<string>;
}

/** What the shape of module.yaml cannot tell: names that lead nowhere, texts that are missing, steps out of place. */
export function checkModule(module: ModuleSource, known: KnownToModules): Problem[] {
	const { data, source } = module;
	const problems = [...checkShortText(module), ...checkUnusedTexts(module)];
	if (data === null) return problems;
	const error = errorsIn(source);
	return [
		...problems,
		...checkOutcomes(data, known, error),
		...checkContentNote(data, error),
		...checkSources(data, error),
		...checkSourceUse(module, data),
		...checkModuleIllustration(module),
		...checkStepKeys(data.steps, error),
		...checkLanding(data.steps, error),
		...data.steps.flatMap((step, index) => checkStep(step, index, module, known, error))
	];
}

function checkOutcomes(data: ModuleFile, { outcomes }: KnownToModules, error: Report): Problem[] {
	return data.outcomes.flatMap((id, index) => {
		if (data.outcomes.indexOf(id) < index) {
			return [error('duplicate-name', ['outcomes', index], sayTwice(id))];
		}
		if (outcomes === undefined || outcomes.has(id)) return [];
		return [error('unknown-outcome', ['outcomes', index], nameUnknown('outcome', id, outcomes))];
	});
}

function checkContentNote({ contentNote }: ModuleFile, error: Report): Problem[] {
	return locales.flatMap((locale) => {
		if (!contentNote[locale].trim().includes('\n')) return [];
		return [
			error('too-long', ['contentNote', locale], {
				da: 'En indholdsnote er én linje; skriv den uden linjeskift.',
				en: 'a content note is one line; write it without a line break'
			})
		];
	});
}

function checkSources({ sources }: ModuleFile, error: Report): Problem[] {
	return sources.flatMap(({ id }, index) =>
		sources.findIndex((other) => other.id === id) < index
			? [error('duplicate-name', ['sources', index, 'id'], sayTwice(id))]
			: []
	);
}

/** Readers can see what a module rests on: it names something, and shows where each of it belongs. */
function checkSourceUse({ source, texts }: ModuleSource, { sources }: ModuleFile): Problem[] {
	const warn = warningsIn(source);
	if (sources.length === 0) {
		return [
			warn('no-sources', [], {
				da: 'Modulet siger ikke, hvor vi ved det fra; skriv det under "sources".',
				en: 'the module does not say how we know; write it under "sources"'
			})
		];
	}
	const shown = [
		JSON.stringify(source.value),
		...[...texts.values()].flatMap(({ da, en }) => [da?.text ?? '', en?.text ?? ''])
	].join('\n');
	return sources.flatMap(({ id }, index) =>
		shown.includes(`:source{${id}}`)
			? []
			: [
					warn('unused-source', ['sources', index], {
						da: `Ingen tekst viser kilden; skriv ":source{${id}}" efter det, vi ved derfra.`,
						en: `no text shows this source; write ":source{${id}}" after what we know from it`
					})
				]
	);
}

function sayTwice(name: string): Localised {
	return {
		da: `"${name}" står her for anden gang; behold én.`,
		en: `"${name}" stands here for the second time; keep one`
	};
}

function checkStepKeys(steps: readonly StepFile[], error: Report): Problem[] {
	const keys = steps.map((_, index) => stepKey(steps, index));
	return keys.flatMap((key, index) =>
		keys.indexOf(key) < index
			? [
					error('duplicate-step', ['steps', index], {
						da: `To trin i modulet hedder "${key}"; giv det ene et andet id.`,
						en: `two steps of this module are named "${key}"; give one of them another id`
					})
				]
			: []
	);
}

function checkLanding(steps: readonly StepFile[], error: Report): Problem[] {
	const last = steps.length - 1;
	const problems = steps.flatMap((step, index) =>
		kindOf(step) === 'landing' && index < last
			? [
					error('landing-not-last', ['steps', index], {
						da: 'Landingen er modulets sidste trin; flyt den til slutningen.',
						en: 'the landing is the last step of a module; move it to the end'
					})
				]
			: []
	);
	const step = steps[last];
	if (step !== undefined && kindOf(step) === 'landing') return problems;
	return [
		...problems,
		error('no-landing', ['steps'], {
			da: 'Modulet slutter ikke med en landing; skriv et sidste trin "landing".',
			en: 'the module does not end with a landing; write a last step "landing"'
		})
	];
}

function checkStep(
	step: StepFile,
	index: number,
	module: ModuleSource,
	known: KnownToModules,
	error: Report
): Problem[] {
	const path: Path = ['steps', index];
	if ('lesson' in step) {
		return [
			...checkLesson(step.lesson, [...path, 'lesson'], module, error),
			...checkPractised(step, path, module, error)
		];
	}
	if ('scenario' in step) {
		const slugs = typeof step.scenario === 'string' ? [step.scenario] : step.scenario;
		return slugs.flatMap((slug, place) => {
			if (known.scenarios.has(slug)) return [];
			const at = [...path, 'scenario', ...(typeof step.scenario === 'string' ? [] : [place])];
			return [error('unknown-scenario', at, nameUnknown('scenario', slug, known.scenarios))];
		});
	}
	if ('options' in step) return checkOptions(step, path, error);
	if ('items' in step) return checkItems(step.items, path, error);
	if ('pairs' in step) return checkPairs(step.pairs, path, error);
	if ('fields' in step) {
		return [...checkFields(step.fields, path, error), ...checkPractised(step, path, module, error)];
	}
	return [];
}

/** What a step says it has people practise, which its module must teach. */
function checkPractised(
	step: Extract<StepFile, { outcomes: unknown }>,
	path: Path,
	{ data }: ModuleSource,
	error: Report
): Problem[] {
	const taught = data?.outcomes ?? [];
	const problems = step.outcomes.flatMap((id, index) => {
		const at = [...path, 'outcomes', index];
		if (step.outcomes.indexOf(id) < index) return [error('duplicate-name', at, sayTwice(id))];
		if (taught.includes(id)) return [];
		return [
			error('outcome-not-in-module', at, {
				da: `${id} står ikke blandt modulets læringsmål; skriv det også under "outcomes" øverst.`,
				en: `${id} is not among the outcomes of the module; name it under "outcomes" at the top too`
			})
		];
	});
	if (!('lesson' in step) || step.outcomes.length === 0 || isSheet(step.lesson)) return problems;
	return [
		...problems,
		error('not-an-exercise', [...path, 'outcomes'], {
			da: 'At læse er ikke at øve; skriv læringsmålet ved arket til øvelsen, der hedder run-sheet-, hand-out- eller card-.',
			en: 'reading is not practising; name the outcome at the sheet of the exercise, whose name begins with run-sheet-, hand-out- or card-'
		})
	];
}

function checkLesson(name: string, path: Path, module: ModuleSource, error: Report): Problem[] {
	const text = module.texts.get(name);
	if (text === undefined || name === shortTextName) {
		const names = [...module.texts.keys()].filter((other) => other !== shortTextName);
		return [error('unknown-lesson', path, nameUnknown('lesson', name, names))];
	}
	return findMissing(text).map((locale) =>
		error('missing-language', path, {
			da: `Filen ${name}.${locale}.md mangler.`,
			en: `the file ${name}.${locale}.md is missing`
		})
	);
}

function checkOptions(
	step: Extract<StepFile, { options: unknown }>,
	path: Path,
	error: Report
): Problem[] {
	const problems = checkCount(step.options, [...path, 'options'], error);
	const right = step.options.filter((option) => option.right).length;
	if (right === 0) {
		problems.push(
			error('no-right-option', [...path, 'options'], {
				da: 'Ingen af svarene er rigtige; skriv "right: true" ved det rigtige.',
				en: 'none of the options is right; write "right: true" at the right one'
			})
		);
	}
	if (step.check === 'one' && right > 1) {
		problems.push(
			error('several-right-options', [...path, 'options'], {
				da: `${right} svar er rigtige, men man kan kun vælge ét; skriv "check: several".`,
				en: `${right} options are right, but only one can be chosen; write "check: several"`
			})
		);
	}
	return problems;
}

const two = { count: 2, da: 'to', en: 'two' };
/** Of two things there are only two orders. */
const three = { count: 3, da: 'tre', en: 'three' };

function checkItems(
	items: Extract<StepFile, { items: unknown }>['items'],
	path: Path,
	error: Report
): Problem[] {
	const texts = items.map(({ text }) => text);
	return [
		...checkCount(items, [...path, 'items'], error, three),
		...checkDistinct(texts, (place) => [...path, 'items', place, 'text'], error)
	];
}

/** Each side by itself: of two that look the same, nobody can tell which is meant. */
function checkPairs(
	pairs: Extract<StepFile, { pairs: unknown }>['pairs'],
	path: Path,
	error: Report
): Problem[] {
	return [
		...checkCount(pairs, [...path, 'pairs'], error),
		...(['left', 'right'] as const).flatMap((side) => {
			const texts = pairs.map((pair) => pair[side]);
			return checkDistinct(texts, (place) => [...path, 'pairs', place, side], error);
		})
	];
}

function checkFields(
	fields: Extract<StepFile, { fields: unknown }>['fields'],
	path: Path,
	error: Report
): Problem[] {
	const named = fields.flatMap(({ id }, place) =>
		fields.findIndex((other) => other.id === id) < place
			? [error('duplicate-name', [...path, 'fields', place, 'id'], sayTwice(id))]
			: []
	);
	const labels = fields.map(({ label }) => label);
	const place = (index: number) => [...path, 'fields', index, 'label'];
	return [...named, ...checkDistinct(labels, place, error)];
}

/** Texts that stand side by side are told apart by their words, in each language. */
function checkDistinct(
	texts: readonly Localised[],
	locate: (place: number) => Path,
	error: Report
): Problem[] {
	return locales.flatMap((locale) => {
		const told = texts.map((text) => text[locale].trim().toLowerCase());
		return told.flatMap((text, place) =>
			told.indexOf(text) < place
				? [
						error(
							'duplicate-text',
							[...locate(place), locale],
							sayTwice(texts[place]?.[locale] ?? text)
						)
					]
				: []
		);
	});
}

function checkCount(list: readonly unknown[], path: Path, error: Report, fewest = two): Problem[] {
	if (list.length >= fewest.count) return [];
	return [
		error('too-few-options', path, {
			da: `Her er kun ${list.length}; skriv mindst ${fewest.da}.`,
			en: `there ${list.length === 1 ? 'is' : 'are'} only ${list.length} here; write at least ${fewest.en}`
		})
	];
}

function checkShortText({ source, texts }: ModuleSource): Problem[] {
	return findMissing(texts.get(shortTextName) ?? {}).map((locale) =>
		errorsIn(source)('no-text-version', [], {
			da: `Den korte tekst mangler: ${shortTextName}.${locale}.md.`,
			en: `the short text version is missing: ${shortTextName}.${locale}.md`
		})
	);
}

/** Told where the text lies: it may stand in another folder than the module. */
function checkUnusedTexts({ data, texts }: ModuleSource): Problem[] {
	if (data === null) return [];
	const used = data.steps.flatMap((step) => ('lesson' in step ? [step.lesson] : []));
	return [...texts].flatMap(([name, text]) => {
		const file = (text.da ?? text.en)?.file;
		if (name === shortTextName || used.includes(name) || file === undefined) return [];
		const suggestion = suggestNearest(name, used);
		return [
			{
				code: 'unused-lesson',
				severity: 'warning',
				file,
				line: 1,
				path: '',
				message: {
					da: `Ingen trin i modulet viser teksten "${name}"${suggestion.da}`,
					en: `no step of the module shows the text "${name}"${suggestion.en}`
				}
			}
		];
	});
}

function findMissing(text: Partial<Record<Locale, unknown>>): Locale[] {
	return locales.filter((locale) => text[locale] === undefined);
}
