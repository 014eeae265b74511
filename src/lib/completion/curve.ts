/** How a workplace stood at the end of a month, or stands now. */
export interface CurvePoint {
	/** `YYYY-MM`. */
	month: string;
	/** Whose completion counted. */
	valid: number;
	/** Of how many; null where nobody is asked, and how many worked there is not known any more. */
	total: number | null;
}

/** How far back a workplace is compared with itself, in months. */
export const comparedMonths = [3, 6, 12] as const;

/**
 * One point a month from the first that is known until now, at most so many; a month in which nothing
 * changed stands as the one before it.
 */
export function fillMonths(
	known: readonly CurvePoint[],
	thisMonth: string,
	most: number
): CurvePoint[] {
	const ordered = known.toSorted((a, b) => (a.month < b.month ? -1 : 1));
	const byMonth = new Map(ordered.map((point) => [point.month, point]));
	const [first] = ordered;
	if (!first) return [];
	const points: CurvePoint[] = [];
	let last = first;
	for (let month = first.month; month <= thisMonth; month = nextMonth(month)) {
		last = { ...(byMonth.get(month) ?? last), month };
		points.push(last);
	}
	return points.slice(-most);
}

function nextMonth(month: string): string {
	const [year = 0, number = 0] = month.split('-').map(Number);
	return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/** The points of this month and of so many months before, where there are both. */
export function comparePoints(
	points: readonly CurvePoint[],
	months: number
): { before: CurvePoint; now: CurvePoint } | null {
	const now = points.at(-1);
	const before = points.at(-1 - months);
	return now && before ? { before, now } : null;
}
