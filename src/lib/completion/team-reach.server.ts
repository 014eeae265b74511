import type { Actor } from '#lib/access/actor.ts';
import { authorise, placesWhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { findPlace, type Workplace } from '#lib/workplaces/tree.server.ts';

/** Workplaces with everything below them, of which none lies below another. */
export interface TeamReach {
	tops: readonly Workplace[];
	/** The one that is asked for by its id; null where it is all that the leader reaches. */
	workplace: Workplace | null;
	/** The one right above it, where the leader reaches that too. */
	above: Workplace | null;
}

/**
 * What a leader looks at: one workplace and what is below it, or everything that their roles reach.
 *
 * @throws {DomainError} `forbidden` to who leads nothing, `not-found` for a workplace out of reach.
 */
export async function findTeamReach(
	{ db: { read } }: Pick<App, 'db'>,
	actor: Actor,
	workplace: string | null
): Promise<TeamReach> {
	const held = [...new Set(placesWhere(actor, 'team.read'))];
	if (workplace !== null) {
		const place = await findPlace(read, workplace);
		authorise(actor, 'team.read', place);
		if (!place) throw new DomainError('not-found', 'team.read');
		const { parent } = place.workplace;
		const reachesAbove = place.reachedFrom.some((id) => id !== workplace && held.includes(id));
		const above = parent !== null && reachesAbove ? await findPlace(read, parent) : null;
		return { tops: [place.workplace], workplace: place.workplace, above: above?.workplace ?? null };
	}
	if (held.length === 0) throw new DomainError('forbidden', 'team.read');
	const tops: Workplace[] = [];
	for (const id of held) {
		const place = await findPlace(read, id);
		if (!place || place.reachedFrom.some((one) => one !== id && held.includes(one))) continue;
		tops.push(place.workplace);
	}
	return { tops, workplace: null, above: null };
}
