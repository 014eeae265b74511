import type { State } from './state.ts';

/** By what a leader may order people. */
export const sorts = ['name', 'workplace', 'state', 'completed', 'due'] as const;

export type Sort = (typeof sorts)[number];

/** Which people a leader wants to see, and in which order. */
export interface PeopleFilter {
	/** Only people in this state; null for everybody. */
	state: State | null;
	/** Only people who are this at the workplaces; null for everybody. */
	role: string | null;
	/** Only people at this workplace or below it; null for all that are looked at. */
	at: string | null;
	/** Words of a name or an address; all must fit, as people type them. */
	query: string;
	sort: Sort;
}

/** Everybody, by name. */
export const everybody: PeopleFilter = {
	state: null,
	role: null,
	at: null,
	query: '',
	sort: 'name'
};
