import { listOwnStandings } from '#lib/completion/cycles.server.ts';
import { listModulesOf } from '#lib/completion/completions.server.ts';
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
		const standings = await listOwnStandings(app.db.read, person);
		const modules = await listModulesOf(app.db.read, person, standings);
		const isOpen = await isOpenTo(app, actor, course);
		return { course: summariseCourse(course, modules, standings.get(course.slug), locale, isOpen) };
	});
