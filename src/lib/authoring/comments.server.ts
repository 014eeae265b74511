import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { whisper } from '#lib/server/live/ring.ts';
import type { CommentsView, CommentThread } from './comment-threads.ts';
import { readDraftPeople } from './draft-people.server.ts';
import { findMentions } from './mentions.ts';
import { findReviewAccess, type ReviewAccess } from './review-access.server.ts';
import { draftComments, draftMentions, drafts } from './tables.server.ts';
import { channelOf } from './updates.server.ts';

/** A comment as it is sent; its id is made by the browser, so that sent twice it is there once. */
export interface NewComment {
	id: string;
	/** The first comment of the thread it answers. */
	under: string | null;
	/** Where it belongs; null for the draft as a whole, and in an answer. */
	place: string | null;
	/** The words it is about, as they were. */
	quote: string | null;
	body: string;
	/** Whether nothing may be published before it is resolved. */
	must: boolean;
}

/** What tells those who look at the review of a draft that its comments have changed; see also `channelOf`. */
export const commentsChannel = (draft: string) => `comments ${draft}`;

/** Has whoever looks ask anew; whoever comes back after a broken line asks anyway. */
function tell(draft: string): void {
	for (const channel of [commentsChannel(draft), channelOf(draft)])
		whisper(channel, { kind: 'comments' });
}

/**
 * Says something about a place in a draft, or answers what was said. Who is named hears of it.
 *
 * @throws {DomainError} `not-found` for who is not in the draft and for an answer to nothing.
 */
export async function addComment(
	app: App,
	actor: Actor,
	draft: string,
	comment: NewComment
): Promise<void> {
	await app.db.write(async (tx) => {
		await findReviewAccess(tx, actor, draft);
		const { id, under, body } = comment;
		const [head] = under === null ? [] : await selectHead(tx, draft, under);
		if (under !== null && !head) throw new DomainError('not-found', 'comment');
		const made = await tx
			.insert(draftComments)
			.values({
				id,
				draft,
				under,
				place: under === null ? comment.place : null,
				quote: under === null ? comment.quote : null,
				body,
				must: under === null && comment.must,
				by: actor.person,
				at: app.now(),
				resolvedAt: null,
				resolvedBy: null
			})
			.onConflictDoNothing()
			.returning({ id: draftComments.id });
		if (made.length === 0) return;
		await noteSeen(tx, app, actor, draft);
		const named = findMentions(body, await readDraftPeople(tx, draft));
		for (const person of named)
			if (person !== actor.person)
				await tx.insert(draftMentions).values({ comment: id, person, seenAt: null });
	});
	tell(draft);
}

/**
 * Resolves a thread or opens it again; twice is once. What must be resolved is so by who asked for it or
 * by a reviewer: its authors cannot talk themselves out of it.
 *
 * @throws {DomainError} `not-found` for a thread that is not of this draft, `forbidden` for who may not.
 */
export async function settleComment(
	app: App,
	actor: Actor,
	draft: string,
	{ comment, isResolved }: { comment: string; isResolved: boolean }
): Promise<void> {
	await app.db.write(async (tx) => {
		const access = await findReviewAccess(tx, actor, draft);
		const [head] = await selectHead(tx, draft, comment);
		if (!head) throw new DomainError('not-found', 'comment');
		if (isResolved && !mayResolve(head, actor, access))
			throw new DomainError('forbidden', 'must be resolved by who asked');
		if ((head.resolvedAt !== null) === isResolved) return;
		await noteSeen(tx, app, actor, draft);
		await tx
			.update(draftComments)
			.set(
				isResolved
					? { resolvedAt: app.now(), resolvedBy: actor.person }
					: { resolvedAt: null, resolvedBy: null }
			)
			.where(eq(draftComments.id, comment));
	});
	tell(draft);
}

const selectHead = (read: Reader, draft: string, comment: string) =>
	read
		.select()
		.from(draftComments)
		.where(
			and(
				eq(draftComments.id, comment),
				eq(draftComments.draft, draft),
				isNull(draftComments.under)
			)
		);

function mayResolve(
	{ must, by }: { must: boolean; by: string | null },
	{ person }: Actor,
	{ keys, isEditor }: ReviewAccess
): boolean {
	return !must || by === null || by === person || keys.length > 0 || isEditor;
}

/** All that was said about a draft. Looking changes nothing: see {@link seeComments}. */
export async function listComments(app: App, actor: Actor, draft: string): Promise<CommentsView> {
	const { read } = app.db;
	const access = await findReviewAccess(read, actor, draft);
	const rows = await read
		.select({
			id: draftComments.id,
			under: draftComments.under,
			place: draftComments.place,
			quote: draftComments.quote,
			body: draftComments.body,
			must: draftComments.must,
			by: draftComments.by,
			name: people.name,
			at: draftComments.at,
			resolvedAt: draftComments.resolvedAt
		})
		.from(draftComments)
		.leftJoin(people, eq(people.id, draftComments.by))
		.where(eq(draftComments.draft, draft))
		.orderBy(asc(draftComments.at), asc(draftComments.id));
	const answers = Map.groupBy(rows, ({ under }) => under);
	const threads = (answers.get(null) ?? []).map((head): CommentThread => ({
		id: head.id,
		place: head.place,
		quote: head.quote,
		must: head.must,
		isResolved: head.resolvedAt !== null,
		mayResolve: mayResolve(head, actor, access),
		said: [head, ...(answers.get(head.id) ?? [])].map(({ id, body, name, by, at }) => ({
			id,
			body,
			name,
			isOwn: by === actor.person,
			at: at.toISOString()
		}))
	}));
	const all = await readDraftPeople(read, draft);
	const unseen = await listUnseenOf(read, actor.person, draft);
	return {
		threads,
		people: all.filter(({ isIn }) => isIn).map(({ name }) => name),
		hasUnseen: unseen.length > 0
	};
}

async function listUnseenOf(read: Reader, person: string, draft: string): Promise<string[]> {
	const rows = await read
		.select({ comment: draftMentions.comment })
		.from(draftMentions)
		.innerJoin(draftComments, eq(draftComments.id, draftMentions.comment))
		.where(
			and(
				eq(draftMentions.person, person),
				isNull(draftMentions.seenAt),
				eq(draftComments.draft, draft)
			)
		);
	return rows.map(({ comment }) => comment);
}

/** Notes that somebody has seen where they were named in a draft; whoever says something there has. */
export async function seeComments(app: App, actor: Actor, draft: string): Promise<void> {
	await app.db.write(async (tx) => {
		await findReviewAccess(tx, actor, draft);
		await noteSeen(tx, app, actor, draft);
	});
}

async function noteSeen(tx: Writer, app: App, { person }: Actor, draft: string): Promise<void> {
	const unseen = await listUnseenOf(tx, person, draft);
	if (unseen.length === 0) return;
	await tx
		.update(draftMentions)
		.set({ seenAt: app.now() })
		.where(and(eq(draftMentions.person, person), inArray(draftMentions.comment, unseen)));
}

/** The drafts in which somebody was named and has not looked since. */
export async function listUnseenMentions(read: Reader, person: string): Promise<string[]> {
	const rows = await read
		.selectDistinct({ draft: draftComments.draft })
		.from(draftMentions)
		.innerJoin(draftComments, eq(draftComments.id, draftMentions.comment))
		.innerJoin(drafts, eq(drafts.id, draftComments.draft))
		.where(
			and(
				eq(draftMentions.person, person),
				isNull(draftMentions.seenAt),
				isNull(drafts.discardedAt)
			)
		);
	return rows.map(({ draft }) => draft);
}
