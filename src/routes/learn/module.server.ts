import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import type { Course, Module, Step, TaskStep } from '#lib/content/course.ts';
import { needsLeaderBehind } from '#lib/content/leader-behind.ts';
import { DomainError } from '#lib/errors.ts';
import { hasLeaderBehind } from '#lib/workplaces/leader-behind.server.ts';

/** The course of that name. @throws {DomainError} `not-found` where there is none. */
export function requireCourse(app: App, slug: string): Course {
	const course = app.library.catalogue.course(slug);
	if (!course) throw new DomainError('not-found', 'course');
	return course;
}

/**
 * Whether a course is open to somebody: some are only where a leader stands behind who takes them. A
 * leader is one for themselves.
 */
export async function isOpenTo(app: App, actor: Actor, course: Course): Promise<boolean> {
	if (!needsLeaderBehind(course)) return true;
	if (actor.grants.some(({ role }) => role === 'leader')) return true;
	return hasLeaderBehind(app.db.read, actor.person);
}

/** Lets somebody into a course that is open to them. @throws {DomainError} `forbidden`, `no-leader`. */
export async function requireOpen(app: App, actor: Actor, course: Course): Promise<void> {
	if (!(await isOpenTo(app, actor, course))) throw new DomainError('forbidden', 'no-leader');
}

/** The module of that name in that course, its refresher among them, with both. @throws {DomainError} `not-found`. */
export function requireModule(app: App, ref: { course: string; module: string }) {
	const course = requireCourse(app, ref.course);
	const module = app.library.catalogue.module(ref.course, ref.module);
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

/** The task of that name in a module. @throws {DomainError} `not-found`. */
export function requireTask(module: Module, task: string): TaskStep {
	const step = module.steps.find((one) => one.kind === 'task' && one.task === task);
	if (step?.kind !== 'task') throw new DomainError('not-found', 'task');
	return step;
}

export function findStep(module: Module, key: string): Step | undefined {
	return module.steps.find((step) => step.key === key);
}

/** The first step of a module that is not behind the learner, or undefined when all are. */
export function findNextStep(module: Module, behind: ReadonlySet<string>): Step | undefined {
	return module.steps.find(({ key }) => !behind.has(key));
}
