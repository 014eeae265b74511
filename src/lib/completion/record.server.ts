import type { App } from '#lib/app.ts';
import type { Course } from '#lib/content/course.ts';
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
	const isRefresher = module === course.refresher?.slug;
	await app.db.write(async (tx) => {
		const cycles = await findCycles(tx, person, course.slug);
		const cycle = isRefresher ? cycles.refresher : cycles.course;
		if (seen !== undefined && seen !== cycle) return;
		const completion = { person, course: course.slug, version: course.version, cycle, day };
		const source = 'learned';
		await insertModuleCompletion(tx, { ...completion, module, source });
		// A refresher renews what was completed; by itself it completes nothing.
		const isWhole = isRefresher
			? cycle > 1
			: hasAllModules(await listCompletedModules(tx, person, course.slug, cycle));
		const by = isRefresher ? 'refresher' : 'course';
		if (isWhole && (await insertCourseCompletion(tx, { ...completion, source, by })))
			await app.publish(tx, 'course.completed', { person, course: course.slug, cycle });
		await dropUnrecorded(tx, { person, course: course.slug, module });
		await settle(tx, app.library.catalogue, [person], day);
	});

	function hasAllModules(done: ReadonlyMap<string, string>): boolean {
		return course.modules.every(({ slug }) => done.has(slug));
	}
}
