import type { Catalogue } from '#lib/content/catalogue.ts';
import type { Outcome } from '#lib/content/framework.ts';
import type { Locale } from '#lib/content/localised.ts';
import type { Training } from '#lib/scenario/training.ts';

/** A way to what teaches or trains an outcome. */
export interface Way {
	href: string;
	title: string;
}

export interface OutcomeView {
	id: string;
	text: string;
	kind: Outcome['kind'];
	status: Outcome['status'];
	/** Why the platform leaves it out; null where it does not. */
	leftOut: string | null;
	/** By their courses. */
	courses: { title: string; modules: Way[] }[];
	/** Tasks and facilitated exercises. */
	doing: Way[];
	/** `decisions` as one reads them: "1, 3 og 4". */
	scenarios: (Way & { decisions: string; several: boolean })[];
}

export interface LevelView {
	slug: string;
	title: string;
	summary: string | null;
	count: number;
	/** Outcomes of it that at least one module teaches. */
	covered: number;
	areas: { slug: string; title: string; outcomes: OutcomeView[] }[];
}

export interface StoryView extends Way {
	slug: string;
	summary: string;
	minutes: number;
	setting: string;
	/** Ids of what its decisions train. */
	trains: string[];
}

export interface FrameworkView {
	levels: LevelView[];
	all: number;
	/** Outcomes that at least one module teaches. */
	covered: number;
	/** What the platform leaves out, by reason. */
	leftOut: { reason: string; outcomes: OutcomeView[] }[];
	stories: StoryView[];
	/** Outcomes by how sure we are of them. */
	statuses: { status: Outcome['status']; count: number }[];
}

interface Story {
	slug: string;
	scenario: Training['scenarios'][number]['scenario'];
}

/** The framework with all that teaches and trains it, in one language. */
export function listFramework(
	{ framework, settings }: Pick<Catalogue, 'framework' | 'settings'>,
	trainings: readonly Training[],
	stories: readonly Story[],
	locale: Locale
): FrameworkView {
	const views = trainings.map((training) => ({ training, view: describe(training, locale) }));
	const levels = framework.levels.map((level) => {
		const own = views.filter(({ training }) => training.outcome.level === level.slug);
		const areas = framework.areas.flatMap(({ slug, title }) => {
			const outcomes = own.filter(({ training }) => training.outcome.area === slug);
			if (outcomes.length === 0) return [];
			return [
				{
					slug: `${level.slug}-${slug}`,
					title: title[locale],
					outcomes: outcomes.map(({ view }) => view)
				}
			];
		});
		return {
			slug: level.slug,
			title: level.title[locale],
			summary: level.summary?.[locale] ?? null,
			count: own.length,
			covered: own.filter(({ view }) => isCovered(view)).length,
			areas
		};
	});
	const outcomes = views.map(({ view }) => view);
	const placeName = (slug: string) => settings.find((one) => one.slug === slug)?.[locale] ?? slug;
	return {
		levels: levels.filter(({ count }) => count > 0),
		all: outcomes.length,
		covered: outcomes.filter(isCovered).length,
		leftOut: [...Map.groupBy(outcomes, ({ leftOut }) => leftOut)].flatMap(([reason, outcomes]) =>
			reason === null ? [] : [{ reason, outcomes }]
		),
		stories: stories.map(({ slug, scenario }) => ({
			slug,
			href: `/scenarios/${slug}`,
			title: scenario.title[locale],
			summary: scenario.summary[locale],
			minutes: scenario.minutes,
			setting: placeName(scenario.setting),
			trains: trainings
				.filter(({ scenarios }) => scenarios.some((one) => one.slug === slug))
				.map(({ outcome }) => outcome.id)
		})),
		statuses: (['C', 'P', 'R', 'L'] as const).map((status) => ({
			status,
			count: outcomes.filter((outcome) => outcome.status === status).length
		}))
	};
}

function isCovered({ courses }: OutcomeView): boolean {
	return courses.length > 0;
}

function describe({ outcome, leftOut, modules, scenarios }: Training, locale: Locale): OutcomeView {
	const list = new Intl.ListFormat(locale === 'da' ? 'da-DK' : 'en-GB', { type: 'conjunction' });
	return {
		id: outcome.id,
		text: outcome.text[locale],
		kind: outcome.kind,
		status: outcome.status,
		leftOut: leftOut?.[locale] ?? null,
		courses: [...Map.groupBy(modules, ({ course }) => course)].map(([course, own]) => ({
			title: course.title[locale],
			modules: own.map(({ module }) => ({
				href: `/learn/${course.slug}/${module.slug}`,
				title: module.title[locale]
			}))
		})),
		doing: modules.flatMap(({ course, module, tasks, exercises }) =>
			[
				...tasks.map(({ key, title }) => ({ key, title: title[locale] })),
				...exercises.map(({ key, text }) => ({ key, title: text[locale].title ?? key }))
			].map(({ key, title }) => ({
				href: `/learn/${course.slug}/${module.slug}?step=${key}`,
				title
			}))
		),
		scenarios: scenarios.map(({ slug, scenario, decisions }) => ({
			href: `/scenarios/${slug}`,
			title: scenario.title[locale],
			decisions: list.format(decisions.map(String)),
			several: decisions.length > 1
		}))
	};
}
