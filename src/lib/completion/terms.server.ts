import type { By, Renewal, Terms } from './renewal.ts';

/** How terms lie in a row, of a rule and of what was made by it. */
export interface TermColumns {
	dueDays: number;
	graceDays: number;
	renewBy: string | null;
	renewMonths: number | null;
	windowFrom: string | null;
	windowUntil: string | null;
}

export function writeTerms({ dueDays, graceDays, renewal }: Terms): TermColumns {
	return {
		dueDays,
		graceDays,
		renewBy: renewal?.by ?? null,
		renewMonths: renewal && 'months' in renewal ? renewal.months : null,
		windowFrom: renewal && 'from' in renewal ? renewal.from : null,
		windowUntil: renewal && 'from' in renewal ? renewal.until : null
	};
}

export function readTerms(row: TermColumns): Terms {
	return { dueDays: row.dueDays, graceDays: row.graceDays, renewal: readRenewal(row) };
}

function readRenewal(row: TermColumns): Renewal | null {
	const by = row.renewBy as By | null; // written above
	if (by === null) return null;
	if (row.renewMonths !== null) return { by, months: row.renewMonths };
	if (row.windowFrom === null || row.windowUntil === null) return null;
	return { by, from: row.windowFrom, until: row.windowUntil };
}
