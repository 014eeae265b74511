import { and, asc, eq, exists, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { canAnywhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import type { Localised } from '#lib/content/localised.ts';
import { readTitles } from './draft-rights.server.ts';
import { replayReview } from './review.ts';
import { keysOf, listHolders, requireWriter } from './reviewers.server.ts';
import { readHistory } from './reviews.server.ts';
import { drafts, reviews } from './tables.server.ts';

/**
 * The drafts that are in review now, for who holds a key or may publish; whoever holds none gets none. The
 * one that was written in longest ago comes first.
 *
 * @throws {DomainError} `forbidden` for who may not write.
 */
export async function listWaitingReviews(
	app: App,
	actor: Actor
): Promise<{ draft: string; title: Localised }[]> {
	requireWriter(actor);
	const { read } = app.db;
	const holds = keysOf(await listHolders(read, actor.organisation), actor.person).length > 0;
	if (!holds && !canAnywhere(actor, 'scenarios.publish')) return [];
	const sent = await read
		.select({ id: drafts.id, title: drafts.title })
		.from(drafts)
		.where(
			and(
				eq(drafts.organisation, actor.organisation),
				isNull(drafts.discardedAt),
				exists(read.select({ id: reviews.id }).from(reviews).where(eq(reviews.draft, drafts.id)))
			)
		)
		.orderBy(asc(drafts.changedAt), asc(drafts.id));
	const found = [];
	for (const { id, title } of sent) {
		const { events } = await readHistory(read, id);
		if (replayReview(events).value === 'in-review')
			found.push({ draft: id, title: readTitles(title) });
	}
	return found;
}
