import { nameUnknown } from './check-vocabularies.ts';
import { chooseModules, findModule } from './course-modules.ts';
import { errorsIn } from './findings.ts';
import type { CourseFile } from './course-file.ts';
import type { Problem } from './problem.ts';
import type { CourseSource } from './tree.ts';

export interface KnownToCourses {
	/** Undefined where they could not be read. */
	levels: ReadonlySet<string> | undefined;
	courses: ReadonlySet<string>;
}

/** What the shape of course.yaml cannot tell. */
export function checkCourse(course: CourseSource, known: KnownToCourses): Problem[] {
	const { data, source } = course;
	const error = errorsIn(source);
	const problems: Problem[] = [];
	if (course.modules.length === 0) {
		problems.push(
			error('no-modules', [], {
				da: 'Kurset har ingen moduler; lav en mappe som 01-navn med en module.yaml.',
				en: 'the course has no modules; make a folder such as 01-name with a module.yaml'
			})
		);
	}
	if (data === null) return problems;

	if (known.levels !== undefined && !known.levels.has(data.level)) {
		problems.push(
			error('unknown-level', ['level'], nameUnknown('level', data.level, known.levels))
		);
	}
	for (const [index, slug] of data.requires.entries()) {
		if (known.courses.has(slug) && slug !== course.slug) continue;
		const others = [...known.courses].filter((other) => other !== course.slug);
		problems.push(
			error('unknown-course', ['requires', index], nameUnknown('course', slug, others))
		);
	}
	if (course.modules.length > 0) problems.push(...checkSelections(course, data));
	if (data.renew?.by === 'refresher' && data.refresher === undefined) {
		problems.push(
			error('missing-refresher', ['renew'], {
				da: 'Kurset fornyes med en opfriskning, men "refresher" mangler.',
				en: 'the course is renewed by a refresher, but "refresher" is missing'
			})
		);
	}
	return [...problems, ...checkTasks(course)];
}

/** What a workplace writes is kept by the course and the name of the task, whichever module it is in. */
function checkTasks({ modules }: CourseSource): Problem[] {
	const named = new Set<string>();
	return modules.flatMap(({ data, source }) =>
		(data?.steps ?? []).flatMap((step, index) => {
			if (!('task' in step)) return [];
			if (!named.has(step.task)) {
				named.add(step.task);
				return [];
			}
			return [
				errorsIn(source)('duplicate-task', ['steps', index, 'task'], {
					da: `Kurset har allerede en opgave, der hedder "${step.task}"; giv den her et andet navn.`,
					en: `the course has a task named "${step.task}" already; give this one another name`
				})
			];
		})
	);
}

function checkSelections(course: CourseSource, data: CourseFile): Problem[] {
	const { modules, source } = course;
	const error = errorsIn(source);
	const names = modules.map(({ slug }) => slug);
	const check = (name: string, path: (string | number)[]) =>
		findModule(modules, name) === undefined
			? [error('unknown-module', path, nameUnknown('module', name, names))]
			: [];
	const checkList = (selection: 'all' | readonly string[], path: string[]) =>
		selection === 'all' ? [] : selection.flatMap((name, index) => check(name, [...path, index]));
	const problems = [
		...checkList(data.modules, ['modules']),
		...Object.entries(data.paths).flatMap(([name, path]) => checkList(path, ['paths', name])),
		...(data.refresher === undefined ? [] : check(data.refresher, ['refresher']))
	];
	if (chooseModules(course).modules.length === 0) {
		problems.push(
			error('no-modules', ['modules'], {
				da: 'Kurset har ingen moduler ud over opfriskningen.',
				en: 'the course has no modules besides its refresher'
			})
		);
	}
	return problems;
}
