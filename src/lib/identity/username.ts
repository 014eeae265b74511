import { fold } from './fold.ts';

/**
 * What somebody without an address might sign in with: their first name and the first letter of their
 * last, such as `mette.s`. Made of the name alone: never of a number that the state or the employer has
 * given them.
 */
export function proposeUsername(name: string): string {
	const words = fold(name)
		.split(/\s+/)
		.map((word) => word.replace(/[^a-z]/g, ''))
		.filter((word) => word !== '');
	const [first, ...rest] = words;
	// A name in other letters than ours gives none to build from.
	if (!first) return 'kollega';
	const last = rest.at(-1);
	const stem = first.slice(0, 20);
	return last ? `${stem}.${last[0]}` : stem;
}

/** The first of `wanted`, `wanted2`, `wanted3` … that is not taken. */
export function nextFree(wanted: string, taken: ReadonlySet<string>): string {
	for (let count = 1; ; count += 1) {
		const username = count === 1 ? wanted : `${wanted}${count}`;
		if (!taken.has(username)) return username;
	}
}
