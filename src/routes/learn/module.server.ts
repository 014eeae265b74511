import type { App } from '#lib/app.ts';
import type { Course, Module, Step } from '#lib/content/course.ts';
import { DomainError } from '#lib/errors.ts';

/** The course of that name. @throws {DomainError} `not-found` where there is none. */
export function requireCourse(app: App, slug: string): Course {
	const course = app.library.catalogue.course(slug);
	if (!course) throw new DomainError('not-found', 'course');
	return course;
}

/** The module of that name in that course, with both. @throws {DomainError} `not-found`. */
export function requireModule(app: App, ref: { course: string; module: string }) {
	const course = requireCourse(app, ref.course);
	const module = course.modules.find(({ slug }) => slug === ref.module);
	if (!module) throw new DomainError('not-found', 'module');
	return { course, module };
}

/**
 * The step of a module that offers this scenario.
 *
 * @throws {DomainError} `not-found` for another module's step, or one that does not offer it.
 */
export function requireStep(
	app: App,
	ref: { course: string; module: string; step: string },
	scenario: string
): { course: Course; module: Module; key: string } {
	const { course, module } = requireModule(app, ref);
	const step = findStep(module, ref.step);
	if (step?.kind !== 'scenario' || !step.scenarios.includes(scenario))
		throw new DomainError('not-found', 'step');
	return { course, module, key: step.key };
}

export function findStep(module: Module, key: string): Step | undefined {
	return module.steps.find((step) => step.key === key);
}

/** The first step of a module that is not behind the learner, or undefined when all are. */
export function findNextStep(module: Module, behind: ReadonlySet<string>): Step | undefined {
	return module.steps.find(({ key }) => !behind.has(key));
}
