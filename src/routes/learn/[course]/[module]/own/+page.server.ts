import { error, redirect, type RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import {
	landRefresher,
	openRefresher,
	putEncounterBehind,
	type OwnRefresher
} from '#lib/practice/refreshers.server.ts';
import type { Course, Module } from '#lib/content/course.ts';
import { keepVersion } from '#lib/scenario/versions.server.ts';
import { finishSteps } from '../../../../../finishing.server.ts';
import { readForm } from '../../../../forms.ts';
import { answer, signedIn } from '../../../../respond.ts';
import { beginFields, moveForm, noteField } from '../../../../scenarios/move.ts';
import { beginPlay, keepNote, recordPlay } from '../../../../scenarios/play.server.ts';
import { requireModule, requireOpen } from '../../../module.server.ts';
import { drawRefresher, findOpenRefresher, hasEncounters } from '../../../own-refresher.server.ts';
import { describeOwnRefresher } from './describe.server.ts';
import { landing } from './view.ts';
import type { Actions, PageServerLoad, RouteParams } from './$types';

type Event = RequestEvent<RouteParams>;
type Found = { course: Course; module: Module };

const modulePath = ({ params }: Event) => `/learn/${params.course}/${params.module}`;
const ownPath = (event: Event) => `${modulePath(event)}/own`;

/** Answers where the course is open to who asks and the module is its refresher, with something to make one from. */
function open<T>(event: Event, work: (found: Found) => Promise<T>): Promise<T> {
	return answer(async () => {
		const actor = signedIn(event);
		const { app } = event.locals;
		const found = requireModule(app, event.params);
		await requireOpen(app, actor, found.course);
		if (found.module !== found.course.refresher || !hasEncounters(app, found.course))
			error(404, { message: 'not-found' });
		return work(found);
	});
}

/** The same with the refresher that is open; without one, back to where one chooses. */
function going<T>(
	event: Event,
	work: (found: Found & { own: OwnRefresher }) => Promise<T>
): Promise<T> {
	return open(event, async (found) => {
		const { app } = event.locals;
		const own = await findOpenRefresher(app, signedIn(event).person, found.course);
		if (!own) redirect(303, modulePath(event));
		return work({ ...found, own });
	});
}

export const load: PageServerLoad = (event) =>
	going(event, async (found) => {
		const { app, locale } = event.locals;
		const asked = (name: string) => event.url.searchParams.get(name);
		const wanted = { step: asked('step'), view: asked('view') };
		const { person } = signedIn(event);
		return { own: await describeOwnRefresher(app, person, found, found.own, wanted, locale) };
	});

const key = v.pipe(v.string(), v.maxLength(100));
const forms = {
	nothing: v.strictObject({}),
	step: v.strictObject({ step: key }),
	begin: v.strictObject({ step: key, scenario: key, ...beginFields }),
	note: v.strictObject({ step: key, scenario: key, note: noteField }),
	move: v.strictObject({ step: key, scenario: key, ...moveForm })
};

async function read<Schema extends v.GenericSchema>(event: Event, schema: Schema) {
	const { success, output } = await readForm(event.request, schema);
	if (!success) error(422, { message: 'invalid' });
	return output;
}

/** An encounter of the refresher that is open, and of no other. */
function requireEncounter({ encounters }: OwnRefresher, slug: string): void {
	if (!encounters.some((one) => one.slug === slug)) error(404, { message: 'not-found' });
}

/**
 * Puts the module behind the person once every encounter is: the same steps in the same cycle as the
 * standard refresher, so that nothing tells which of the two it was.
 */
async function land(event: Event, { course, module, own }: Found & { own: OwnRefresher }) {
	const { app } = event.locals;
	const { person } = signedIn(event);
	if (own.encounters.some(({ isBehind }) => !isBehind)) redirect(303, ownPath(event));
	const { version: hash, slug, body } = course;
	await keepVersion(app, { hash, kind: 'course', slug, body });
	await finishSteps(
		app,
		person,
		course,
		module,
		module.steps.map((step) => step.key)
	);
	await landRefresher(app.learning, person, slug);
	redirect(303, modulePath(event));
}

export const actions = {
	/** Makes a refresher for the person; where none can be made, the standard one is offered. */
	choose: (event) =>
		open(event, async ({ course }) => {
			await read(event, forms.nothing);
			const { app } = event.locals;
			const { person } = signedIn(event);
			if (!(await findOpenRefresher(app, person, course))) {
				const drawn = await drawRefresher(app, person, course);
				if (!drawn) redirect(303, modulePath(event));
				await openRefresher(app.learning, person, course.slug, drawn, app.now());
			}
			redirect(303, ownPath(event));
		}),
	onward: (event) =>
		going(event, async (found) => {
			const { step } = await read(event, forms.step);
			if (step === landing) return land(event, found);
			requireEncounter(found.own, step);
			const { app } = event.locals;
			await putEncounterBehind(app.learning, signedIn(event).person, found.course.slug, step);
			redirect(303, ownPath(event));
		}),
	begin: (event) =>
		going(event, async ({ own }) => {
			const { step, scenario, ...wish } = await read(event, forms.begin);
			requireEncounter(own, scenario);
			await beginPlay(event.locals.app, signedIn(event).person, scenario, wish);
			redirect(303, `${ownPath(event)}?step=${step}`);
		}),
	note: (event) =>
		going(event, async ({ own }) => {
			const { step, scenario, note } = await read(event, forms.note);
			requireEncounter(own, scenario);
			await keepNote(event.locals.app, signedIn(event).person, scenario, note);
			redirect(303, `${ownPath(event)}?step=${step}#note`);
		}),
	move: (event) =>
		going(event, async ({ own }) => {
			const { step, scenario, ...move } = await read(event, forms.move);
			requireEncounter(own, scenario);
			await recordPlay(event.locals.app, signedIn(event).person, scenario, move);
			redirect(303, `${ownPath(event)}?step=${step}#consequence-${move.position}`);
		})
} satisfies Actions;
