import { and, eq, inArray } from 'drizzle-orm';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import type { Cycles } from './cycles.server.ts';
import type { By } from './renewal.ts';
import { courseCompletions, moduleCompletions } from './tables.server.ts';

/** How a completion came about. */
export type CompletionSource = 'learned' | 'attended' | 'credited';

export interface ModuleCompletion {
	person: string;
	course: string;
	module: string;
	/** 1 the first time, 2 when the course is taken again, and so on. */
	cycle: number;
	version: string;
	day: string;
	source: CompletionSource;
}

/** Writes a module completion once; true when it was not there before. */
export async function insertModuleCompletion(
	tx: Writer,
	completion: ModuleCompletion
): Promise<boolean> {
	const inserted = await tx
		.insert(moduleCompletions)
		.values(completion)
		.onConflictDoNothing()
		.returning({ module: moduleCompletions.module });
	return inserted.length > 0;
}

/** Writes a course completion once; true when it was not there before. */
export async function insertCourseCompletion(
	tx: Writer,
	completion: Omit<ModuleCompletion, 'module'> & { by: By }
): Promise<boolean> {
	const inserted = await tx
		.insert(courseCompletions)
		.values(completion)
		.onConflictDoNothing()
		.returning({ course: courseCompletions.course });
	return inserted.length > 0;
}

/** The modules of a course that a person has completed in a cycle, by slug, with the day. */
export async function listCompletedModules(
	read: Reader,
	person: string,
	course: string,
	cycle: number
): Promise<ReadonlyMap<string, string>> {
	const rows = await read
		.select({ module: moduleCompletions.module, day: moduleCompletions.day })
		.from(moduleCompletions)
		.where(
			and(
				eq(moduleCompletions.person, person),
				eq(moduleCompletions.course, course),
				eq(moduleCompletions.cycle, cycle)
			)
		);
	return new Map(rows.map(({ module, day }) => [module, day]));
}

const modulesByPerson = (read: Reader) =>
	prepared(read, 'modules_by_person', (handle) =>
		handle
			.select({
				course: moduleCompletions.course,
				module: moduleCompletions.module,
				cycle: moduleCompletions.cycle,
				day: moduleCompletions.day
			})
			.from(moduleCompletions)
			.where(eq(moduleCompletions.person, given('person')))
			.prepare('modules_by_person')
	);

/**
 * The modules a person has completed in the cycles that they are in now, as `course/module`, with the
 * day. What was done in an earlier cycle is none of them.
 */
export async function listModulesOf(
	read: Reader,
	person: string,
	own: ReadonlyMap<string, { cycles: Cycles }>
): Promise<ReadonlyMap<string, string>> {
	const rows = await modulesByPerson(read).execute({ person });
	return new Map(
		rows
			.filter(({ course, cycle }) => {
				const { cycles } = own.get(course) ?? {};
				return cycle === cycles?.course || cycle === cycles?.refresher;
			})
			.map(({ course, module, day }) => [`${course}/${module}`, day])
	);
}

/** Which of these people have finished a module or a course. */
export async function listLearners(read: Reader, ids: string[]): Promise<string[]> {
	const modules = await read
		.selectDistinct({ person: moduleCompletions.person })
		.from(moduleCompletions)
		.where(inArray(moduleCompletions.person, ids));
	const courses = await read
		.selectDistinct({ person: courseCompletions.person })
		.from(courseCompletions)
		.where(inArray(courseCompletions.person, ids));
	return [...modules, ...courses].map(({ person }) => person);
}
