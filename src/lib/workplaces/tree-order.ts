import { compareKeys, danishKey } from '#lib/identity/danish-order.ts';

interface Node {
	id: string;
	parent: string | null;
	name: string;
}

/** A workplace with how far below the top of what is listed it stands, from 0. */
export type Placed<Workplace> = Workplace & { depth: number };

/**
 * Each workplace before those below it, those side by side in Danish alphabetical order. Whatever has
 * no parent in the list stands at the top of it.
 */
export function orderAsTree<Workplace extends Node>(
	workplaces: readonly Workplace[]
): Placed<Workplace>[] {
	const known = new Set(workplaces.map(({ id }) => id));
	const below = Map.groupBy(workplaces, ({ parent }) =>
		parent !== null && known.has(parent) ? parent : null
	);
	const ordered: Placed<Workplace>[] = [];
	const place = (above: string | null, depth: number): void => {
		const here = (below.get(above) ?? []).map((one) => ({ one, key: danishKey(one.name) }));
		for (const { one } of here.sort((a, b) => compareKeys(a.key, b.key))) {
			ordered.push({ ...one, depth });
			place(one.id, depth + 1);
		}
	};
	place(null, 0);
	return ordered;
}
