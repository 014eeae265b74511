/**
 * Places in a list that several people change at once: each part carries a fraction, written in
 * digits, letters by base 36, and stands where its fraction sorts. A part can be put between any two
 * others without touching them.
 */
const digits = '0123456789abcdefghijklmnopqrstuvwxyz';
const base = digits.length;

/**
 * A fraction between two, either of which may be left out for the end of the list. Two people who
 * put something into the same gap get different ones but for bad luck, and then the ids decide. Where
 * there is no gap, because both are the same, it comes right after.
 */
export function orderBetween(before: string | undefined, after: string | undefined): string {
	const low = before ?? '';
	const high = after !== undefined && after > low ? after : undefined;
	return `${midpoint(low, high)}${lot()}`;
}

/** The order of parts: by fraction, then by id. */
export function compareOrder(
	a: { order: string; id: string },
	b: { order: string; id: string }
): number {
	return compareStrings(a.order, b.order) || compareStrings(a.id, b.id);
}

/** Evenly spread fractions for a list that is made at once, in which nobody else puts anything. */
export function firstOrders(count: number): string[] {
	const width = Math.max(2, Math.ceil(Math.log(count + 2) / Math.log(base)));
	const gap = Math.floor(base ** width / (count + 1));
	return Array.from({ length: count }, (_, index) => writeDigits(gap * (index + 1), width));
}

function compareStrings(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

function writeDigits(value: number, width: number): string {
	// No trailing noughts: nothing fits between "a" and "a0".
	const written = value.toString(base).padStart(width, '0');
	return written.replace(/0+$/u, '');
}

/** A string above `low` and below `high` that does not end in 0, so that there is room below it too. */
function midpoint(low: string, high: string | undefined): string {
	let prefix = '';
	for (let index = 0; ; index++) {
		const from = digits.indexOf(low[index] ?? '0');
		const to = high === undefined ? base : digits.indexOf(high[index] ?? '0');
		if (from === to) {
			prefix += digits[from];
			continue;
		}
		const middle = Math.floor((from + to) / 2);
		if (middle > from) return prefix + digits[middle];
		// They are neighbours: below the lower one there is always room, since nothing bounds it above.
		return prefix + digits[from] + above(low.slice(index + 1));
	}
}

function above(low: string): string {
	const from = low === '' ? 0 : digits.indexOf(low[0] ?? '0');
	const middle = Math.ceil((from + base) / 2);
	return middle < base ? (digits[middle] ?? 'i') : `z${above(low.slice(1))}`;
}

/** Two digits by lot, never 0 at the end. */
function lot(): string {
	const [a = 0, b = 0] = crypto.getRandomValues(new Uint8Array(2));
	return `${digits[a % base]}${digits[1 + (b % (base - 1))]}`;
}
