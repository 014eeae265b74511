import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { scopeOfModule } from '#lib/practice/progress.server.ts';
import { keepReflection } from '#lib/practice/reflections.server.ts';
import { keepVersion } from '#lib/scenario/versions.server.ts';
import { writeDay } from '#lib/time.ts';
import { keepPlan } from '#lib/workplaces/plans.server.ts';
import { finishSteps, settleModule } from '../../../../finishing.server.ts';
import { readForm } from '../../../forms.ts';
import { answer, signedIn } from '../../../respond.ts';
import { beginFields, moveForm, noteField } from '../../../scenarios/move.ts';
import { beginPlay, keepNote, recordPlay } from '../../../scenarios/play.server.ts';
import { findStep, requireModule, requireOpen, requireStep } from '../../module.server.ts';
import { describeModule } from './describe.server.ts';
import { makePlanForm, pickPlanAnswers } from './plan-form.ts';
import type { KeptPlan } from './view.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

type Event = RequestEvent<RouteParams>;

/** Answers where the course of the module is open to who asks. */
function open<T>(event: Event, work: () => Promise<T>): Promise<T> {
	return answer(async () => {
		const actor = signedIn(event);
		const { course } = requireModule(event.locals.app, event.params);
		await requireOpen(event.locals.app, actor, course);
		return work();
	});
}

export const load: PageServerLoad = (event) =>
	open(event, async () => {
		const actor = signedIn(event);
		const { app, locale } = event.locals;
		const wanted = (name: string) => event.url.searchParams.get(name);
		const module = await describeModule(
			app,
			actor,
			event.params,
			{
				step: wanted('step'),
				view: wanted('view'),
				scenario: wanted('scenario'),
				workplace: wanted('workplace')
			},
			locale
		);
		// What was begun goes on at the same place; who wants the standard one asks for it.
		if (module.view === 'note' && module.own?.isOpen && wanted('view') === null)
			redirect(303, `${pathOf(event)}/own`);
		// What was begun here is no more: the step is behind the learner, as for who has read or skipped it.
		const step = requireModule(app, event.params).module.steps[module.current];
		if (module.step?.kind === 'scenario' && module.step.play?.isWithdrawn && step) {
			const found = requireModule(app, event.params);
			await finishSteps(app, actor.person, found.course, found.module, [step.key]);
		}
		if (module.view === 'finished') {
			// Mends a completion whose second write failed.
			const found = requireModule(app, event.params);
			await settleModule(app, actor.person, found.course, found.module);
		}
		return { module };
	});

const key = v.pipe(v.string(), v.maxLength(100));
const option = v.pipe(v.string(), v.regex(/^\d{1,2}$/), v.transform(Number));
/** Which item, by index, and its place, from 1. */
const place = v.pipe(v.string(), v.regex(/^\d{1,2}-\d{1,2}$/));
const forms = {
	step: v.strictObject({ step: key }),
	answer: v.strictObject({
		step: key,
		option: v.optional(v.array(option), []),
		place: v.optional(v.array(place))
	}),
	reflect: v.strictObject({ step: key, text: v.pipe(v.string(), v.maxLength(5_000)) }),
	begin: v.strictObject({ step: key, scenario: key, ...beginFields }),
	note: v.strictObject({ step: key, scenario: key, note: noteField }),
	move: v.strictObject({ step: key, scenario: key, ...moveForm }),
	nothing: v.strictObject({})
};

async function read<Schema extends v.GenericSchema>(event: Event, schema: Schema) {
	const { success, output } = await readForm(event.request, schema);
	if (!success) error(422, { message: 'invalid' });
	return output;
}

const pathOf = ({ params }: Event) => `/learn/${params.course}/${params.module}`;

/** Puts steps behind the person and keeps the course as it was when they began it. */
async function putBehind(event: Event, keys: readonly string[]): Promise<void> {
	const { person } = signedIn(event);
	const { app } = event.locals;
	const { course, module } = requireModule(app, event.params);
	if (!keys.every((one) => findStep(module, one))) error(404, { message: 'not-found' });
	const { version: hash, slug, body } = course;
	await keepVersion(app, { hash, kind: 'course', slug, body });
	await finishSteps(app, person, course, module, keys);
}

/** The place of each item by its index; 0 where none was told. */
function arrangePlaces(told: readonly string[]): number[] {
	const places: number[] = [];
	for (const one of told) {
		const [item = 0, place = 0] = one.split('-').map(Number);
		places[item] = place;
	}
	return Array.from(places, (place) => place ?? 0);
}

/** To the step after this one in the row, or to the end of the module. */
function goOn(event: Event, step: string): never {
	const { module } = requireModule(event.locals.app, event.params);
	const next = module.steps[module.steps.findIndex((one) => one.key === step) + 1];
	redirect(303, next ? `${pathOf(event)}?step=${next.key}` : pathOf(event));
}

async function putAllBehind(event: Event): Promise<never> {
	const { module } = requireModule(event.locals.app, event.params);
	await read(event, forms.nothing);
	await putBehind(
		event,
		module.steps.map((one) => one.key)
	);
	redirect(303, pathOf(event));
}

/**
 * Keeps the plan of a workplace and goes on where that was asked for; not where others had written in
 * the same field, so that what they wrote is seen. Where the form is has to stand in the address.
 */
async function keepTask(event: Event): Promise<{ step: string; kept: KeptPlan }> {
	const { app, locale } = event.locals;
	const { course, module } = requireModule(app, event.params);
	const asked = (name: string) => event.url.searchParams.get(name) ?? '';
	const step = findStep(module, asked('step'));
	if (step?.kind !== 'task') error(404, { message: 'not-found' });
	const { then, revision, ...sent } = await read(event, makePlanForm(step.fields));
	const ref = { course: course.slug, task: step.task };
	const answers = pickPlanAnswers(step.fields, sent);
	const { by, overwritten } = await keepPlan(app, signedIn(event), ref, asked('workplace'), {
		revision,
		answers
	});
	if (then !== 'stay') await putBehind(event, [step.key]);
	if (then !== 'stay' && overwritten.length === 0) goOn(event, step.key);
	const fields = new Map(step.fields.map((field) => [field.id, field]));
	return {
		step: step.key,
		kept: {
			by,
			overwritten: overwritten.flatMap(({ field, theirs }) => {
				const found = fields.get(field);
				if (!found) return [];
				const isDate = found.kind === 'date';
				return [{ label: found.label[locale], theirs: isDate ? writeDay(theirs, locale) : theirs }];
			})
		}
	};
}

export const actions = {
	onward: (event) =>
		open(event, async () => {
			const { step } = await read(event, forms.step);
			await putBehind(event, [step]);
			goOn(event, step);
		}),
	answer: (event) =>
		open(event, async () => {
			const { step, option, place } = await read(event, forms.answer);
			await putBehind(event, [step]);
			return { step, chosen: place ? arrangePlaces(place) : option };
		}),
	reflect: (event) =>
		open(event, async () => {
			const { step, text } = await read(event, forms.reflect);
			const { person } = signedIn(event);
			const { app } = event.locals;
			await putBehind(event, [step]);
			await keepReflection(
				app.learning,
				person,
				scopeOfModule(event.params),
				step,
				text,
				app.now()
			);
			goOn(event, step);
		}),
	/** What is written in the form of a task is kept; done or put off, the step is behind. */
	task: (event) => open(event, () => keepTask(event)),
	/** The whole module is skipped. */
	skip: (event) => open(event, () => putAllBehind(event)),
	/** The short text of the whole module has been read. */
	read: (event) => open(event, () => putAllBehind(event)),
	begin: (event) =>
		open(event, async () => {
			const { step, scenario, ...wish } = await read(event, forms.begin);
			const { person } = signedIn(event);
			requireStep(event.locals.app, { ...event.params, step }, scenario);
			const ended = await beginPlay(event.locals.app, person, scenario, wish);
			if (ended) await putBehind(event, [step]);
			redirect(303, `${pathOf(event)}?step=${step}&scenario=${scenario}`);
		}),
	note: (event) =>
		open(event, async () => {
			const { step, scenario, note } = await read(event, forms.note);
			const { person } = signedIn(event);
			const { app } = event.locals;
			requireStep(app, { ...event.params, step }, scenario);
			await keepNote(app, person, scenario, note);
			redirect(303, `${pathOf(event)}?step=${step}&scenario=${scenario}#note`);
		}),
	move: (event) =>
		open(event, async () => {
			const { step, scenario, ...move } = await read(event, forms.move);
			const { person } = signedIn(event);
			const { app } = event.locals;
			requireStep(app, { ...event.params, step }, scenario);
			const ended = await recordPlay(app, person, scenario, move);
			if (ended) await putBehind(event, [step]);
			redirect(
				303,
				`${pathOf(event)}?step=${step}&scenario=${scenario}#consequence-${move.position}`
			);
		})
} satisfies Actions;
