/** A role somebody holds, and where. */
export interface Held {
	role: string;
	workplace: string;
}

/** Where somebody works and what they are, with the tree above. */
export interface Whereabouts {
	/** Workplaces they belong to. */
	works: readonly string[];
	holds: readonly Held[];
	/** Every workplace above a workplace, itself included. */
	above(workplace: string): ReadonlySet<string>;
}

/** A place at which somebody is counted, as what. */
export type Counted = Held;

/**
 * Where somebody is counted: as staff at each workplace they work at, and as what else they are where
 * that workplace lies below the one the role was given at, or above it.
 */
export function listCounted({ works, holds, above }: Whereabouts): Counted[] {
	const found = new Map<string, Counted>();
	for (const workplace of works) {
		const roles = holds
			.filter(
				(held) => above(workplace).has(held.workplace) || above(held.workplace).has(workplace)
			)
			.map(({ role }) => role);
		for (const role of ['staff', ...roles]) found.set(`${workplace} ${role}`, { role, workplace });
	}
	return [...found.values()];
}

/** Whether a rule for a role at a workplace and below it reaches somebody. */
export function isReached({ works, holds, above }: Whereabouts, rule: Held): boolean {
	const places =
		rule.role === 'staff'
			? works
			: holds.filter(({ role }) => role === rule.role).map(({ workplace }) => workplace);
	return works.length > 0 && places.some((place) => above(place).has(rule.workplace));
}

/** Every workplace at which these count, those above included, each with the role once. */
export function spread(counted: readonly Counted[], above: Whereabouts['above']): Counted[] {
	const found = new Map<string, Counted>();
	for (const { role, workplace } of counted)
		for (const each of above(workplace)) found.set(`${each} ${role}`, { role, workplace: each });
	return [...found.values()];
}
