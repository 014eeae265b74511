import type { CourseSource } from './tree.ts';
import { stepKey } from './module-file.ts';

/** Pages that are always there and that texts may lead to, each with the places on it that have a name. */
export const ownPages: Readonly<Record<string, readonly string[]>> = {
	'/': [],
	'/accessibility': [],
	'/help': ['danger', 'local', 'national', 'regional'],
	'/learn': [],
	'/privacy': [],
	'/sign-in': [],
	'/team': []
};

/**
 * Every address of the platform that texts may lead to: the pages that are always there and their named
 * places, courses, modules, their steps, and scenarios.
 */
export function listAddresses(
	courses: readonly Pick<CourseSource, 'slug' | 'modules'>[],
	scenarios: readonly { slug: string }[]
): Set<string> {
	const pages = Object.entries(ownPages).flatMap(([page, places]) => [
		page,
		...places.map((place) => `${page}#${place}`)
	]);
	const learn = courses.flatMap(({ slug, modules }) => [
		`/learn/${slug}`,
		...modules.flatMap((module) => {
			const address = `/learn/${slug}/${module.slug}`;
			const steps = module.data?.steps ?? [];
			return [address, ...steps.map((_, index) => `${address}?step=${stepKey(steps, index)}`)];
		})
	]);
	return new Set([...pages, ...learn, ...scenarios.map(({ slug }) => `/scenarios/${slug}`)]);
}
