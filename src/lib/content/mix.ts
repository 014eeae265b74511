/**
 * An order of the places 0 to `count` - 1 that is the same for everybody and never the one they stand
 * in, where there are two or more; another seed gives another order.
 */
export function mixPlaces(count: number, seed: string): number[] {
	const places = Array.from({ length: count }, (_, place) => place);
	const mixed = places
		.map((place) => ({ place, weight: weigh(`${place}/${seed}`) }))
		.toSorted((a, b) => a.weight - b.weight || a.place - b.place)
		.map(({ place }) => place);
	const isAsBefore = mixed.every((place, index) => place === index);
	return isAsBefore ? [...mixed.slice(1), ...mixed.slice(0, 1)] : mixed;
}

/** FNV-1a, stirred as MurmurHash3 ends, so that texts that differ little weigh quite differently. */
function weigh(text: string): number {
	let hash = 0x811c9dc5;
	for (const letter of text) {
		hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
	}
	hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
