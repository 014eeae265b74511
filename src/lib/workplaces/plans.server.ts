import { and, asc, desc, eq, lte } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { isSamePlan, mergePlan, type MergedPlan, type PlanAnswers } from './merge-plan.ts';
import { taskAnswers } from './tables.server.ts';
import { findPlace, listMemberships, listWorkplacesWhere, type Workplace } from './tree.server.ts';

/** The form of a task, as a course names it. */
export interface TaskRef {
	course: string;
	task: string;
}

/** What a workplace has written in the form of a task. */
export interface Plan {
	workplace: { id: string; name: string };
	answers: PlanAnswers;
	/** To be sent back with what is written next; 0 where nothing has been written. */
	revision: number;
	/** Who wrote last, null where the person is gone, and on which day. */
	written: { by: string | null; on: string } | null;
}

/** Earlier revisions than these are not kept: enough for whoever wrote at the same time. */
const keptRevisions = 20;

const byDanishName = new Intl.Collator('da');

/**
 * The plan of a workplace.
 *
 * @throws {DomainError} `forbidden` to who may read no plans, `not-found` for a workplace out of reach.
 */
export async function readPlan(
	app: App,
	actor: Actor,
	ref: TaskRef,
	workplace: string
): Promise<Plan> {
	const place = await findPlace(app.db.read, workplace);
	authorise(actor, 'plan.read', place);
	const last = await findLast(app.db.read, ref, workplace);
	return {
		workplace: { id: workplace, name: place?.workplace.name ?? '' },
		answers: last?.answers ?? {},
		revision: last?.revision ?? 0,
		written: last && { by: last.by, on: last.on }
	};
}

/**
 * Keeps what somebody wrote in a form that showed the plan as it was at `revision`. Fields that others
 * have changed since are joined with it, and what it took the place of is told; sending the same twice
 * is sending it once.
 *
 * @throws {DomainError} `forbidden` to who may write no plans, `not-found` for a workplace out of reach.
 */
export async function keepPlan(
	app: App,
	actor: Actor,
	ref: TaskRef,
	workplace: string,
	{ revision, answers }: { revision: number; answers: PlanAnswers }
): Promise<Pick<MergedPlan, 'overwritten'> & { by: string | null }> {
	authorise(actor, 'plan.write', await findPlace(app.db.read, workplace));
	const on = dayOf(app.now());
	return app.db.write(async (tx) => {
		const last = await findLast(tx, ref, workplace);
		const stands = last?.answers ?? {};
		const base = await findRevision(tx, ref, workplace, revision);
		const merged = mergePlan(base, stands, answers);
		const kept = { overwritten: merged.overwritten, by: last?.by ?? null };
		if (isSamePlan(merged.answers, stands)) return kept;
		const next = (last?.revision ?? 0) + 1;
		await tx.insert(taskAnswers).values({
			...ref,
			workplace,
			revision: next,
			answers: merged.answers,
			writtenBy: actor.person,
			writtenOn: on
		});
		await tx
			.delete(taskAnswers)
			.where(and(isPlan(ref, workplace), lte(taskAnswers.revision, next - keptRevisions)));
		return kept;
	});
}

/** The workplaces whose plans the actor may write, in Danish alphabetical order. */
export async function listPlanPlaces(app: App, actor: Actor): Promise<Workplace[]> {
	const places = await listWorkplacesWhere(app.db.read, actor, 'plan.write');
	return places.sort((a, b) => byDanishName.compare(a.name, b.name));
}

/** The workplaces the actor belongs to, and whether something stands in their plan: nothing of what. */
export async function listOwnPlans(
	app: App,
	actor: Actor,
	ref: TaskRef
): Promise<{ id: string; name: string; isBegun: boolean }[]> {
	const own = await listMemberships(app.db.read, actor.person);
	return Promise.all(
		own.map(async ({ id, name }) => {
			const last = await findLast(app.db.read, ref, id);
			return { id, name, isBegun: last !== null && !isSamePlan(last.answers, {}) };
		})
	);
}

/**
 * The plans of a workplace that somebody has written in, with the day of the last change.
 *
 * @throws {DomainError} `forbidden` to who may read no plans, `not-found` for a workplace out of reach.
 */
export async function listPlans(
	app: App,
	actor: Actor,
	workplace: string
): Promise<(TaskRef & { changedOn: string })[]> {
	authorise(actor, 'plan.read', await findPlace(app.db.read, workplace));
	const rows = await app.db.read
		.select({
			course: taskAnswers.course,
			task: taskAnswers.task,
			changedOn: taskAnswers.writtenOn
		})
		.from(taskAnswers)
		.where(eq(taskAnswers.workplace, workplace))
		.orderBy(asc(taskAnswers.revision));
	// Of each the last one stays.
	return [...new Map(rows.map((row) => [`${row.course}/${row.task}`, row])).values()];
}

function isPlan({ course, task }: TaskRef, workplace: string) {
	return and(
		eq(taskAnswers.workplace, workplace),
		eq(taskAnswers.course, course),
		eq(taskAnswers.task, task)
	);
}

async function findLast(read: Reader, ref: TaskRef, workplace: string) {
	const [last] = await read
		.select({
			revision: taskAnswers.revision,
			answers: taskAnswers.answers,
			by: people.name,
			on: taskAnswers.writtenOn
		})
		.from(taskAnswers)
		.leftJoin(people, eq(people.id, taskAnswers.writtenBy))
		.where(isPlan(ref, workplace))
		.orderBy(desc(taskAnswers.revision))
		.limit(1);
	// Only ever written by `keepPlan`.
	return last ? { ...last, answers: last.answers as PlanAnswers } : null;
}

/** What stood there at a revision; nothing where it is not kept any more. */
async function findRevision(
	read: Reader,
	ref: TaskRef,
	workplace: string,
	revision: number
): Promise<PlanAnswers> {
	const [found] = await read
		.select({ answers: taskAnswers.answers })
		.from(taskAnswers)
		.where(and(isPlan(ref, workplace), eq(taskAnswers.revision, revision)));
	return (found?.answers ?? {}) as PlanAnswers; // only ever written by `keepPlan`
}
