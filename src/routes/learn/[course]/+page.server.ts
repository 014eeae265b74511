import { listCoursesOf, listModulesOf } from '#lib/completion/completions.server.ts';
import { answer, signedIn } from '../../respond.ts';
import { summariseCourse } from '../home.server.ts';
import { isOpenTo, requireCourse } from '../module.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	answer(async () => {
		const actor = signedIn(event);
		const { person } = actor;
		const { app, locale } = event.locals;
		const course = requireCourse(app, event.params.course);
		const modules = await listModulesOf(app.db.read, person);
		const courses = await listCoursesOf(app.db.read, person);
		const isOpen = await isOpenTo(app, actor, course);
		return { course: summariseCourse(course, modules, courses, locale, isOpen) };
	});
