import type { Localised } from './localised.ts';

/**
 * The candidate that was probably meant: at most a third of its letters differ (never in words of one or two letters), and a swap of two
 * neighbours counts as one difference. Undefined where none is near.
 */
export function findNearest(word: string, candidates: Iterable<string>): string | undefined {
	let best: string | undefined;
	let bestDistance = Infinity;
	for (const candidate of candidates) {
		const longer = Math.max(word.length, candidate.length);
		const allowed = longer < 3 ? 0 : Math.max(1, Math.floor(longer / 3));
		const distance = measureDistance(word.toLowerCase(), candidate.toLowerCase());
		if (distance > allowed || distance >= bestDistance) continue;
		best = candidate;
		bestDistance = distance;
	}
	return best;
}

/** The end of a sentence about an unknown name: `; did you mean "taxi"?`, or just its full stop. */
export function suggestNearest(word: string, candidates: Iterable<string>): Localised {
	const nearest = findNearest(word, candidates);
	if (nearest === undefined) return { da: '.', en: '' };
	return { da: `; mente du "${nearest}"?`, en: `; did you mean "${nearest}"?` };
}

function measureDistance(a: string, b: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, column) => column);
	for (let row = 1; row <= a.length; row += 1) {
		const current = [row];
		for (let column = 1; column <= b.length; column += 1) {
			const same = a[row - 1] === b[column - 1];
			let cost = Math.min(
				at(last, column) + 1,
				at(current, column - 1) + 1,
				at(last, column - 1) + (same ? 0 : 1)
			);
			const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
			if (row > 1 && column > 1 && swapped) cost = Math.min(cost, at(beforeLast, column - 2) + 1);
			current.push(cost);
		}
		beforeLast = last;
		last = current;
	}
	return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
	return row[column] ?? Infinity;
}
