import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { canAnywhere } from '#lib/access/rights.ts';
import { DomainError } from '#lib/errors.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { draftPeople, drafts } from './tables.server.ts';

/** What somebody is within one draft; each may do what those after it may. */
export const draftRoles = ['owner', 'co-author', 'commenter'] as const;

export type DraftRole = (typeof draftRoles)[number];

/** What one wants to do with a draft: decide who is in it, write in it, or read and comment on it. */
export type DraftDeed = 'own' | 'write' | 'comment';

const enough: Readonly<Record<DraftDeed, readonly DraftRole[]>> = {
	own: ['owner'],
	write: ['owner', 'co-author'],
	comment: draftRoles
};

/** A draft as who is in it finds it. */
export interface KnownDraft {
	id: string;
	organisation: string;
	slug: string | null;
	/** The titles as they were at the last saved change; either may be empty. */
	title: { da: string; en: string };
	begunFrom: string | null;
	createdAt: Date;
	changedAt: Date;
	/** Number of the last update. */
	updates: number;
	/** When it was put away; null while it is in use. */
	discardedAt: Date | null;
	/** What the actor is in it. */
	role: DraftRole;
}

/** Whether a role within a draft is enough for a deed. */
export function roleMay(role: DraftRole, deed: DraftDeed): boolean {
	return enough[deed].includes(role);
}

/**
 * A draft that the actor is in and may do this with: the first line of whatever reads or changes one.
 * Who has no right to write any more is out of every draft at once. A draft that was put away is not
 * written in until it is taken back.
 *
 * @throws {DomainError} `forbidden` to who may write nowhere, and to who is in the draft as less;
 * `not-found` to everybody who is not in it; `conflict` for writing in one that was put away.
 */
export async function authoriseDraft(
	read: Reader,
	actor: Actor,
	draft: string,
	deed: DraftDeed
): Promise<KnownDraft> {
	const found = await findDraft(read, actor, draft);
	if (!roleMay(found.role, deed)) throw new DomainError('forbidden', `draft ${deed}`);
	if (deed === 'write' && found.discardedAt !== null)
		throw new DomainError('conflict', 'draft discarded');
	return found;
}

/** A draft that the actor is in, or nothing that could tell that there is one. */
async function findDraft(read: Reader, actor: Actor, draft: string): Promise<KnownDraft> {
	if (!canAnywhere(actor, 'scenarios.write')) throw new DomainError('forbidden', 'scenarios.write');
	const [found] = await read
		.select({
			id: drafts.id,
			organisation: drafts.organisation,
			slug: drafts.slug,
			title: drafts.title,
			begunFrom: drafts.begunFrom,
			createdAt: drafts.createdAt,
			changedAt: drafts.changedAt,
			updates: drafts.updates,
			discardedAt: drafts.discardedAt,
			role: draftPeople.role
		})
		.from(drafts)
		.innerJoin(draftPeople, eq(draftPeople.draft, drafts.id))
		.where(
			and(
				eq(drafts.id, draft),
				eq(drafts.organisation, actor.organisation),
				eq(draftPeople.person, actor.person)
			)
		);
	if (!found) throw new DomainError('not-found', 'draft');
	const { title, role, ...rest } = found;
	return { ...rest, title: readTitles(title), role: role as DraftRole }; // only ever written as one
}

/** The titles of a row, which is stored as JSON. */
export function readTitles(stored: unknown): { da: string; en: string } {
	const of = (locale: string) =>
		typeof stored === 'object' && stored !== null && locale in stored
			? String((stored as Record<string, unknown>)[locale]) // an object that has it, see above
			: '';
	return { da: of('da'), en: of('en') };
}
