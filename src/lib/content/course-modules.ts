import type { CourseSource, ModuleSource } from './tree.ts';

export interface ChosenModules {
	/** In the order in which they are taken. */
	modules: ModuleSource[];
	/** Taken when the course is to be renewed; not one of the modules. */
	refresher: ModuleSource | undefined;
	/** Slugs of modules by the name of the selection; `full` is always there. */
	paths: Record<string, string[]>;
}

/** Applies a course's `modules`, `paths` and `refresher` to the folders that are there; unknown names are left out. */
export function chooseModules(course: CourseSource): ChosenModules {
	const { data } = course;
	const refresher = findModule(course.modules, data?.refresher ?? '');
	const named = pickModules(course.modules, data?.modules ?? 'all');
	const modules = named.filter((module) => module !== refresher);
	const paths = Object.entries(data?.paths ?? {}).map(([name, selection]): [string, string[]] => [
		name,
		pickModules(modules, selection).map(({ slug }) => slug)
	]);
	return {
		modules,
		refresher,
		paths: { full: modules.map(({ slug }) => slug), ...Object.fromEntries(paths) }
	};
}

/** The module of that slug or folder name. */
export function findModule(
	modules: readonly ModuleSource[],
	name: string
): ModuleSource | undefined {
	return modules.find(({ slug, directory }) => slug === name || directory === name);
}

function pickModules(
	modules: readonly ModuleSource[],
	selection: 'all' | readonly string[]
): ModuleSource[] {
	if (selection === 'all') return [...modules];
	return selection.flatMap((name) => findModule(modules, name) ?? []);
}
