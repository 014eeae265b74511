import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import type { Course, LessonStep, Module, ScenarioStep, Step } from '#lib/content/course.ts';
import type { Locale } from '#lib/content/localised.ts';
import { listModulesOf } from '#lib/completion/completions.server.ts';
import { findCycle, listOwnStandings } from '#lib/completion/cycles.server.ts';
import { findOpenScenario } from '#lib/practice/attempts.server.ts';
import { listStepsBehind, scopeOfModule } from '#lib/practice/progress.server.ts';
import { readReflection } from '#lib/practice/reflections.server.ts';
import { listOwnHouses } from '#lib/plenary/agreements.server.ts';
import { DomainError } from '#lib/errors.ts';
import { describePlay, requireScenario } from '../../../scenarios/play.server.ts';
import { describeOffer } from '../../own-refresher.server.ts';
import { findNextStep, findStep, requireModule } from '../../module.server.ts';
import { describeCheck } from './describe-check.ts';
import { describeTask } from './describe-task.server.ts';
import type { LessonView, ModuleView, ScenarioView, StepView } from './view.ts';

/** Where in a module somebody wants to be; nothing of it is kept. */
export interface Wanted {
	step: string | null;
	view: string | null;
	scenario: string | null;
	workplace: string | null;
}

/**
 * What the page of a module shows to this person.
 *
 * @throws {DomainError} `not-found` for a module, step or scenario that is not there.
 */
export async function describeModule(
	app: App,
	actor: Actor,
	ref: { course: string; module: string },
	wanted: Wanted,
	locale: Locale
): Promise<ModuleView> {
	const { person } = actor;
	const { course, module } = requireModule(app, ref);
	const cycle = await findCycle(app.db.read, person, course, module);
	const behind = await listStepsBehind(app.learning, person, ref, cycle);
	const step = chooseStep(module, behind, wanted);
	const view = chooseView(module, behind, wanted);
	return {
		course: { slug: course.slug, title: course.title[locale] },
		module: {
			slug: module.slug,
			title: module.title[locale],
			minutes: module.minutes,
			contentNote: module.contentNote[locale],
			illustration: module.illustration,
			number: numberModule(course, module)
		},
		own:
			view === 'note' || view === 'finished'
				? await describeOffer(app, person, course, module, locale)
				: null,
		next: view === 'finished' ? await findNextModule(app, person, course, locale) : null,
		steps: module.steps.map((one) => ({
			key: one.key,
			kind: one.kind,
			title: one.kind === 'lesson' ? (one.text[locale].title ?? null) : null,
			behind: behind.has(one.key)
		})),
		view,
		current: module.steps.indexOf(step),
		step: view === 'step' ? await describeStep(app, actor, ref, step, wanted, locale) : null,
		shortText: view === 'text' ? module.shortText[locale].html : null,
		sources: view === 'finished' ? module.sources.map(({ text }) => text[locale]) : []
	};
}

/** Counted from 1; the refresher is none of the numbered ones. */
function numberModule({ modules }: Course, module: Module): number | null {
	const index = modules.indexOf(module);
	return index < 0 ? null : index + 1;
}

function chooseStep(module: Module, behind: ReadonlySet<string>, wanted: Wanted): Step {
	const step = wanted.step
		? findStep(module, wanted.step)
		: (findNextStep(module, behind) ?? module.steps[0]);
	if (!step) throw new DomainError('not-found', 'step');
	return step;
}

function chooseView(
	module: Module,
	behind: ReadonlySet<string>,
	{ step, view }: Wanted
): ModuleView['view'] {
	if (view === 'pause') return 'pause';
	if (view === 'text' && !step) return 'text';
	if (step) return 'step';
	if (!findNextStep(module, behind)) return 'finished';
	return module.steps.some(({ key }) => behind.has(key)) ? 'step' : 'note';
}

async function findNextModule(app: App, person: string, course: Course, locale: Locale) {
	const { read } = app.db;
	const done = await listModulesOf(read, person, await listOwnStandings(read, person));
	const next = course.modules.find(({ slug }) => !done.has(`${course.slug}/${slug}`));
	return next ? { slug: next.slug, title: next.title[locale], minutes: next.minutes } : null;
}

async function describeStep(
	app: App,
	actor: Actor,
	ref: { course: string; module: string },
	step: Step,
	wanted: Wanted,
	locale: Locale
): Promise<StepView> {
	switch (step.kind) {
		case 'lesson':
			return describeLesson(app, actor, step, locale);
		case 'check':
			return describeCheck(step, locale);
		case 'reflection': {
			const written = await readReflection(
				app.learning,
				actor.person,
				scopeOfModule(ref),
				step.key
			);
			return { kind: 'reflection', prompt: step.prompt[locale], written: written ?? '' };
		}
		case 'landing':
			return { kind: 'landing', today: step.text[locale] };
		case 'scenario':
			return describeScenarioStep(app, actor.person, step, wanted, locale);
		case 'task':
			return describeTask(app, actor, ref, step, wanted.workplace, locale);
	}
}

/** A house's own agreements are asked for where a lesson has a place for them, and nowhere else. */
async function describeLesson(
	app: App,
	{ person }: Actor,
	{ text }: LessonStep,
	locale: Locale
): Promise<LessonView> {
	const { title = '', html, parts } = text[locale];
	const hasPlace = parts.some(({ kind }) => kind === 'agreements');
	const houses = hasPlace ? await listOwnHouses(app.db.read, person) : [];
	return { kind: 'lesson', title, html, own: houses.length > 0 ? { parts, houses } : null };
}

async function describeScenarioStep(
	app: App,
	person: string,
	{ scenarios: slugs, intro }: ScenarioStep,
	wanted: Wanted,
	locale: Locale
): Promise<ScenarioView> {
	const chosen = await chooseScenario(app, person, slugs, wanted.scenario);
	return {
		kind: 'scenario',
		intro: intro?.[locale] ?? null,
		offered: slugs.map((slug) => {
			const { title, summary, contentNote, setting, minutes } = requireScenario(app, slug)
				.presented[locale];
			return { slug, title, summary, contentNote, setting, minutes };
		}),
		chosen,
		play: chosen === null ? null : await describePlay(app, person, chosen, locale, wanted.view)
	};
}

/** The one that is asked for, or the only one, or the one that was begun; an empty wish is to see all. */
async function chooseScenario(
	app: App,
	person: string,
	slugs: readonly string[],
	wanted: string | null
): Promise<string | null> {
	if (slugs.length === 1) return slugs[0] ?? null;
	if (wanted === '') return null;
	if (wanted !== null) {
		if (!slugs.includes(wanted)) throw new DomainError('not-found', 'scenario');
		return wanted;
	}
	return findOpenScenario(app.learning, person, slugs);
}
