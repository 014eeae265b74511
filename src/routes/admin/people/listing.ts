import type { Locale } from '#lib/content/localised.ts';
import { writeDay } from '#lib/time.ts';
import type { FoundPeople, PeopleWish } from '#lib/workplaces/find-people.server.ts';

/** Reads `?q=…&left=1&page=…`; what is not known is as if it were not there. */
export function readPeopleWish(parameters: URLSearchParams): Omit<PeopleWish, 'workplace'> {
	const page = Number(parameters.get('page'));
	return {
		query: (parameters.get('q') ?? '').trim().slice(0, 200),
		hasLeft: parameters.get('left') === '1',
		page: Number.isInteger(page) && page >= 1 ? page : 1
	};
}

/** The address of another page of the same list. */
export function writePage(parameters: URLSearchParams, page: number): string {
	const written = new URLSearchParams(parameters);
	written.set('page', String(page));
	return `?${written}#found`;
}

/** The people found, as a page lists them. */
export function writeFound({ people, ...rest }: FoundPeople, locale: Locale) {
	return {
		...rest,
		people: people.map(({ email, username, closedOn, ...person }) => ({
			...person,
			signInName: email ?? username,
			closedOn: closedOn && writeDay(closedOn, locale)
		}))
	};
}

export type FoundView = ReturnType<typeof writeFound>;
