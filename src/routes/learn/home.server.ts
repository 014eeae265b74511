import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { listCoursesOf, listModulesOf } from '#lib/completion/completions.server.ts';
import type { Course } from '#lib/content/course.ts';
import type { Locale } from '#lib/content/localised.ts';
import { listStepsBehind } from '#lib/practice/progress.server.ts';
import { writeDay } from '#lib/time.ts';
import { settleModule } from '../../finishing.server.ts';
import { isOpenTo } from './module.server.ts';
import type { CourseSummary, HomeView } from './home.ts';

type Days = ReadonlyMap<string, string>;

/** A course as its learner sees it from outside: which modules are done, and which is next. */
export function summariseCourse(
	course: Course,
	modulesDone: Days,
	coursesDone: Days,
	locale: Locale,
	isOpen: boolean
): CourseSummary {
	const dayOf = (day: string | undefined) => (day ? writeDay(day, locale) : null);
	const now = course.modules.find(({ slug }) => !modulesDone.has(`${course.slug}/${slug}`));
	return {
		slug: course.slug,
		title: course.title[locale],
		summary: course.summary[locale],
		minutes: course.modules.reduce((sum, { minutes }) => sum + minutes, 0),
		completedOn: dayOf(coursesDone.get(course.slug)),
		modules: course.modules.map(({ slug, title, minutes }, index) => {
			const day = modulesDone.get(`${course.slug}/${slug}`);
			const state = day ? 'done' : slug === now?.slug ? 'now' : 'later';
			return {
				slug,
				title: title[locale],
				minutes,
				number: index + 1,
				state,
				completedOn: dayOf(day)
			};
		}),
		refresher: coursesDone.has(course.slug)
			? summariseRefresher(course, modulesDone, locale)
			: null,
		isOpen
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

/** Whether a track is for somebody by what they are; everybody is staff. */
function isMeantFor({ roles }: Course, { grants }: Actor): boolean {
	return roles.includes('staff') || grants.some(({ role }) => roles.includes(role));
}

/**
 * What the learner's first page shows. Of tracks for others, those that were begun. A module that is finished on the private side but was never
 * recorded, because a write failed in between, is recorded here.
 */
export async function describeHome(app: App, actor: Actor, locale: Locale): Promise<HomeView> {
	const modulesDone = await listModulesOf(app.db.read, actor.person);
	const coursesDone = await listCoursesOf(app.db.read, actor.person);
	const courses = app.library.catalogue.courses.filter(
		(one) =>
			isMeantFor(one, actor) ||
			one.modules.some(({ slug }) => modulesDone.has(`${one.slug}/${slug}`))
	);
	const open = new Set<Course>();
	for (const one of courses) if (await isOpenTo(app, actor, one)) open.add(one);
	const summaries = courses.map((one) =>
		summariseCourse(one, modulesDone, coursesDone, locale, open.has(one))
	);
	const course = courses.find((one) => !coursesDone.has(one.slug) && open.has(one));
	const module = course?.modules.find(({ slug }) => !modulesDone.has(`${course.slug}/${slug}`));
	if (!course || !module) return { name: actor.name, next: null, courses: summaries };

	const ref = { course: course.slug, module: module.slug };
	const behind = await listStepsBehind(app.learning, actor.person, ref);
	const left = module.steps.filter(({ key }) => !behind.has(key)).length;
	if (left === 0 && (await settleModule(app, actor.person, course, module)))
		return describeHome(app, actor, locale);
	return {
		name: actor.name,
		next: {
			course: course.slug,
			courseTitle: course.title[locale],
			module: module.slug,
			title: module.title[locale],
			illustration: module.illustration,
			number: course.modules.indexOf(module) + 1,
			minutes: Math.max(1, Math.round((module.minutes * left) / module.steps.length)),
			begun: behind.size > 0
		},
		courses: summaries
	};
}
