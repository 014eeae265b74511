import { addDays } from '#lib/time.ts';

/** What leaders see of their staff: who has completed what, or only how many. */
export const viewings = ['names', 'counts'] as const;

export type Viewing = (typeof viewings)[number];

/** A decision on what leaders see, as it stands in the store. */
export interface Decision {
	shows: Viewing;
	announcedOn: string;
	effectiveOn: string;
}

/** What leaders see on a day. */
export interface ViewPolicy {
	shows: Viewing;
	/**
	 * With `names`: only what was completed on this day or later is shown with a name; null where names
	 * were shown from the beginning. With `counts`: the day since which it has been so.
	 */
	since: string | null;
	/** What is decided and announced, and has not taken effect. */
	next: { shows: Viewing; announcedOn: string; effectiveOn: string } | null;
}

/** So many days ahead staff are told before more is shown. */
export const notice = 14;

/**
 * What holds on a day, of all that was decided. Before anything is, leaders see names. A decision to
 * show names reaches back to nothing that was completed while only counts were shown, or before.
 */
export function holdPolicy(decisions: readonly Decision[], day: string): ViewPolicy {
	const ordered = decisions.toSorted(
		(a, b) =>
			a.effectiveOn.localeCompare(b.effectiveOn) || a.announcedOn.localeCompare(b.announcedOn)
	);
	let shows: Viewing = 'names';
	let since: string | null = null;
	for (const decision of ordered) {
		if (decision.effectiveOn > day || decision.shows === shows) continue;
		({ shows } = decision);
		since = decision.effectiveOn;
	}
	const next = ordered.find(({ effectiveOn }) => effectiveOn > day) ?? null;
	return { shows, since, next };
}

/** The day a decision takes effect: showing less does at once, showing more after its notice. */
export function takesEffectOn(shows: Viewing, today: string): string {
	return shows === 'counts' ? today : addDays(today, notice);
}
