import type { App } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';
import { DomainError } from '#lib/errors.ts';

/**
 * The course a leader looks at: the one named in the address, else the first in the catalogue.
 *
 * @throws {DomainError} `not-found` for a course that is not there.
 */
export function chooseCourse(app: App, wanted: string | null, locale: Locale) {
	const { courses } = app.library.catalogue;
	const course = wanted ? courses.find(({ slug }) => slug === wanted) : courses[0];
	if (!course) throw new DomainError('not-found', 'course');
	return {
		slug: course.slug,
		title: course.title[locale],
		modules: course.modules.length,
		others: courses.map(({ slug, title }) => ({ slug, title: title[locale] }))
	};
}
