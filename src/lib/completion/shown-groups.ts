/** Fewer people than these are never counted together where leaders see counts only. */
export const leastCounted = 5;

/** Some people, such as those of a workplace with everything below it. */
export interface Group {
	id: string;
	people: ReadonlySet<string>;
}

/**
 * The groups whose counts may be shown beside each other, so that no sum or difference of them tells
 * about fewer than five people. People who stand in the same of the shown groups can be told apart by
 * no arithmetic; each such class is kept at five or more. Groups that come first are preferred, and
 * neighbours of a small one go with it where they would give it away. It yields after each group.
 */
export function* chooseShownInSteps(
	groups: readonly Group[]
): Generator<void, ReadonlySet<string>> {
	const shown = new Set<string>();
	/** The class of each person in a shown group, and how many are in it. */
	const classOf = new Map<string, number>();
	const sizes = new Map<number, number>();
	let last = 0;
	for (const { id, people } of groups) {
		yield;
		const inside = Map.groupBy(people, (one) => classOf.get(one) ?? null);
		const isSafe = [...inside].every(([known, some]) => {
			const left = known === null ? 0 : (sizes.get(known) ?? 0) - some.length;
			return some.length >= leastCounted && (left === 0 || left >= leastCounted);
		});
		if (inside.size === 0 || !isSafe) continue;
		shown.add(id);
		for (const [known, some] of inside) {
			last += 1;
			for (const one of some) classOf.set(one, last);
			sizes.set(last, some.length);
			if (known !== null) sizes.set(known, (sizes.get(known) ?? 0) - some.length);
		}
	}
	return shown;
}
