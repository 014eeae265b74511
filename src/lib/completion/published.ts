import type { Reached, Shares } from './coverage.ts';
import type { Counts, State } from './state.ts';

/** What is published of a workplace in a course. */
export interface PublishedCounts {
	/** The earliest day on which any part of it was counted. */
	asOf: string;
	counts: Counts;
	/** False where somebody who works there now is not counted, or somebody is who has gone. */
	isWhole: boolean;
	/** As it was published last in each month, `YYYY-MM`. */
	months: Readonly<Record<string, { valid: number; total: number }>>;
}

/** What is published of how far a workplace is covered. */
export interface PublishedCoverage {
	asOf: string;
	/** How many people it is about. */
	people: number;
	shares: Shares;
}

export interface CountsBody {
	courses: Record<string, PublishedCounts>;
}

/** What was published of a group, and when. */
export interface GroupBody {
	counts: Record<string, { on: string; counts: Counts }>;
	reached: { on: string; reached: Reached } | null;
}

/** How somebody stood, by course, and of which courses they hold a valid refresher. */
export interface PersonBody {
	stands: Record<string, [State, boolean]>;
	refreshed: string[];
}

/** How many months a curve goes back. */
export const monthsKept = 36;

/** The first day of several. */
export function earliest(parts: readonly { on: string }[]): string {
	return parts.reduce((first, { on }) => (on < first ? on : first), parts[0]?.on ?? '');
}
