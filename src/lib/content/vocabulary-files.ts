import type * as v from 'valibot';
import { contactsFile, type Contacts } from './contacts.ts';
import { evidenceFile, type Evidence } from './evidence.ts';
import { frameworkFile, type Framework } from './framework.ts';
import { glossaryFile, type Glossary } from './glossary.ts';
import type { Listing } from './listing.ts';
import { placeOf } from './listing.ts';
import type { Problem } from './problem.ts';
import { checkShape, readSource, type Source } from './source.ts';
import { toolboxFile, type Toolbox } from './toolbox.ts';
import { settingsFile, themesFile, type Setting, type Theme } from './vocabularies.ts';

/** One of the files at the top of a tree, as one of the trees has it. */
export interface VocabularyFile<Value> {
	source: Source;
	value: Value;
}

/** What all trees together know; where two name the same thing, the later one holds. */
export interface Vocabularies {
	framework: Framework;
	glossary: Glossary;
	contacts: Contacts;
	settings: readonly Setting[];
	themes: readonly Theme[];
	toolbox: Toolbox;
	evidence: Evidence;
}

/** The same, as the files have it, for faults to be told with their lines. */
export interface VocabularyFiles {
	framework: VocabularyFile<Framework>[];
	glossary: VocabularyFile<Glossary>[];
	contacts: VocabularyFile<Contacts>[];
	settings: VocabularyFile<{ settings: Setting[] }>[];
	themes: VocabularyFile<{ themes: Theme[] }>[];
	toolbox: VocabularyFile<Toolbox>[];
	evidence: VocabularyFile<Evidence>[];
}

export interface ReadVocabularies {
	vocabularies: Vocabularies;
	files: VocabularyFiles;
	/** Names of files that could not be read whole, so that what they define is not known. */
	broken: ReadonlySet<keyof VocabularyFiles>;
	problems: Problem[];
}

/** Reads the files at the top of all trees. */
export function readVocabularies(listings: readonly Listing[]): ReadVocabularies {
	const broken = new Set<keyof VocabularyFiles>();
	const problems: Problem[] = [];
	const read = <Schema extends v.GenericSchema>(name: keyof VocabularyFiles, schema: Schema) => {
		const result = readFiles(listings, `${name}.yaml`, schema);
		problems.push(...result.problems);
		if (result.broken) broken.add(name);
		return result.files;
	};
	const files: VocabularyFiles = {
		framework: read('framework', frameworkFile),
		glossary: read('glossary', glossaryFile),
		contacts: read('contacts', contactsFile),
		settings: read('settings', settingsFile),
		themes: read('themes', themesFile),
		toolbox: read('toolbox', toolboxFile),
		evidence: read('evidence', evidenceFile)
	};
	return { vocabularies: mergeFiles(files), files, broken, problems };
}

function readFiles<Schema extends v.GenericSchema>(
	listings: readonly Listing[],
	name: string,
	schema: Schema
): { files: VocabularyFile<v.InferOutput<Schema>>[]; broken: boolean; problems: Problem[] } {
	const files: VocabularyFile<v.InferOutput<Schema>>[] = [];
	const problems: Problem[] = [];
	let broken = false;
	let found = false;
	for (const listing of listings) {
		const text = listing.files.get(name);
		if (text === undefined) continue;
		found = true;
		const { source, problems: unreadable } = readSource(text, placeOf(listing, name));
		const shape = source === null ? undefined : checkShape(schema, source);
		problems.push(...unreadable, ...(shape?.problems ?? []));
		if (source === null || shape === undefined || shape.output === null) broken = true;
		else files.push({ source, value: shape.output });
	}
	const first = listings[0];
	if (!found && first !== undefined) {
		broken = true;
		problems.push({
			code: 'missing-file',
			severity: 'error',
			file: placeOf(first, name),
			line: 1,
			path: '',
			message: { da: `Filen ${name} mangler.`, en: `the file ${name} is missing` }
		});
	}
	return { files, broken, problems };
}

function mergeFiles(files: VocabularyFiles): Vocabularies {
	const { framework, glossary, contacts, settings, themes, toolbox, evidence } = files;
	const bySlug = ({ slug }: { slug: string }) => slug;
	const byId = ({ id }: { id: string }) => id;
	return {
		framework: {
			levels: merge(
				framework.map(({ value }) => value.levels),
				bySlug
			),
			areas: merge(
				framework.map(({ value }) => value.areas),
				bySlug
			),
			outcomes: merge(
				framework.map(({ value }) => value.outcomes),
				byId
			),
			uncovered: merge(
				framework.map(({ value }) => value.uncovered),
				byId
			)
		},
		glossary: {
			terms: merge(
				glossary.map(({ value }) => value.terms),
				bySlug
			),
			avoid: merge(
				glossary.map(({ value }) => value.avoid),
				({ word }) => word
			)
		},
		contacts: {
			local: merge(
				contacts.map(({ value }) => value.local),
				bySlug
			),
			contacts: merge(
				contacts.map(({ value }) => value.contacts),
				bySlug
			)
		},
		settings: merge(
			settings.map(({ value }) => value.settings),
			bySlug
		),
		themes: merge(
			themes.map(({ value }) => value.themes),
			bySlug
		),
		toolbox: {
			groups: merge(
				toolbox.map(({ value }) => value.groups),
				bySlug
			),
			tools: merge(
				toolbox.map(({ value }) => value.tools),
				bySlug
			)
		},
		evidence: {
			topics: merge(
				evidence.map(({ value }) => value.topics),
				bySlug
			)
		}
	};
}

function merge<Item>(lists: readonly (readonly Item[])[], nameOf: (item: Item) => string): Item[] {
	const merged = new Map<string, Item>();
	for (const item of lists.flat()) merged.set(nameOf(item), item);
	return [...merged.values()];
}
