import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { cycleOf } from '#lib/completion/cycles.server.ts';
import { isOpen, type OwnStanding } from '#lib/completion/own-standing.ts';
import { readOwnStandings } from '#lib/completion/stale.server.ts';
import { listModulesOf } from '#lib/completion/completions.server.ts';
import type { Course, Module } from '#lib/content/course.ts';
import type { Locale } from '#lib/content/localised.ts';
import { listStepsBehind } from '#lib/practice/progress.server.ts';
import { dayOf, writeDay } from '#lib/time.ts';
import { settleModule } from '../../finishing.server.ts';
import { compareAsked, sayAsked } from './asking.ts';
import { isOpenTo } from './module.server.ts';
import type { CourseSummary, HomeView } from './home.ts';

type Days = ReadonlyMap<string, string>;

/** A course as its learner sees it from outside: which modules are done, and which is next. */
export function summariseCourse(
	course: Course,
	modulesDone: Days,
	standing: OwnStanding | undefined,
	{ locale, today, isOpenTo }: { locale: Locale; today: string; isOpenTo: boolean }
): CourseSummary {
	const write = (day: string | undefined) => (day ? writeDay(day, locale) : null);
	const now = course.modules.find(({ slug }) => !modulesDone.has(`${course.slug}/${slug}`));
	return {
		slug: course.slug,
		title: course.title[locale],
		summary: course.summary[locale],
		minutes: course.modules.reduce((sum, { minutes }) => sum + minutes, 0),
		completedOn: write(standing?.completedOn ?? undefined),
		asked: sayAsked(standing, today, locale),
		modules: course.modules.map(({ slug, title, minutes }, index) => {
			const day = modulesDone.get(`${course.slug}/${slug}`);
			const state = day ? 'done' : slug === now?.slug ? 'now' : 'later';
			return {
				slug,
				title: title[locale],
				minutes,
				number: index + 1,
				state,
				completedOn: write(day)
			};
		}),
		refresher: standing?.completedOn ? summariseRefresher(course, modulesDone, locale) : null,
		isOpen: isOpenTo
	};
}

function summariseRefresher(
	{ slug: course, refresher }: Course,
	modulesDone: Days,
	locale: Locale
): CourseSummary['refresher'] {
	if (!refresher) return null;
	const { slug, title, minutes } = refresher;
	const day = modulesDone.get(`${course}/${slug}`);
	return { slug, title: title[locale], minutes, completedOn: day ? writeDay(day, locale) : null };
}

/** What the cycle a person is in asks of them: the modules, or the refresher alone. */
function listAsked({ modules, refresher }: Course, standing: OwnStanding | undefined) {
	return standing?.by === 'refresher' && refresher ? [refresher] : modules;
}

/** Whether a track is for somebody by what they are; everybody is staff. */
function isMeantFor({ roles }: Course, { grants }: Actor): boolean {
	return roles.includes('staff') || grants.some(({ role }) => roles.includes(role));
}

/**
 * What the learner's first page shows: what is asked first, and of tracks for others those that were
 * asked for, chosen or begun. A module that is finished on the private side but was never recorded,
 * because a write failed in between, is recorded here.
 */
export async function describeHome(app: App, actor: Actor, locale: Locale): Promise<HomeView> {
	const standings = await readOwnStandings(app, actor.person);
	const modulesDone = await listModulesOf(app.db.read, actor.person, standings);
	const today = dayOf(app.now());
	const all = app.library.catalogue.courses;
	const courses = all
		.filter((one) => isMeantFor(one, actor) || standings.has(one.slug))
		.toSorted((a, b) => compareAsked(standings.get(a.slug), standings.get(b.slug)));
	const open = new Set<Course>();
	for (const one of courses) if (await isOpenTo(app, actor, one)) open.add(one);
	const view = {
		name: actor.name,
		courses: courses.map((one) =>
			summariseCourse(one, modulesDone, standings.get(one.slug), {
				locale,
				today,
				isOpenTo: open.has(one)
			})
		),
		more: all
			.filter((one) => !courses.includes(one))
			.map(({ slug, title, modules }) => ({
				slug,
				title: title[locale],
				minutes: modules.reduce((sum, { minutes }) => sum + minutes, 0)
			}))
	};
	const isLeft = (course: string) => (module: Module) =>
		!modulesDone.has(`${course}/${module.slug}`);
	const isDone = (one: Course) => {
		const standing = standings.get(one.slug);
		if (standing && !isOpen(standing)) return true;
		return !listAsked(one, standing).some(isLeft(one.slug));
	};
	const course = courses.find((one) => !isDone(one) && open.has(one));
	const module = course && listAsked(course, standings.get(course.slug)).find(isLeft(course.slug));
	if (!course || !module) return { ...view, next: null };

	const ref = { course: course.slug, module: module.slug };
	const cycle = cycleOf(standings.get(course.slug), course, module);
	const behind = await listStepsBehind(app.learning, actor.person, ref, cycle);
	const left = module.steps.filter(({ key }) => !behind.has(key)).length;
	if (left === 0 && (await settleModule(app, actor.person, course, module)))
		return describeHome(app, actor, locale);
	return {
		...view,
		next: {
			course: course.slug,
			courseTitle: course.title[locale],
			module: module.slug,
			title: module.title[locale],
			illustration: module.illustration,
			number: module === course.refresher ? null : course.modules.indexOf(module) + 1,
			minutes: Math.max(1, Math.round((module.minutes * left) / module.steps.length)),
			begun: behind.size > 0
		}
	};
}
