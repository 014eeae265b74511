import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { canAnywhere } from '#lib/access/rights.ts';
import { DomainError } from '#lib/errors.ts';
import type { Reader } from '#lib/server/db/store.ts';
import type { ReviewKey } from './review.ts';
import { keysOf, listHolders, requireWriter } from './reviewers.server.ts';
import { draftPeople, drafts, reviews } from './tables.server.ts';

/** What somebody is to a draft that is reviewed. */
export interface ReviewAccess {
	draft: typeof drafts.$inferSelect;
	/** Their part in writing it; null for who only reviews. */
	role: 'owner' | 'co-author' | 'commenter' | null;
	/** The keys they hold. */
	keys: readonly ReviewKey[];
	/** Whether they may publish. */
	isEditor: boolean;
}

/**
 * What the actor is to a draft: one of its people, or, once it was ever sent to review, somebody who holds
 * a key or is an editor.
 *
 * @throws {DomainError} `forbidden` for who may not write at all, `not-found` for everybody else.
 */
export async function findReviewAccess(
	read: Reader,
	actor: Actor,
	draft: string
): Promise<ReviewAccess> {
	requireWriter(actor);
	const [found] = await read.select().from(drafts).where(eq(drafts.id, draft));
	if (found?.organisation !== actor.organisation) throw new DomainError('not-found', 'draft');
	const [own] = await read
		.select({ role: draftPeople.role })
		.from(draftPeople)
		.where(and(eq(draftPeople.draft, draft), eq(draftPeople.person, actor.person)));
	const keys = keysOf(await listHolders(read, actor.organisation), actor.person);
	const isEditor = canAnywhere(actor, 'scenarios.publish');
	if (!own) {
		const [sent] = await read
			.select({ id: reviews.id })
			.from(reviews)
			.where(eq(reviews.draft, draft))
			.limit(1);
		if (!sent || (keys.length === 0 && !isEditor)) throw new DomainError('not-found', 'draft');
	}
	return { draft: found, role: own ? readRole(own.role) : null, keys, isEditor };
}

/** The same for who writes the draft. @throws {DomainError} `forbidden` for who only comments or reviews. */
export async function findAuthorAccess(
	read: Reader,
	actor: Actor,
	draft: string
): Promise<ReviewAccess> {
	const access = await findReviewAccess(read, actor, draft);
	if (access.role !== 'owner' && access.role !== 'co-author')
		throw new DomainError('forbidden', 'not-an-author');
	return access;
}

// Roles are only ever written by this capability.
function readRole(role: string) {
	return role as 'owner' | 'co-author' | 'commenter';
}
