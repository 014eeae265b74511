import { createHash } from 'node:crypto';
import { makeCatalogue, type Catalogue, type CatalogueParts } from '#lib/content/catalogue.ts';
import { loadCatalogue } from '#lib/content/catalogue.server.ts';
import type { ScenarioLength } from '#lib/content/check-minutes.ts';
import type { Tree } from '#lib/content/check-tree.ts';
import { countWords } from '#lib/content/lix.ts';
import { inEachLocale, type Localised } from '#lib/content/localised.ts';
import { renderMarkdown } from '#lib/content/markdown.ts';
import { hasErrors, type Problem } from '#lib/content/problem.ts';
import type { ScenarioSource, TextFile } from '#lib/content/tree.ts';
import type { Vocabularies } from '#lib/content/vocabulary-files.ts';
import { writeScenario } from './canonical.ts';
import { checkScenario, type Checked } from './check.ts';
import type { Scenario } from './model.ts';
import { presentScenario } from './present.ts';
import { replay, start } from './run.ts';
import { findChoice, findScene, isEnding } from './scenes.ts';
import { gatherVocabulary } from './vocabulary.ts';
import { wayOut } from './ways.ts';

/** A scenario of the library. */
export interface LibraryScenario {
	readonly slug: string;
	readonly scenario: Scenario;
	/** SHA-256 of its canonical text, as hexadecimal digits: the same story in another form, or with other comments, is the same scenario. */
	readonly hash: string;
	/** That canonical text, without comments. */
	readonly source: string;
	/** As the player gets it: Markdown as sanitised HTML, the rest as plain text. */
	readonly presented: Localised<Scenario<string>>;
}

/** Courses, scenarios and what goes with them. */
export interface Library {
	readonly catalogue: Catalogue;
	/** By slug, those with errors left out; what was published here stands in place of a file of its name. */
	readonly scenarios: readonly LibraryScenario[];
	/** Short scenarios, from which refreshers are made for one person. */
	readonly encounters: readonly LibraryScenario[];
	/** The scenario or encounter of that name. */
	scenario(slug: string): LibraryScenario | undefined;
	/**
	 * A scenario from the text of an earlier version, which was sound when it was published; undefined
	 * where it cannot be read. Names that the library no longer knows do not keep it from being played.
	 */
	prepare(source: string, slug: string): LibraryScenario | undefined;
	/** Checks the text of a scenario against the names that this library knows. */
	check(source: string, slug: string): Checked;
	/** What was published on this installation, as it was last put here. */
	readonly shelf: Shelf;
	/** Puts what is published in place of what stood there before: it is found at once, by this process. */
	shelve(shelf: Shelf): void;
}

/** What was published on an installation rather than read from files. */
export interface Shelf {
	/** What may be begun; each wins over the file of its name. */
	readonly scenarios: readonly LibraryScenario[];
	/** The names of all that ever was published: what is private may still be scoped to them. */
	readonly known: ReadonlySet<string>;
	/** The hashes of versions that an author has withdrawn: they are shown to nobody any more. */
	readonly withdrawn: ReadonlySet<string>;
}

const emptyShelf: Shelf = { scenarios: [], known: new Set(), withdrawn: new Set() };

/** A library as plain data: what reading, checking and rendering the courses has come to. */
export interface LibraryParts {
	catalogue: CatalogueParts;
	/** For scenarios of earlier versions. */
	vocabularies: Vocabularies;
	scenarios: readonly LibraryScenario[];
	encounters: readonly LibraryScenario[];
}

/**
 * Reads, checks and renders everything below the given folders, a later one winning by slug. With
 * errors the library holds what can be used.
 */
export function loadLibrary(directories: readonly string[]): {
	library: Library;
	problems: Problem[];
} {
	const { parts, problems } = loadLibraryParts(directories);
	return { library: assembleLibrary(parts), problems };
}

/** The same as plain data, which can be kept for the next start. */
export function loadLibraryParts(directories: readonly string[]): {
	parts: LibraryParts;
	problems: Problem[];
} {
	const checked = new Map<ScenarioSource, Checked>();
	const look = (source: ScenarioSource, { vocabularies }: Tree): Checked => {
		const found = checked.get(source) ?? check(source, vocabularies);
		checked.set(source, found);
		return found;
	};
	const { catalogue, tree, problems } = loadCatalogue(directories, {
		check: (source, tree) => look(source, tree).problems,
		measure: (source, tree) => measureScenario(look(source, tree)),
		listTrained: (source, tree) => listTrained(look(source, tree)),
		readTraining(source, tree) {
			const outcomes = listTrained(look(source, tree));
			return outcomes && { audience: look(source, tree).scenario?.audience ?? [], outcomes };
		}
	});
	const { courses, framework, glossary, contacts, settings, themes, toolbox, evidence } = catalogue;
	const listPresented = (sources: readonly ScenarioSource[]) =>
		sources.flatMap((source) => present(source.slug, look(source, tree), glossary) ?? []);
	const { vocabularies } = tree;
	const parts = {
		courses,
		framework,
		glossary,
		contacts,
		settings,
		themes,
		toolbox,
		evidence
	};
	const scenarios = listPresented(tree.scenarios);
	const encounters = listPresented(tree.encounters);
	return { parts: { catalogue: parts, vocabularies, scenarios, encounters }, problems };
}

/** A library from its parts. */
export function assembleLibrary({
	catalogue,
	vocabularies,
	scenarios,
	encounters
}: LibraryParts): Library {
	return standOpen({
		catalogue: makeCatalogue(catalogue),
		scenarios,
		encounters,
		prepare(text, slug) {
			const { scenario } = check({ text, file: `${slug}.yaml` }, vocabularies);
			return present(slug, { scenario, problems: [] }, catalogue.glossary);
		},
		check: (text, slug) => check({ text, file: `${slug}.yaml` }, vocabularies)
	});
}

/** The same courses and files with an empty shelf of their own. */
export function withOwnShelf(library: Library): Library {
	const files = filesOf.get(library);
	if (!files) throw new TypeError('This library was not assembled here.');
	return standOpen(files);
}

type Files = Omit<Library, 'scenario' | 'shelf' | 'shelve'>;
const filesOf = new WeakMap<Library, Files>();

/** Files with a shelf before them; what is read on every request is one look into a map. */
function standOpen(files: Files): Library {
	let shelf = emptyShelf;
	let scenarios = files.scenarios;
	let bySlug = mapBySlug([...files.encounters, ...files.scenarios]);
	const library: Library = {
		...files,
		get scenarios() {
			return scenarios;
		},
		get shelf() {
			return shelf;
		},
		scenario: (slug) => bySlug.get(slug),
		shelve(next) {
			shelf = next;
			scenarios = [...mapBySlug([...files.scenarios, ...next.scenarios]).values()];
			bySlug = mapBySlug([...files.encounters, ...scenarios]);
		}
	};
	filesOf.set(library, files);
	return library;
}

function mapBySlug(scenarios: readonly LibraryScenario[]): Map<string, LibraryScenario> {
	return new Map(scenarios.map((scenario) => [scenario.slug, scenario]));
}

function check({ text, file }: TextFile, vocabularies: Vocabularies): Checked {
	return checkScenario(text, file, gatherVocabulary([vocabularies]));
}

function present(
	slug: string,
	{ scenario, problems }: Checked,
	glossary: Catalogue['glossary']
): LibraryScenario | undefined {
	if (scenario === null || hasErrors(problems)) return undefined;
	const terms = new Map(glossary.terms.map((term) => [term.slug, term]));
	let texts = 0;
	const presented = inEachLocale((locale) =>
		presentScenario(scenario, locale, (markdown) => {
			texts += 1;
			const idPrefix = `${slug}-${texts}`;
			const options = { locale, terms, sources: new Map(), idPrefix, headingShift: 1 };
			return renderMarkdown(markdown, options).html;
		})
	);
	const source = writeScenario(scenario);
	const hash = createHash('sha256').update(source).digest('hex');
	return { slug, scenario, hash, source, presented };
}

/** Danish words and decisions on the shortest way through a scenario, with what is read on it. */
export function measureScenario({ scenario, problems }: Checked): ScenarioLength | undefined {
	if (scenario === null || hasErrors(problems)) return undefined;
	const moves = wayOut(start(scenario));
	if (moves === undefined) return undefined;
	const { run } = replay(scenario, moves);
	const scenes = [
		...run.passedAtStart,
		...run.path.flatMap(({ from, passed }) => [from, ...passed]),
		run.scene
	];
	const choices = run.path.flatMap(({ from, move }) => findChoice(scenario, from, move) ?? []);
	const texts = [
		...[...new Set(scenes)].flatMap((id) => listTexts(scenario, id)),
		...choices.flatMap(({ text, consequence }) => [text, consequence])
	];
	const words = texts.reduce((sum, text) => sum + countWords(text.da), 0);
	return { words, decisions: choices.length };
}

/** Ids of the outcomes that the choices of a scenario train; undefined where it cannot be played. */
function listTrained({ scenario, problems }: Checked): string[] | undefined {
	if (scenario === null || hasErrors(problems)) return undefined;
	return Object.values(scenario.scenes).flatMap((scene) =>
		isEnding(scene) ? [] : Object.values(scene.choices).flatMap(({ outcomes }) => outcomes ?? [])
	);
}

function listTexts(scenario: Scenario, id: string): Localised[] {
	const scene = findScene(scenario, id);
	if (scene === undefined) return [];
	const says = scene.says ? [scene.says.text] : [];
	return [scene.text, ...says, ...(isEnding(scene) ? [scene.takeaway] : [])];
}
