import type { App } from '#lib/app.ts';
import type { Course } from '#lib/content/course.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import {
	insertCourseCompletion,
	insertModuleCompletion,
	listCompletedModules
} from './completions.server.ts';
import { findCycles } from './cycles.server.ts';
import { settle } from './settle.server.ts';
import { dropUnrecorded } from './unrecorded.server.ts';

/**
 * Records that a person has finished a module, once a cycle however often it is called, and that they
 * have finished the course when it was the last, or have renewed it by its refresher. Only the server's
 * own reckoning of what is behind the learner may lead here. Publishes `course.completed` with the
 * person, the course and the cycle.
 *
 * @param seen the cycle that was reckoned with; where another has begun since, nothing is recorded.
 */
export async function recordModule(
	app: App,
	person: string,
	course: Course,
	module: string,
	seen?: number
): Promise<void> {
	const day = dayOf(app.now());
	await app.db.write(async (tx) => {
		const done = { person, course, module, day, source: 'learned' as const };
		if (!(await insertDone(tx, app, done, seen))) return;
		await dropUnrecorded(tx, { person, course: course.slug, module });
		await settle(tx, app.library.catalogue, [person], day);
	});
}

/**
 * Records that a person has been where modules were gone through together, each once a cycle: what they
 * have learnt alone before stays as it was. Names that are not taught any more are left out. Publishes as
 * {@link recordModule}.
 *
 * @param modules as `course/module`.
 * @param day on which they were there.
 */
export async function recordAttended(
	tx: Writer,
	app: App,
	person: string,
	modules: readonly string[],
	day: string
): Promise<void> {
	const { catalogue } = app.library;
	// The cycle is that of today, whatever has waited.
	await settle(tx, catalogue, [person], dayOf(app.now()));
	for (const ref of modules) {
		const [slug = '', module = ''] = ref.split('/');
		const course = catalogue.course(slug);
		if (course && catalogue.module(slug, module))
			await insertDone(tx, app, { person, course, module, day, source: 'attended' });
	}
	await settle(tx, catalogue, [person], dayOf(app.now()));
}

interface Done {
	person: string;
	course: Course;
	module: string;
	day: string;
	source: 'learned' | 'attended';
}

/** Writes a module, and the course where it was the last; false where another cycle has begun since. */
async function insertDone(
	tx: Writer,
	app: App,
	{ person, course, module, day, source }: Done,
	seen?: number
): Promise<boolean> {
	const isRefresher = module === course.refresher?.slug;
	const cycles = await findCycles(tx, person, course.slug);
	const cycle = isRefresher ? cycles.refresher : cycles.course;
	if (seen !== undefined && seen !== cycle) return false;
	const completion = { person, course: course.slug, version: course.version, cycle, day };
	await insertModuleCompletion(tx, { ...completion, module, source });
	// A refresher renews what was completed; by itself it completes nothing.
	const isWhole = isRefresher ? cycle > 1 : await hasAllModules();
	const by = isRefresher ? 'refresher' : 'course';
	if (isWhole && (await insertCourseCompletion(tx, { ...completion, source, by })))
		await app.publish(tx, 'course.completed', { person, course: course.slug, cycle });
	return true;

	async function hasAllModules(): Promise<boolean> {
		const done = await listCompletedModules(tx, person, course.slug, cycle);
		return course.modules.every(({ slug }) => done.has(slug));
	}
}
