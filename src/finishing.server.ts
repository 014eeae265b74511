/**
 * Where the private side and completions meet, and the only place that does: what is behind a learner
 * is read from the private store, and that a module is finished is written to the platform store.
 * Imported by the learner's own routes and by start-up.
 */
import type { App } from '#lib/app.ts';
import { listModulesOf } from '#lib/completion/completions.server.ts';
import { findCycle, listOwnStandings } from '#lib/completion/cycles.server.ts';
import { recordModule } from '#lib/completion/record.server.ts';
import { listPeopleToSweep } from '#lib/completion/sweep.server.ts';
import type { Course, Module } from '#lib/content/course.ts';
import { listStepsBehind, putBehind } from '#lib/practice/progress.server.ts';

/**
 * Puts steps of a module behind the person, and records the module as finished when they were the
 * last. The private side is written first; should the second write fail, the next visit mends it.
 */
export async function finishSteps(
	app: App,
	person: string,
	course: Course,
	module: Module,
	steps: readonly string[]
): Promise<void> {
	const ref = { course: course.slug, module: module.slug };
	const cycle = await findCycle(app.db.read, person, course, module);
	await putBehind(app.learning, person, ref, steps, app.now(), cycle);
	await settleModule(app, person, course, module);
}

/** Records the module as finished if everything in it is behind the person. True when it is. */
export async function settleModule(
	app: App,
	person: string,
	course: Course,
	module: Module
): Promise<boolean> {
	const ref = { course: course.slug, module: module.slug };
	const cycle = await findCycle(app.db.read, person, course, module);
	const behind = await listStepsBehind(app.learning, person, ref, cycle);
	if (!module.steps.every((step) => behind.has(step.key))) return false;
	await recordModule(app, person, course, module.slug);
	return true;
}

/** Settles every module of a course that the platform does not yet know to be finished. */
export async function settleCourse(app: App, person: string, course: Course): Promise<void> {
	const { read } = app.db;
	const known = await listModulesOf(read, person, await listOwnStandings(read, person));
	for (const module of course.modules) {
		if (!known.has(`${course.slug}/${module.slug}`))
			await settleModule(app, person, course, module);
	}
}

/** Settles everybody who has not finished a course: at start-up and every night. */
export async function sweepCompletions(app: App): Promise<void> {
	for (const course of app.library.catalogue.courses) {
		for (const person of await listPeopleToSweep(app.db.read, course.slug)) {
			await settleCourse(app, person, course);
		}
	}
}
