import { checkCourse } from './check-course.ts';
import { checkCoverage } from './check-coverage.ts';
import { checkEncounters, type TrainingOfScenario } from './check-encounters.ts';
import { checkYamlLinks } from './check-links.ts';
import { checkMinutes, type MeasureScenario } from './check-minutes.ts';
import { checkModule } from './check-module.ts';
import { checkOwnStory } from './check-own-story.ts';
import { checkPairs, checkTerms, makeTermFinder, type FindTerms } from './check-terms.ts';
import {
	checkModuleTexts,
	checkYamlMarkdown,
	checkYamlWords,
	type TextRules
} from './check-texts.ts';
import { checkEvidence, checkToolbox } from './check-toolbox.ts';
import { checkVocabularies } from './check-vocabularies.ts';
import { listAvoidedWords, listTaughtWords } from './glossary.ts';
import type { Listing } from './listing.ts';
import { listOwnPages } from './own-pages.ts';
import { sortProblems, type Problem } from './problem.ts';
import { readSource, type Path, type Source } from './source.ts';
import { readCourses, type CourseSource, type ModuleSource, type ScenarioSource } from './tree.ts';
import { readVocabularies, type ReadVocabularies, type Vocabularies } from './vocabulary-files.ts';

/** Everything that lies in the trees, checked but not rendered. */
export interface Tree {
	vocabularies: Vocabularies;
	courses: readonly CourseSource[];
	scenarios: readonly ScenarioSource[];
	/** Short scenarios for refreshers that are made for one person. */
	encounters: readonly ScenarioSource[];
}

/** What is known of scenarios by those who can read them. */
export interface ScenarioKnowledge {
	check?: (scenario: ScenarioSource, tree: Tree) => readonly Problem[];
	measure?: (scenario: ScenarioSource, tree: Tree) => ReturnType<MeasureScenario>;
	/** Ids of the outcomes that its choices train; undefined where it cannot be read. */
	listTrained?: (scenario: ScenarioSource, tree: Tree) => readonly string[] | undefined;
	/** For whom it is, and what its decisions train; undefined where it cannot be read. */
	readTraining?: (scenario: ScenarioSource, tree: Tree) => TrainingOfScenario | undefined;
}

/**
 * Reads the trees and tells every fault at once, in the order of files and lines. Later trees win by
 * slug, and may use what earlier ones define.
 */
export function checkTree(
	listings: readonly Listing[],
	scenarios: ScenarioKnowledge = {}
): { tree: Tree; problems: Problem[] } {
	const read = readVocabularies(listings);
	const { courses, scenarios: found, encounters, problems: unreadable } = readCourses(listings);
	const tree: Tree = { vocabularies: read.vocabularies, courses, scenarios: found, encounters };
	const bySlug = new Map(found.map((scenario) => [scenario.slug, scenario]));
	const measure: MeasureScenario = (slug) => {
		const scenario = bySlug.get(slug);
		return scenario && scenarios.measure?.(scenario, tree);
	};
	const rules = makeRules(read, tree);
	const problems = [
		...read.problems,
		...unreadable,
		...checkVocabularies(read),
		...checkReferenceFiles(read, rules),
		...listSources(read).flatMap((source) => [
			...checkYamlWords(source, rules),
			...checkYamlLinks(source, rules.pages)
		]),
		...courses.flatMap((course) => checkWholeCourse(course, tree, read.broken, rules, measure)),
		...[...found, ...encounters].flatMap((scenario) => [
			...checkScenarioTexts(scenario, rules),
			...(scenarios.check?.(scenario, tree) ?? [])
		]),
		...checkCoverage(tree, read, gatherTrained(tree, scenarios)),
		...checkEncounters(tree, (scenario) => scenarios.readTraining?.(scenario, tree))
	];
	return { tree, problems: sortProblems(dropTwins(problems)) };
}

function gatherTrained(
	tree: Tree,
	{ listTrained }: ScenarioKnowledge
): ReadonlySet<string> | undefined {
	const lists = tree.scenarios.map((scenario) => listTrained?.(scenario, tree));
	const known = lists.filter((list) => list !== undefined);
	// A scenario that cannot be read may train anything.
	return known.length < lists.length ? undefined : new Set(known.flat());
}

function listSources({ files }: ReadVocabularies): Source[] {
	const { framework, glossary, contacts, settings, themes, toolbox, evidence } = files;
	return [framework, glossary, contacts, settings, themes, toolbox, evidence]
		.flat()
		.map(({ source }) => source);
}

interface Rules extends TextRules {
	findTerms: FindTerms;
}

/** What people look things up in. */
function checkReferenceFiles(
	{ files, vocabularies }: ReadVocabularies,
	rules: TextRules
): Problem[] {
	const groups = new Set(vocabularies.toolbox.groups.map(({ slug }) => slug));
	return [
		...files.toolbox.flatMap((file) => checkToolbox(file, groups, rules)),
		...files.evidence.flatMap((file) => checkEvidence(file, rules))
	];
}

function makeRules({ vocabularies, broken }: ReadVocabularies, tree: Tree): Rules {
	const { glossary } = vocabularies;
	return {
		terms: broken.has('glossary')
			? undefined
			: new Map(glossary.terms.map((term) => [term.slug, term])),
		findTerms: makeTermFinder(glossary),
		taught: listTaughtWords(glossary),
		avoid: listAvoidedWords(glossary),
		pages: listOwnPages({ ...tree, broken })
	};
}

function checkWholeCourse(
	course: CourseSource,
	{ vocabularies, courses, scenarios }: Tree,
	broken: ReadVocabularies['broken'],
	rules: Rules,
	measure: MeasureScenario
): Problem[] {
	const { levels, outcomes } = vocabularies.framework;
	const knowsFramework = !broken.has('framework');
	const known = {
		levels: knowsFramework ? new Set(levels.map(({ slug }) => slug)) : undefined,
		outcomes: knowsFramework ? new Set(outcomes.map(({ id }) => id)) : undefined,
		courses: new Set(courses.map(({ slug }) => slug)),
		scenarios: new Set(scenarios.map(({ slug }) => slug))
	};
	return [
		...checkCourse(course, known),
		...checkYamlWords(course.source, rules),
		...course.modules.flatMap((module) => [
			...checkModule(module, known),
			...checkModuleTexts(module, course.data?.level, rules),
			...checkTerms(module, rules.findTerms),
			...checkPairs(module, rules.terms),
			...checkYamlWords(module.source, rules),
			...checkOwnStory(module.source, asksInModule),
			...checkModuleMarkdown(module, rules),
			...checkMinutes(module, measure)
		])
	];
}

function checkModuleMarkdown(
	{ source, data }: ModuleSource,
	{ terms, pages }: TextRules
): Problem[] {
	const sources = data === null ? undefined : new Map(data.sources.map(({ id }) => [id, true]));
	return checkYamlMarkdown(source, { terms, sources, pages }, findFormInModule);
}

// As the module's steps are rendered.
function findFormInModule(path: Path): 'block' | 'inline' | 'plain' {
	const key = String(path.at(-1));
	if (path[0] !== 'steps' || ['title', 'label', 'hint'].includes(key)) return 'plain';
	const isBlock = path.length === 3 && ['reflection', 'landing', 'text', 'intro'].includes(key);
	return isBlock ? 'block' : 'inline';
}

/** Reflections and tasks. Questions with answers may quote somebody who asks what nobody should. */
function asksInModule([top, , key]: Path): boolean {
	return top === 'steps' && ['reflection', 'hint', 'title', 'text', 'fields'].includes(String(key));
}

/** What a facilitator asks the room. */
function asksInScenario(path: Path): boolean {
	return path.includes('facilitator') && path.includes('ask');
}

// All else is told by those who know scenarios.
function checkScenarioTexts({ file, text }: ScenarioSource, rules: TextRules): Problem[] {
	const { source } = readSource(text, file);
	if (source === null) return [];
	return [
		...checkYamlWords(source, rules),
		...checkYamlLinks(source, rules.pages),
		...checkOwnStory(source, asksInScenario)
	];
}

function dropTwins(problems: readonly Problem[]): Problem[] {
	const seen = new Set<string>();
	return problems.filter(({ file, line, code, path, message }) => {
		const identity = [file, line, code, path, message.en].join('\n');
		if (seen.has(identity)) return false;
		seen.add(identity);
		return true;
	});
}
