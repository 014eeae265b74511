import type { App } from '#lib/app.ts';
import { dayOf } from '#lib/time.ts';
import {
	insertCourseCompletion,
	insertModuleCompletion,
	listCompletedModules
} from './completions.server.ts';

export interface FinishedModule {
	person: string;
	course: string;
	module: string;
	/** Hash of the course as it is now. */
	version: string;
	/** Every module the course asks for, so that its end is noticed. */
	modulesOfCourse: readonly string[];
}

/**
 * Records that a person has finished a module, once however often it is called, and that they have
 * finished the course when it was the last. Only the server's own reckoning of what is behind the
 * learner may lead here. Publishes `course.completed` with the person and the course.
 */
export async function recordModule(app: App, finished: FinishedModule): Promise<void> {
	const { person, course, module, version, modulesOfCourse } = finished;
	const day = dayOf(app.now());
	await app.db.write(async (tx) => {
		await insertModuleCompletion(tx, { person, course, module, version, day, source: 'learned' });
		const completed = await listCompletedModules(tx, person, course);
		if (!modulesOfCourse.every((slug) => completed.has(slug))) return;
		const first = await insertCourseCompletion(tx, {
			person,
			course,
			version,
			day,
			source: 'learned'
		});
		if (first) await app.publish(tx, 'course.completed', { person, course });
	});
}
