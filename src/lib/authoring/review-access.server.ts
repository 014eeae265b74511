import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { canAnywhere } from '#lib/access/rights.ts';
import { DomainError } from '#lib/errors.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { authoriseDraft, readTitles, type DraftRole } from './draft-rights.server.ts';
import type { ReviewKey } from './review.ts';
import { keysOf, listHolders, requireWriter } from './reviewers.server.ts';
import { drafts, reviews } from './tables.server.ts';

/** What somebody is to a draft that is reviewed. */
export interface ReviewAccess {
	draft: {
		id: string;
		organisation: string;
		slug: string | null;
		title: { da: string; en: string };
		begunFrom: string | null;
	};
	/** Their part in writing it; null for who only reviews. */
	role: DraftRole | null;
	/** The keys they hold. */
	keys: readonly ReviewKey[];
	/** Whether they may publish. */
	isEditor: boolean;
}

/**
 * What the actor is to a draft: one of its people, or, once it was ever sent to review, somebody who holds
 * a key or is an editor. The first line of whatever is about a review.
 *
 * @throws {DomainError} `forbidden` for who may not write at all, `not-found` for everybody else.
 */
export async function findReviewAccess(
	read: Reader,
	actor: Actor,
	draft: string
): Promise<ReviewAccess> {
	requireWriter(actor);
	const keys = keysOf(await listHolders(read, actor.organisation), actor.person);
	const isEditor = canAnywhere(actor, 'scenarios.publish');
	const reviews = keys.length > 0 || isEditor;
	const sent = reviews ? await findSentDraft(read, actor, draft) : null;
	const own = await authoriseDraft(read, actor, draft, 'comment').catch((thrown: unknown) => {
		if (sent && thrown instanceof DomainError && thrown.code === 'not-found') return null;
		throw thrown;
	});
	const found = own ?? sent;
	if (!found) throw new DomainError('not-found', 'draft');
	const { id, organisation, slug, title, begunFrom } = found;
	return {
		draft: { id, organisation, slug, title, begunFrom },
		role: own?.role ?? null,
		keys,
		isEditor
	};
}

/** A draft of the organisation that was sent to review at least once. */
async function findSentDraft(read: Reader, actor: Actor, draft: string) {
	const [found] = await read
		.select({
			id: drafts.id,
			organisation: drafts.organisation,
			slug: drafts.slug,
			title: drafts.title,
			begunFrom: drafts.begunFrom
		})
		.from(drafts)
		.innerJoin(reviews, eq(reviews.draft, drafts.id))
		.where(eq(drafts.id, draft))
		.limit(1);
	if (found?.organisation !== actor.organisation) return null;
	return { ...found, title: readTitles(found.title) };
}
