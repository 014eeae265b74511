import { states } from '#lib/completion/state.ts';
import { everybody, sorts, type PeopleFilter } from '#lib/completion/team-wish.ts';

/** What the address asks for; every part of it has a default. */
export interface Wish extends PeopleFilter {
	/** Counted from 1. */
	page: number;
}

const ordinary: Wish = { ...everybody, page: 1 };

/** Reads `?state=…&role=…&at=…&q=…&sort=…&page=…`; what is not known is as if it were not there. */
export function readWish(parameters: URLSearchParams): Wish {
	return {
		state: states.find((known) => known === parameters.get('state')) ?? null,
		role: readSlug(parameters.get('role')),
		at: readSlug(parameters.get('at')),
		query: (parameters.get('q') ?? '').trim().slice(0, 200),
		sort: sorts.find((known) => known === parameters.get('sort')) ?? ordinary.sort,
		page: readPage(parameters)
	};
}

/** Reads `?page=…`, counted from 1. */
export function readPage(parameters: URLSearchParams): number {
	const page = Number(parameters.get('page'));
	return Number.isInteger(page) && page >= 1 ? page : 1;
}

const readSlug = (text: string | null) => (text && /^[a-z0-9-]{1,64}$/.test(text) ? text : null);

/** Whether it asks for some people rather than for everybody. */
export function isChosen({ state, role, at, query }: Wish): boolean {
	return state !== null || role !== null || at !== null || query !== '';
}

const names = {
	state: 'state',
	role: 'role',
	at: 'at',
	query: 'q',
	sort: 'sort',
	page: 'page'
} as const;

/** The search part of an address: the course where it is not the ordinary one, and what is wished. */
export function writeWish(course: string | null, wish: Partial<Wish>): string {
	const written = new URLSearchParams();
	if (course) written.set('course', course);
	for (const key of Object.keys(names) as (keyof typeof names)[]) {
		const value = wish[key] ?? ordinary[key];
		if (value !== ordinary[key]) written.set(names[key], String(value));
	}
	return written.size > 0 ? `?${written}` : '';
}
