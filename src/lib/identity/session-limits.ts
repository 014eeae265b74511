/** How long a session lasts: without use, and whatever happens. */
export interface SessionLimits {
	idleMinutes: number;
	absoluteHours: number;
}

const ordinary: SessionLimits = { idleMinutes: 8 * 60, absoluteHours: 7 * 24 };
const administrator: SessionLimits = { idleMinutes: 30, absoluteHours: 12 };
const shared: SessionLimits = { idleMinutes: 15, absoluteHours: 8 };

/**
 * The limits of a session (OWASP ASVS 5.0, 7.3.1 and 7.3.2): tighter for who administers, and on a
 * tablet that others use too; where both hold, the tighter of each.
 */
export function limitsFor(who: { isAdministrator: boolean; isShared: boolean }): SessionLimits {
	const holding = [
		ordinary,
		...(who.isAdministrator ? [administrator] : []),
		...(who.isShared ? [shared] : [])
	];
	return {
		idleMinutes: Math.min(...holding.map(({ idleMinutes }) => idleMinutes)),
		absoluteHours: Math.min(...holding.map(({ absoluteHours }) => absoluteHours))
	};
}

/**
 * True for a moment that has not come yet, but for what the clocks of two servers may differ by: it was
 * taken from a clock that was ahead and has been set right, and would hold for as long again.
 */
export function isAhead(moment: Date, now: Date): boolean {
	return moment.getTime() - now.getTime() > 60_000;
}

/** For this long after somebody has shown who they are, nothing asks them again (ASVS 7.5.1). */
export const freshMinutes = 10;

/** True while it is not long since they have shown who they are. */
export function isFresh(reauthenticatedAt: Date, now: Date): boolean {
	const minutes = (now.getTime() - reauthenticatedAt.getTime()) / 60_000;
	return minutes < freshMinutes && !isAhead(reauthenticatedAt, now);
}
