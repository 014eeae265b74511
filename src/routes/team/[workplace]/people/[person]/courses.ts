import type { RequestEvent } from '@sveltejs/kit';
import { readTeamPerson, type PersonCourse } from '#lib/completion/team-person.server.ts';
import { writeDay } from '#lib/time.ts';
import { signedIn } from '../../../../respond.ts';

/**
 * Where a person stands in each course, as the page of their record shows it: days, times and versions
 * only. Null where who looks may not know.
 */
export async function describeCourses(event: RequestEvent, person: string) {
	const { app, locale } = event.locals;
	const courses = await readTeamPerson(app, signedIn(event), person);
	if (!courses) return null;
	const write = (day: string) => writeDay(day, locale);
	return courses.map((one: PersonCourse) => {
		const course = app.library.catalogue.course(one.course);
		return {
			slug: one.course,
			title: course?.title[locale] ?? one.course,
			state: one.state,
			dueOn: one.dueOn && write(one.dueOn),
			completions: one.completions.map(({ cycle, day, version, by, source }) => ({
				cycle,
				by,
				source,
				day: write(day),
				/** As much of the hash as tells versions of a course apart. */
				version: version.slice(0, 8)
			}))
		};
	});
}

export type CoursesView = NonNullable<Awaited<ReturnType<typeof describeCourses>>>;
