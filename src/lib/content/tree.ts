import { courseFile, type CourseFile } from './course-file.ts';
import { placeOf, type Listing } from './listing.ts';
import type { Locale, Localised } from './localised.ts';
import { moduleFile, type ModuleFile } from './module-file.ts';
import type { Problem } from './problem.ts';
import { isSlug } from './slug.ts';
import { checkShape, readSource, type Source } from './source.ts';
import { tracks } from './track.ts';

export interface TextFile {
	file: string;
	text: string;
}

export interface ModuleSource {
	/** Name of the folder without its number. */
	slug: string;
	/** Name of the folder. */
	directory: string;
	source: Source;
	/** Null where module.yaml has faults of shape. */
	data: ModuleFile | null;
	/** The Markdown files by name, such as what-happens, in the languages they are there in. */
	texts: ReadonlyMap<string, Partial<Localised<TextFile>>>;
}

export interface CourseSource {
	slug: string;
	source: Source;
	/** Null where course.yaml has faults of shape. */
	data: CourseFile | null;
	/** Every module that has a module.yaml, by the number of its folder. */
	modules: readonly ModuleSource[];
	/** Path below the course's folder and text of each of its files, by path. */
	files: readonly (readonly [path: string, text: string])[];
}

export interface ScenarioSource extends TextFile {
	/** The file's name without .yaml. */
	slug: string;
}

/** The folders that hold scenarios: the long ones, and the short ones of refreshers, which are met once. */
const scenarioFolders = ['scenarios', 'refreshers'] as const;

/** Name of the Markdown files that hold a module's short text version. */
export const shortTextName = 'text';

const topFiles = [
	'framework',
	'glossary',
	'contacts',
	'settings',
	'themes',
	'toolbox',
	'evidence'
].map((name) => `${name}.yaml`);

/**
 * Courses and scenarios of all trees; where two have the same slug, the later one holds. A course folder
 * without a course.yaml is laid over the course of that slug in an earlier tree: a module with its own
 * module.yaml takes the place of the one of its slug or is added, other texts take the place of the text
 * of their name, and all else stays as it was.
 */
export function readCourses(listings: readonly Listing[]): {
	courses: CourseSource[];
	scenarios: ScenarioSource[];
	/** Short scenarios for refreshers that are made for one person. */
	encounters: ScenarioSource[];
	problems: Problem[];
} {
	const courses = new Map<string, CourseFolder>();
	const found = {
		scenarios: new Map<string, ScenarioSource>(),
		refreshers: new Map<string, ScenarioSource>()
	};
	const problems: Problem[] = [];
	for (const listing of listings) {
		for (const [directory, files] of groupByFolder(listing.files)) {
			if (directory === '') {
				const placed = [...files.keys()].map((path) => [path, placeOf(listing, path)] as const);
				problems.push(...reportStrayFiles(placed, topFiles));
			} else if (isScenarioFolder(directory)) {
				for (const scenario of listScenarios(listing, directory, files)) {
					found[directory].set(scenario.slug, scenario);
				}
			} else {
				const own = placeFolder(listing, directory, files);
				const earlier = courses.get(directory);
				const isLaidOver = earlier !== undefined && !files.has('course.yaml');
				courses.set(directory, isLaidOver ? layOver(earlier, own) : own);
			}
		}
	}
	const read = [...courses].map(([slug, folder]) => readCourse(slug, folder));
	return {
		courses: read
			.flatMap(({ course }) => course ?? [])
			.toSorted((a, b) => trackOrder(a.slug) - trackOrder(b.slug)),
		scenarios: [...found.scenarios.values()],
		encounters: [...found.refreshers.values()],
		problems: [...problems, ...read.flatMap((course) => course.problems)]
	};
}

type ScenarioFolder = (typeof scenarioFolders)[number];

function isScenarioFolder(directory: string): directory is ScenarioFolder {
	return scenarioFolders.some((folder) => folder === directory);
}

/** The files of a course, by their paths within it, each with where it lies. */
interface CourseFolder {
	/** Where the course itself lies. */
	place: string;
	files: ReadonlyMap<string, TextFile>;
}

function placeFolder(listing: Listing, slug: string, files: Files): CourseFolder {
	const placed = [...files].map(([path, text]): [string, TextFile] => [
		path,
		{ file: placeOf(listing, `${slug}/${path}`), text }
	]);
	return { place: placeOf(listing, slug), files: new Map(placed) };
}

function layOver(earlier: CourseFolder, own: CourseFolder): CourseFolder {
	const files = new Map(earlier.files);
	for (const [directory, ownFiles] of groupByFolder(own.files)) {
		const theirs =
			[...groupByFolder(earlier.files).keys()].find(
				(name) => name !== '' && moduleSlug(name) === moduleSlug(directory)
			) ?? directory;
		const isWhole = ownFiles.has('module.yaml');
		for (const path of earlier.files.keys()) {
			if (isWhole && path.startsWith(`${theirs}/`)) files.delete(path);
		}
		const within = isWhole ? directory : theirs;
		for (const [path, text] of ownFiles) {
			files.set(directory === '' ? path : `${within}/${path}`, text);
		}
	}
	return { place: earlier.place, files };
}

function moduleSlug(directory: string): string {
	return directory.replace(/^\d+-/u, '');
}

// The tracks come first, in the order in which people meet them; other courses keep their own order.
function trackOrder(slug: string): number {
	const place = tracks.findIndex((track) => track === slug);
	return place === -1 ? tracks.length : place;
}

type Files = ReadonlyMap<string, string>;

/** Files by their first folder, the empty name for those in none, by their paths within it; hidden ones are left out. */
function groupByFolder<File>(files: ReadonlyMap<string, File>): Map<string, Map<string, File>> {
	const groups = new Map<string, Map<string, File>>();
	const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
	for (const [path, text] of sorted) {
		if (path.split('/').some((part) => part.startsWith('.'))) continue;
		const cut = path.indexOf('/');
		const folder = cut === -1 ? '' : path.slice(0, cut);
		const group = groups.get(folder) ?? new Map<string, File>();
		group.set(path.slice(cut + 1), text);
		groups.set(folder, group);
	}
	return groups;
}

function listScenarios(listing: Listing, folder: ScenarioFolder, files: Files): ScenarioSource[] {
	return [...files]
		.filter(([path]) => path.endsWith('.yaml') && !path.includes('/'))
		.map(([path, text]) => ({
			slug: path.slice(0, -'.yaml'.length),
			file: placeOf(listing, `${folder}/${path}`),
			text
		}));
}

function readCourse(
	slug: string,
	{ place, files }: CourseFolder
): { course: CourseSource | undefined; problems: Problem[] } {
	const problems: Problem[] = [];
	if (!isSlug(slug)) problems.push(reportFolder(place, slug));
	const main = files.get('course.yaml');
	if (main === undefined) {
		problems.push(reportMissing(`${place}/course.yaml`, 'course.yaml'));
		return { course: undefined, problems };
	}
	const { source, problems: unreadable } = readSource(main.text, main.file);
	problems.push(...unreadable);
	const shape = source === null ? undefined : checkShape(courseFile, source);
	problems.push(...(shape?.problems ?? []));

	const modules: ModuleSource[] = [];
	for (const [directory, moduleFiles] of groupByFolder(files)) {
		if (directory === '') {
			const placed = [...moduleFiles].map(([path, { file }]) => [path, file] as const);
			problems.push(...reportStrayFiles(placed, ['course.yaml']));
			continue;
		}
		const read = readModule(directory, moduleFiles);
		problems.push(...read.problems);
		if (read.module) modules.push(read.module);
	}
	problems.push(...reportTwins(modules));
	const empty: Source = { file: main.file, value: null, lineOf: () => 1, lineOfText: () => 1 };
	const course = {
		slug,
		source: source ?? empty,
		data: shape?.output ?? null,
		modules: modules.toSorted((a, b) => numberOf(a.directory) - numberOf(b.directory)),
		files: [...files].map(([path, { text }]) => [path, text] as const)
	};
	return { course, problems };
}

function readModule(
	directory: string,
	files: ReadonlyMap<string, TextFile>
): { module: ModuleSource | undefined; problems: Problem[] } {
	const problems: Problem[] = [];
	const main = files.get('module.yaml');
	const [path = '', any] = [...files][0] ?? [];
	const folder = (main ?? any)?.file.slice(0, -(main ? 'module.yaml' : path).length - 1) ?? '';
	if (!/^\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(directory)) {
		problems.push({
			...reportFolder(folder, directory),
			message: {
				da: `Mappen "${directory}" skal begynde med to tal og en bindestreg og have et navn med små bogstaver, for eksempel 01-what-is-trauma.`,
				en: `the folder "${directory}" must begin with two digits and a hyphen, followed by a name in kebab-case, such as 01-what-is-trauma`
			}
		});
	}
	const { texts, problems: stray } = readTexts(files);
	problems.push(...stray);
	if (main === undefined) {
		problems.push(reportMissing(`${folder}/module.yaml`, 'module.yaml'));
		return { module: undefined, problems };
	}
	const { source, problems: unreadable } = readSource(main.text, main.file);
	problems.push(...unreadable);
	if (source === null) return { module: undefined, problems };
	const shape = checkShape(moduleFile, source);
	problems.push(...shape.problems);
	const slug = moduleSlug(directory);
	return { module: { slug, directory, source, data: shape.output, texts }, problems };
}

function readTexts(files: ReadonlyMap<string, TextFile>): {
	texts: Map<string, Partial<Localised<TextFile>>>;
	problems: Problem[];
} {
	const texts = new Map<string, Partial<Localised<TextFile>>>();
	const problems: Problem[] = [];
	for (const [path, text] of files) {
		if (path === 'module.yaml') continue;
		const match = /^(?<name>[^/]+)\.(?<locale>da|en)\.md$/u.exec(path);
		const { name, locale } = match?.groups ?? {};
		if (name === undefined || locale === undefined) {
			problems.push(reportStray(text.file));
			continue;
		}
		// The expression above lets only these two through.
		texts.set(name, { ...texts.get(name), [locale as Locale]: text });
	}
	return { texts, problems };
}

function numberOf(directory: string): number {
	return Number.parseInt(directory, 10) || 0;
}

function reportTwins(modules: readonly ModuleSource[]): Problem[] {
	return modules.flatMap((module, index) => {
		const twin = modules.slice(0, index).find((other) => other.slug === module.slug);
		if (twin === undefined) return [];
		return [
			{
				...reportFolder(module.source.file, module.directory),
				code: 'duplicate-module',
				message: {
					da: `Kurset har to moduler, der hedder "${module.slug}": ${twin.directory} og ${module.directory}.`,
					en: `the course has two modules named "${module.slug}": ${twin.directory} and ${module.directory}`
				}
			}
		];
	});
}

function reportFolder(file: string, name: string): Problem {
	return {
		code: 'bad-directory',
		severity: 'error',
		file,
		line: 1,
		path: '',
		message: {
			da: `Mappen "${name}" skal have et navn med små bogstaver, tal og bindestreger.`,
			en: `the folder "${name}" needs a name in kebab-case`
		}
	};
}

function reportMissing(file: string, name: string): Problem {
	return {
		code: 'missing-file',
		severity: 'error',
		file,
		line: 1,
		path: '',
		message: { da: `Filen ${name} mangler.`, en: `the file ${name} is missing` }
	};
}

/** Files beside those that are read; what a folder says about itself is not meant. */
function reportStrayFiles(
	files: Iterable<readonly [path: string, file: string]>,
	known: readonly string[]
): Problem[] {
	return [...files]
		.filter(([path]) => !known.includes(path) && !/^(?:README|LICEN[CS]E)/iu.test(path))
		.map(([, file]) => reportStray(file));
}

function reportStray(file: string): Problem {
	return {
		code: 'unknown-file',
		severity: 'warning',
		file,
		line: 1,
		path: '',
		message: {
			da: 'Filen bruges ikke; tekster hedder navn.da.md og navn.en.md.',
			en: 'this file is not used; texts are named name.da.md and name.en.md'
		}
	};
}
