/**
 * Where the private side and completions meet, and the only place that does: what is behind a learner
 * is read from the private store, and that a module is finished is written to the platform store.
 * Imported by the learner's own routes and by start-up.
 */
import type { App } from '#lib/app.ts';
import { findCycle } from '#lib/completion/cycles.server.ts';
import { recordModule } from '#lib/completion/record.server.ts';
import {
	dropUnrecorded,
	listUnrecorded,
	noteUnrecorded
} from '#lib/completion/unrecorded.server.ts';
import type { Course, Module } from '#lib/content/course.ts';
import { listStepsBehind, putBehind } from '#lib/practice/progress.server.ts';

/**
 * Puts steps of a module behind the person, and records the module as finished when they were the
 * last. The private side is written first, after a note that it is about to be; should the second write
 * fail, the next visit mends it, or the sweep.
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
	const behind = await listStepsBehind(app.learning, person, ref, cycle);
	const isNew = steps.some((key) => !behind.has(key));
	if (isNew && module.steps.every(({ key }) => behind.has(key) || steps.includes(key)))
		await app.db.write((tx) => noteUnrecorded(tx, { person, ...ref }));
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
	await recordModule(app, person, course, module.slug, cycle);
	return true;
}

/**
 * Records what was finished and not recorded because the machine stopped in between: at start-up and
 * every night. It asks about nobody but those who were about to finish something.
 */
export async function sweepCompletions(app: App): Promise<void> {
	for (const one of await listUnrecorded(app.db.read)) {
		const course = app.library.catalogue.course(one.course);
		const module = app.library.catalogue.module(one.course, one.module);
		if (course && module && (await settleModule(app, one.person, course, module))) continue;
		await app.db.write((tx) => dropUnrecorded(tx, one));
	}
}
