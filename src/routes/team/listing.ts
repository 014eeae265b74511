import { states, type State } from '#lib/completion/state.ts';
import type { ReportView } from './report.ts';

export type Person = ReportView['people'][number];

/** By what a leader may order the table of people. */
export const sorts = ['name', 'state', 'workplace'] as const;

export type Sort = (typeof sorts)[number];

/** What the address asks for; every part of it has a default. */
export interface Wish {
	sort: Sort;
	/** Only people in this state; null for everybody. */
	state: State | null;
	/** Counted from 1. */
	page: number;
}

/** One page of the table of people. */
export interface PeopleListing {
	people: Person[];
	page: number;
	pages: number;
}

const peopleOnPage = 200;

/** Reads `?sort=…&state=…&page=…`; what is not known is as if it were not there. */
export function readWish(parameters: URLSearchParams): Wish {
	const page = Number(parameters.get('page'));
	return {
		sort: sorts.find((known) => known === parameters.get('sort')) ?? 'name',
		state: states.find((known) => known === parameters.get('state')) ?? null,
		page: Number.isInteger(page) && page >= 1 ? page : 1
	};
}

/** The address of the same table with a part of the wish changed; other parameters stay. */
export function writeWish(parameters: URLSearchParams, wish: Wish): string {
	const written = new URLSearchParams(parameters);
	for (const key of [...written.keys()]) if (key.startsWith('/')) written.delete(key);
	for (const key of ['sort', 'state', 'page']) written.delete(key);
	if (wish.sort !== 'name') written.set('sort', wish.sort);
	if (wish.state) written.set('state', wish.state);
	if (wish.page > 1) written.set('page', String(wish.page));
	return `?${written}`;
}

const byDanish = new Intl.Collator('da');

// People come in the order of their names, which stays where the comparison finds no difference.
const comparisons: Readonly<Record<Sort, (a: Person, b: Person) => number>> = {
	name: () => 0,
	state: (a, b) => states.indexOf(a.state) - states.indexOf(b.state),
	workplace: (a, b) => byDanish.compare(a.workplaces.join(), b.workplaces.join())
};

/** Picks, orders and cuts the people as wished; they must come in the order of their names. */
export function listPeople(all: readonly Person[], wish: Wish): PeopleListing {
	const wanted = all
		.filter(({ state }) => wish.state === null || state === wish.state)
		.toSorted(comparisons[wish.sort]);
	const pages = Math.max(1, Math.ceil(wanted.length / peopleOnPage));
	const page = Math.min(wish.page, pages);
	return { people: wanted.slice((page - 1) * peopleOnPage, page * peopleOnPage), page, pages };
}
