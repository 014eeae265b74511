import type { Contacts } from './contacts.ts';
import type { Course, Module } from './course.ts';
import type { Evidence } from './evidence.ts';
import type { Framework } from './framework.ts';
import type { Glossary } from './glossary.ts';
import type { Toolbox } from './toolbox.ts';
import type { Setting, Theme } from './vocabularies.ts';

/** Everything that is taught, as read at start-up: frozen, and rendered already. */
export interface Catalogue {
	/** The tracks in their order, then what others have added. */
	readonly courses: readonly Course[];
	readonly framework: Framework;
	readonly glossary: Glossary;
	readonly contacts: Contacts;
	readonly settings: readonly Setting[];
	readonly themes: readonly Theme[];
	/** What others have made, described and linked. */
	readonly toolbox: Toolbox;
	/** What is known, and how well. */
	readonly evidence: Evidence;
	course(slug: string): Course | undefined;
	/** A module of a course, its refresher included. */
	module(course: string, module: string): Module | undefined;
	/** Where an outcome is taught, in the order of courses and modules. */
	modulesTeaching(outcome: string): readonly { readonly course: Course; readonly module: Module }[];
}

/** What a catalogue is made of: plain data. */
export type CatalogueParts = Omit<Catalogue, 'course' | 'module' | 'modulesTeaching'>;

/** Looks things up in what has been read. */
export function makeCatalogue(parts: CatalogueParts): Catalogue {
	const courses = new Map(parts.courses.map((course) => [course.slug, course]));
	return {
		...parts,
		course: (slug) => courses.get(slug),
		module: (course, module) => {
			const found = courses.get(course);
			return found && listModules(found).find(({ slug }) => slug === module);
		},
		modulesTeaching: (outcome) =>
			parts.courses.flatMap((course) =>
				listModules(course)
					.filter(({ outcomes }) => outcomes.includes(outcome))
					.map((module) => ({ course, module }))
			)
	};
}

function listModules({ modules, refresher }: Course): readonly Module[] {
	return refresher ? [...modules, refresher] : modules;
}
