import type { Actor } from '#lib/access/actor.ts';
import { canAnywhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import type { TaskField, TaskStep } from '#lib/content/course.ts';
import type { Locale } from '#lib/content/localised.ts';
import { DomainError } from '#lib/errors.ts';
import { writeDay } from '#lib/time.ts';
import { listOwnPlans, listPlanPlaces, readPlan, type Plan } from '#lib/workplaces/plans.server.ts';
import { listMemberships, type Workplace } from '#lib/workplaces/tree.server.ts';
import type { PlanField, PlanForm, TaskView } from './view.ts';

interface ModuleRef {
	course: string;
	module: string;
}

/**
 * A task as its step shows it: the form of a workplace to those who lead there or are key staff; to
 * others only whether their own workplaces have begun.
 *
 * @throws {DomainError} `not-found` for a workplace out of reach.
 */
export async function describeTask(
	app: App,
	actor: Actor,
	ref: ModuleRef,
	step: TaskStep,
	workplace: string | null,
	locale: Locale
): Promise<TaskView> {
	const mayWrite = canAnywhere(actor, 'plan.write');
	return {
		kind: 'task',
		title: step.title[locale],
		text: step.text?.[locale] ?? null,
		form: mayWrite ? await describePlan(app, actor, ref, step, workplace, locale) : null,
		own: mayWrite ? [] : await listOwnPlans(app, actor, { course: ref.course, task: step.task })
	};
}

/**
 * The plan of the workplace that is asked for, else of one's own, else of the first in reach.
 *
 * @throws {DomainError} `forbidden` to who may write no plans, `not-found` for a workplace out of reach.
 */
export async function describePlan(
	app: App,
	actor: Actor,
	{ course, module }: ModuleRef,
	step: TaskStep,
	workplace: string | null,
	locale: Locale
): Promise<PlanForm> {
	const places = await listPlanPlaces(app, actor);
	const chosen = workplace ?? (await choosePlace(app, actor, places));
	const plan = await readPlan(app, actor, { course, task: step.task }, chosen);
	return {
		workplace: plan.workplace,
		places: places.map(({ id, name }) => ({ id, name })),
		fields: describeFields(step.fields, plan, locale),
		revision: plan.revision,
		written: plan.written && { by: plan.written.by, on: writeDay(plan.written.on, locale) },
		print: `/learn/${course}/${module}/task/${step.task}?workplace=${plan.workplace.id}`
	};
}

async function choosePlace(app: App, actor: Actor, places: readonly Workplace[]): Promise<string> {
	const own = await listMemberships(app.db.read, actor.person);
	const isOwn = ({ id }: Workplace) => own.some((one) => one.id === id);
	const chosen = places.find(isOwn) ?? places[0];
	if (!chosen) throw new DomainError('forbidden', 'plan.write');
	return chosen.id;
}

function describeFields(
	fields: readonly TaskField[],
	{ answers }: Plan,
	locale: Locale
): PlanField[] {
	return fields.map(({ id, kind, label, hint }) => ({
		id,
		kind,
		label: label[locale],
		hint: hint?.[locale] ?? null,
		value: answers[id] ?? ''
	}));
}
