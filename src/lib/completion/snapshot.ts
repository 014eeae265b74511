import type { Localised } from '#lib/content/localised.ts';
import type { Viewing } from '#lib/workplaces/view-policy.ts';
import type { CurvePoint } from './curve.ts';
import type { Counts } from './state.ts';
import type { Span, Way } from './coverage.ts';

/**
 * Everything that a status for the board says, as it was on its day: it is read from this alone, whatever
 * becomes of courses, workplaces and people. It holds no name of anybody.
 */
export interface SnapshotBody {
	/** Of the shape of this; a later one is read beside it. */
	version: 1;
	workplace: string;
	organisation: string;
	/** What leaders saw on that day; with `counts` all numbers are the published ones. */
	shows: Viewing;
	courses: readonly SnapshotCourse[];
	coverage: SnapshotCoverage | null;
}

export interface SnapshotCourse {
	title: Localised;
	/** Null where there are too few people to tell. */
	counts: Counts | null;
	/** The day of the numbers. */
	asOf: string;
	/** What lies right below the workplace; small ones are left out. */
	units: readonly { name: string; counts: Counts }[];
	curve: readonly CurvePoint[];
}

export interface SnapshotCoverage {
	asOf: string;
	people: number;
	levels: readonly {
		title: Localised;
		shares: Readonly<Record<Way, Span | null>>;
		outcomes: readonly {
			id: string;
			text: Localised;
			shares: Readonly<Record<Way, Span | null>>;
		}[];
	}[];
}
