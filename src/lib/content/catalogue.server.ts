import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeCatalogue, type Catalogue } from './catalogue.ts';
import { checkTree, type ScenarioKnowledge, type Tree } from './check-tree.ts';
import type { Course } from './course.ts';
import { chooseModules } from './course-modules.ts';
import type { Listing } from './listing.ts';
import type { TermNote } from './markdown.ts';
import type { Problem } from './problem.ts';
import { renderModule } from './render-module.ts';
import type { CourseSource } from './tree.ts';

/** All content that is read; other files, such as pictures, are nobody's business here. */
const readable = /\.(?:ya?ml|md)$/u;

export interface LoadedCatalogue {
	catalogue: Catalogue;
	/** Read, but not rendered: what those who know scenarios need. */
	tree: Tree;
	problems: Problem[];
}

/**
 * Reads, checks and renders the trees in the given folders, a later one winning by slug. With errors
 * the catalogue holds what could be read.
 */
export function loadCatalogue(
	directories: readonly string[],
	scenarios: ScenarioKnowledge = {}
): LoadedCatalogue {
	const { tree, problems } = checkTree(directories.map(readListing), scenarios);
	return { catalogue: renderCatalogue(tree), tree, problems };
}

/**
 * Lists the texts below a folder.
 *
 * @throws {Error} where the folder is not there.
 */
export function readListing(directory: string): Listing {
	const files = new Map<string, string>();
	for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile() || !readable.test(entry.name)) continue;
		const file = join(entry.parentPath, entry.name);
		const path = file.slice(join(directory, '/').length).replaceAll('\\', '/');
		if (path.startsWith('node_modules/')) continue;
		files.set(path, readFileSync(file, 'utf8'));
	}
	return { root: directory, files };
}

function renderCatalogue({ vocabularies, courses }: Tree): Catalogue {
	const terms = new Map(vocabularies.glossary.terms.map((term) => [term.slug, term]));
	return freeze(
		makeCatalogue({
			...vocabularies,
			courses: courses.flatMap((course) => renderCourse(course, terms) ?? [])
		})
	);
}

function renderCourse(
	source: CourseSource,
	terms: ReadonlyMap<string, TermNote>
): Course | undefined {
	const { data, slug } = source;
	if (data === null) return undefined;
	const chosen = chooseModules(source);
	const body = joinFiles(source.files);
	const modules = chosen.modules.flatMap((module) => renderModule(module, slug, terms) ?? []);
	return {
		slug,
		title: data.title,
		summary: data.summary,
		level: data.level,
		roles: data.roles,
		requires: data.requires,
		dueDays: data.dueDays,
		renew: data.renew,
		version: createHash('sha256').update(body).digest('hex'),
		body,
		modules,
		refresher: chosen.refresher && renderModule(chosen.refresher, slug, terms),
		paths: chosen.paths
	};
}

/** All files as one text; lengths keep one file's end from being read as another's beginning. */
function joinFiles(files: CourseSource['files']): string {
	return files
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([path, text]) => `${path}\n${Buffer.byteLength(text)}\n${text}`)
		.join('');
}

function freeze<Value>(value: Value): Value {
	if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
	Object.freeze(value);
	for (const inner of Object.values(value)) freeze(inner);
	return value;
}
