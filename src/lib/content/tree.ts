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

/** Courses and scenarios of all trees; where two have the same slug, the later one holds. */
export function readCourses(listings: readonly Listing[]): {
	courses: CourseSource[];
	scenarios: ScenarioSource[];
	problems: Problem[];
} {
	const courses = new Map<string, CourseSource>();
	const scenarios = new Map<string, ScenarioSource>();
	const problems: Problem[] = [];
	for (const listing of listings) {
		for (const [directory, files] of groupByFolder(listing.files)) {
			if (directory === '') {
				problems.push(...reportStrayFiles(listing, '', files, topFiles));
			} else if (directory === 'scenarios') {
				for (const scenario of listScenarios(listing, files)) {
					scenarios.set(scenario.slug, scenario);
				}
			} else {
				const { course, problems: found } = readCourse(listing, directory, files);
				problems.push(...found);
				if (course) courses.set(course.slug, course);
			}
		}
	}
	return {
		courses: [...courses.values()].toSorted((a, b) => trackOrder(a.slug) - trackOrder(b.slug)),
		scenarios: [...scenarios.values()],
		problems
	};
}

// The tracks come first, in the order in which people meet them; other courses keep their own order.
function trackOrder(slug: string): number {
	const place = tracks.findIndex((track) => track === slug);
	return place === -1 ? tracks.length : place;
}

type Files = ReadonlyMap<string, string>;

function groupByFolder(files: Files): Map<string, Map<string, string>> {
	const groups = new Map<string, Map<string, string>>();
	const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
	for (const [path, text] of sorted) {
		if (path.split('/').some((part) => part.startsWith('.'))) continue;
		const cut = path.indexOf('/');
		const folder = cut === -1 ? '' : path.slice(0, cut);
		const group = groups.get(folder) ?? new Map<string, string>();
		group.set(path.slice(cut + 1), text);
		groups.set(folder, group);
	}
	return groups;
}

function listScenarios(listing: Listing, files: Files): ScenarioSource[] {
	return [...files]
		.filter(([path]) => path.endsWith('.yaml') && !path.includes('/'))
		.map(([path, text]) => ({
			slug: path.slice(0, -'.yaml'.length),
			file: placeOf(listing, `scenarios/${path}`),
			text
		}));
}

function readCourse(
	listing: Listing,
	slug: string,
	files: Files
): { course: CourseSource | undefined; problems: Problem[] } {
	const problems: Problem[] = [];
	const folder = placeOf(listing, slug);
	if (!isSlug(slug)) problems.push(reportFolder(folder, slug));
	const text = files.get('course.yaml');
	if (text === undefined) {
		problems.push(reportMissing(`${folder}/course.yaml`, 'course.yaml'));
		return { course: undefined, problems };
	}
	const { source, problems: unreadable } = readSource(text, `${folder}/course.yaml`);
	problems.push(...unreadable);
	const shape = source === null ? undefined : checkShape(courseFile, source);
	problems.push(...(shape?.problems ?? []));

	const modules: ModuleSource[] = [];
	for (const [directory, moduleFiles] of groupByFolder(files)) {
		if (directory === '') {
			problems.push(...reportStrayFiles(listing, slug, moduleFiles, ['course.yaml']));
			continue;
		}
		const read = readModule(`${folder}/${directory}`, directory, moduleFiles);
		problems.push(...read.problems);
		if (read.module) modules.push(read.module);
	}
	problems.push(...reportTwins(modules));
	const empty: Source = {
		file: `${folder}/course.yaml`,
		value: null,
		lineOf: () => 1,
		lineOfText: () => 1
	};
	const course = {
		slug,
		source: source ?? empty,
		data: shape?.output ?? null,
		modules: modules.toSorted((a, b) => numberOf(a.directory) - numberOf(b.directory)),
		files: [...files]
	};
	return { course, problems };
}

function readModule(
	folder: string,
	directory: string,
	files: Files
): { module: ModuleSource | undefined; problems: Problem[] } {
	const problems: Problem[] = [];
	if (!/^\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*$/u.test(directory)) {
		problems.push({
			...reportFolder(folder, directory),
			message: {
				da: `Mappen "${directory}" skal begynde med to tal og en bindestreg og have et navn med små bogstaver, for eksempel 01-what-is-trauma.`,
				en: `the folder "${directory}" must begin with two digits and a hyphen, followed by a name in kebab-case, such as 01-what-is-trauma`
			}
		});
	}
	const { texts, problems: stray } = readTexts(folder, files);
	problems.push(...stray);
	const text = files.get('module.yaml');
	if (text === undefined) {
		problems.push(reportMissing(`${folder}/module.yaml`, 'module.yaml'));
		return { module: undefined, problems };
	}
	const { source, problems: unreadable } = readSource(text, `${folder}/module.yaml`);
	problems.push(...unreadable);
	if (source === null) return { module: undefined, problems };
	const shape = checkShape(moduleFile, source);
	problems.push(...shape.problems);
	const slug = directory.replace(/^\d+-/u, '');
	return { module: { slug, directory, source, data: shape.output, texts }, problems };
}

function readTexts(
	folder: string,
	files: Files
): { texts: Map<string, Partial<Localised<TextFile>>>; problems: Problem[] } {
	const texts = new Map<string, Partial<Localised<TextFile>>>();
	const problems: Problem[] = [];
	for (const [path, text] of files) {
		if (path === 'module.yaml') continue;
		const match = /^(?<name>[^/]+)\.(?<locale>da|en)\.md$/u.exec(path);
		const { name, locale } = match?.groups ?? {};
		if (name === undefined || locale === undefined) {
			problems.push(reportStray(`${folder}/${path}`));
			continue;
		}
		const file: TextFile = { file: `${folder}/${path}`, text };
		// The expression above lets only these two through.
		texts.set(name, { ...texts.get(name), [locale as Locale]: file });
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

function reportStrayFiles(
	listing: Listing,
	folder: string,
	files: Files,
	known: readonly string[]
): Problem[] {
	return [...files.keys()]
		.filter((path) => !known.includes(path) && !/^(?:README|LICEN[CS]E)/iu.test(path))
		.map((path) => reportStray(placeOf(listing, folder === '' ? path : `${folder}/${path}`)));
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
