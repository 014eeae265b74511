import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { scopeOfModule } from '#lib/practice/progress.server.ts';
import { keepReflection } from '#lib/practice/reflections.server.ts';
import { keepVersion } from '#lib/scenario/versions.server.ts';
import { finishSteps, settleModule } from '../../../../finishing.server.ts';
import { readForm } from '../../../forms.ts';
import { answer, signedIn } from '../../../respond.ts';
import { beginFields, moveForm, noteField } from '../../../scenarios/move.ts';
import { beginPlay, keepNote, recordPlay } from '../../../scenarios/play.server.ts';
import { findStep, requireModule, requireStep } from '../../module.server.ts';
import { describeModule } from './describe.server.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

type Event = RequestEvent<RouteParams>;

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const { person } = signedIn(event);
		const { app, locale } = event.locals;
		const wanted = (name: string) => event.url.searchParams.get(name);
		const module = await describeModule(
			app,
			person,
			event.params,
			{ step: wanted('step'), view: wanted('view'), scenario: wanted('scenario') },
			locale
		);
		if (module.view === 'finished') {
			// Mends a completion whose second write failed.
			const found = requireModule(app, event.params);
			await settleModule(app, person, found.course, found.module);
		}
		return { module };
	});

const key = v.pipe(v.string(), v.maxLength(100));
const option = v.pipe(v.string(), v.regex(/^\d{1,2}$/), v.transform(Number));
const forms = {
	step: v.strictObject({ step: key }),
	answer: v.strictObject({ step: key, option: v.optional(v.array(option), []) }),
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

export const actions = {
	onward: (event) =>
		answer(async () => {
			const { step } = await read(event, forms.step);
			await putBehind(event, [step]);
			goOn(event, step);
		}),
	answer: (event) =>
		answer(async () => {
			const { step, option: chosen } = await read(event, forms.answer);
			await putBehind(event, [step]);
			return { step, chosen };
		}),
	reflect: (event) =>
		answer(async () => {
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
	/** The whole module is skipped. */
	skip: (event) => answer(() => putAllBehind(event)),
	/** The short text of the whole module has been read. */
	read: (event) => answer(() => putAllBehind(event)),
	begin: (event) =>
		answer(async () => {
			const { step, scenario, ...wish } = await read(event, forms.begin);
			const { person } = signedIn(event);
			requireStep(event.locals.app, { ...event.params, step }, scenario);
			const ended = await beginPlay(event.locals.app, person, scenario, wish);
			if (ended) await putBehind(event, [step]);
			redirect(303, `${pathOf(event)}?step=${step}&scenario=${scenario}`);
		}),
	note: (event) =>
		answer(async () => {
			const { step, scenario, note } = await read(event, forms.note);
			const { person } = signedIn(event);
			const { app } = event.locals;
			requireStep(app, { ...event.params, step }, scenario);
			await keepNote(app, person, scenario, note);
			redirect(303, `${pathOf(event)}?step=${step}&scenario=${scenario}#note`);
		}),
	move: (event) =>
		answer(async () => {
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
