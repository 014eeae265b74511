import type { Organiser } from '#lib/completion/credit.ts';
import type { WaiverReason } from '#lib/completion/waiver.ts';
import type { Progress } from './accounts.ts';

/** Days in a row, counted from today: negative ones are over; null where the end is not known. */
interface Span {
	from: number;
	until: number | null;
}

/** What somebody has behind them, in days before today. */
export interface History {
	/** When they were first asked to take the basic track. */
	asked: number;
	/** How far they have come with it, and when they took the last step. */
	progress: Progress;
	daysAgo: number;
	/** When they renewed it. */
	refreshed?: number;
	/** When they completed the practice track, if that is asked of them. */
	practised?: number;
	away?: Span;
	waived?: Span & { reason: WaiverReason };
	/** Earlier training that counts as the basic track. */
	credited?: { organiser: Organiser; daysAgo: number };
}

/** A planned holiday, for which due dates wait. */
const holiday: Span = { from: 12, until: 26 };

/**
 * What months of ordinary life leave behind: a theme day in spring, a slow summer, newcomers since. Each
 * state there is is somebody's.
 */
export const histories: readonly History[] = [
	{ asked: 196, progress: 'all', daysAgo: 171, practised: 100 },
	// Renewed.
	{ asked: 260, progress: 'all', daysAgo: 230, refreshed: 20, practised: 150 },
	// Due soon.
	{ asked: 14, progress: 'none', daysAgo: 0 },
	// To be renewed soon.
	{ asked: 220, progress: 'all', daysAgo: 195, practised: 90 },
	// Overdue.
	{ asked: 110, progress: 'some', daysAgo: 96 },
	{ asked: 150, progress: 'all', daysAgo: 122 },
	// On leave.
	{ asked: 20, progress: 'none', daysAgo: 0, away: { from: -6, until: null } },
	{ asked: 90, progress: 'all', daysAgo: 64, practised: 30 },
	// In progress.
	{ asked: 9, progress: 'some', daysAgo: 5, away: holiday },
	{
		asked: 45,
		progress: 'none',
		daysAgo: 0,
		credited: { organiser: 'school', daysAgo: 120 }
	},
	{
		asked: 40,
		progress: 'none',
		daysAgo: 0,
		waived: { reason: 'short-stay', from: -40, until: 30 }
	},
	{ asked: 35, progress: 'all', daysAgo: 12 },
	// Lapsed.
	{ asked: 290, progress: 'all', daysAgo: 262 },
	// Not started.
	{ asked: 3, progress: 'none', daysAgo: 0, away: holiday }
];

/** What a named account has behind it; the first of them took the last step most lately. */
export function makeHistory(progress: Progress, index: number): History {
	const daysAgo = 30 + 11 * index;
	if (progress === 'all') return { asked: daysAgo + 25, progress, daysAgo };
	const isInMidst = progress === 'theme-day';
	return isInMidst
		? { asked: 5, progress, daysAgo, away: holiday }
		: { asked: 20, progress, daysAgo };
}
