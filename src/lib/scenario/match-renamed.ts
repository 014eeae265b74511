/** Of all texts, so large a share must be the same for a thing under another name to count as the same thing. */
const leastAlike = 0.5;

/**
 * Which names of the older version stand under which other name in the newer one, told by the texts of
 * what is named. Names that both versions have are never renamed, and no name is used twice.
 */
export function matchRenamed<Value>(
	before: Readonly<Record<string, Value>>,
	after: Readonly<Record<string, Value>>,
	listTexts: (value: Value) => readonly string[]
): Map<string, string> {
	const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
	const come = Object.keys(after).filter((name) => !Object.hasOwn(before, name));
	const read = (value: Value | undefined) => (value === undefined ? [] : listTexts(value));
	const pairs = gone
		.flatMap((old) =>
			come.map((now) => ({ old, now, alike: measureAlike(read(before[old]), read(after[now])) }))
		)
		.filter(({ alike }) => alike >= leastAlike)
		.toSorted((a, b) => b.alike - a.alike);
	const renamed = new Map<string, string>();
	const taken = new Set<string>();
	for (const { old, now } of pairs) {
		if (renamed.has(old) || taken.has(now)) continue;
		renamed.set(old, now);
		taken.add(now);
	}
	return renamed;
}

/** The share of texts that are in both lists, each as often as in the other. */
function measureAlike(one: readonly string[], other: readonly string[]): number {
	const left = [...other];
	let common = 0;
	for (const text of one) {
		const place = left.indexOf(text);
		if (place < 0) continue;
		left.splice(place, 1);
		common += 1;
	}
	return common / Math.max(1, one.length, other.length);
}
