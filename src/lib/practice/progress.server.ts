import { eq } from 'drizzle-orm';
import { newPrivateId } from '#lib/id.ts';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { monthOf } from '#lib/time.ts';
import { findLearner, openLearner, type Learning } from './learner.server.ts';
import { progress } from './tables.server.ts';

/** A module of a course, as private rows are scoped to it. */
export interface ModuleRef {
	course: string;
	module: string;
}

export const scopeOfModule = ({ course, module }: ModuleRef) => `module ${course}/${module}`;

const stepsByLearner = (read: Reader<'private'>) =>
	prepared(read, 'steps_by_learner', (handle) =>
		handle
			.select({ step: progress.step })
			.from(progress)
			.where(eq(progress.learner, given('learner')))
			.prepare('steps_by_learner')
	);

/** How a step is kept that is taken again: in the cycle of the course it belongs to. */
export const keyOf = (step: string, cycle: number) => (cycle === 1 ? step : `${cycle}/${step}`);

/** The steps of a module that are behind the person in a cycle of the course, by their keys. */
export async function listStepsBehind(
	learning: Learning,
	person: string,
	module: ModuleRef,
	cycle = 1
): Promise<ReadonlySet<string>> {
	const learner = await findLearner(learning, person);
	if (!learner) return new Set();
	const rows = await stepsByLearner(learning.private.read).execute({
		learner: learner.pseudonym(scopeOfModule(module))
	});
	const prefix = keyOf('', cycle);
	return new Set(
		rows
			.filter(({ step }) => (cycle === 1 ? !step.includes('/') : step.startsWith(prefix)))
			.map(({ step }) => step.slice(prefix.length))
	);
}

/**
 * Puts steps of a module behind the person in a cycle of the course, durably; steps that are behind already stay so. Whether
 * they were done, read or skipped is not kept.
 */
export async function putBehind(
	learning: Learning,
	person: string,
	module: ModuleRef,
	steps: readonly string[],
	now: Date,
	cycle = 1
): Promise<void> {
	if (steps.length === 0) return;
	const learner = (await openLearner(learning, person)).pseudonym(scopeOfModule(module));
	const rows = steps.map((step) => ({
		id: newPrivateId(),
		learner,
		step: keyOf(step, cycle),
		month: monthOf(now)
	}));
	await learning.private.write(async (tx) => {
		await tx.insert(progress).values(rows).onConflictDoNothing();
	});
}
