import type { App } from '#lib/app.ts';
import type { Course, Module } from '#lib/content/course.ts';
import type { Locale } from '#lib/content/localised.ts';
import { DomainError } from '#lib/errors.ts';
import type { OwnRefresher } from '#lib/practice/refreshers.server.ts';
import { describePlay, requireScenario } from '../../../../scenarios/play.server.ts';
import type { ScenarioView } from '../view.ts';
import { landing, type OwnRefresherView } from './view.ts';

/**
 * What the page of a refresher made for this person shows: the step that is asked for, or the first that
 * is not behind them.
 *
 * @throws {DomainError} `not-found` for a step that is not in it.
 */
export async function describeOwnRefresher(
	app: App,
	person: string,
	{ course, module }: { course: Course; module: Module },
	{ encounters }: OwnRefresher,
	wanted: { step: string | null; view: string | null },
	locale: Locale
): Promise<OwnRefresherView> {
	const next = encounters.find(({ isBehind }) => !isBehind)?.slug ?? landing;
	const key = wanted.step ?? next;
	const steps = [
		...encounters.map(({ slug, isBehind }) => ({ key: slug, behind: isBehind })),
		{ key: landing, behind: false }
	];
	const current = steps.findIndex((step) => step.key === key);
	if (current < 0) throw new DomainError('not-found', 'encounter');
	const isLanding = key === landing;
	return {
		course: { slug: course.slug, title: course.title[locale] },
		module: {
			slug: module.slug,
			title: module.title[locale],
			first: module.steps[0]?.key ?? ''
		},
		steps,
		current,
		isPaused: wanted.view === 'pause',
		encounter: isLanding ? null : await describeEncounter(app, person, key, wanted.view, locale),
		today: isLanding ? findToday(module, locale) : null
	};
}

async function describeEncounter(
	app: App,
	person: string,
	slug: string,
	asked: string | null,
	locale: Locale
): Promise<ScenarioView> {
	const { title, summary, contentNote, setting, minutes } = requireScenario(app, slug).presented[
		locale
	];
	return {
		kind: 'scenario',
		intro: null,
		offered: [{ slug, title, summary, contentNote, setting, minutes }],
		chosen: slug,
		play: await describePlay(app, person, slug, locale, asked)
	};
}

function findToday(module: Module, locale: Locale) {
	const step = module.steps.findLast(({ kind }) => kind === 'landing');
	return step?.kind === 'landing' ? step.text[locale] : null;
}
