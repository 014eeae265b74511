import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { readTitles } from './draft-rights.server.ts';
import { deleteDrafts } from './drafts.server.ts';
import {
	draftComments,
	draftLinks,
	draftMentions,
	draftPeople,
	drafts,
	draftUpdates,
	publishedApprovals,
	publishedAuthors,
	reviewerGrants
} from './tables.server.ts';

/** What is kept of somebody as an author, for themselves. */
export interface OwnAuthorship {
	drafts: readonly {
		title: { da: string; en: string };
		role: string;
		voice: string | null;
		penName: string | null;
		consentedOn: string | null;
	}[];
	comments: readonly { draft: { da: string; en: string }; body: string; day: string }[];
	/** Comments in which one was named. */
	mentions: number;
	/** Published versions that one's text is in. */
	published: readonly { slug: string; version: number; voice: string }[];
	/** Keys that one was offered. */
	keys: readonly { key: string; offeredOn: string; acceptedOn: string | null }[];
	/** Published versions that one turned a key for. */
	approvals: readonly { slug: string; version: number; key: string; day: string }[];
}

export async function listOwnAuthorship(read: Reader, person: string): Promise<OwnAuthorship> {
	const inDrafts = await read
		.select({
			title: drafts.title,
			role: draftPeople.role,
			voice: draftPeople.voice,
			penName: draftPeople.penName,
			consentedOn: draftPeople.consentedOn
		})
		.from(draftPeople)
		.innerJoin(drafts, eq(drafts.id, draftPeople.draft))
		.where(eq(draftPeople.person, person))
		.orderBy(asc(drafts.id));
	const comments = await read
		.select({ title: drafts.title, body: draftComments.body, at: draftComments.at })
		.from(draftComments)
		.innerJoin(drafts, eq(drafts.id, draftComments.draft))
		.where(eq(draftComments.by, person))
		.orderBy(asc(draftComments.at), asc(draftComments.id));
	const mentions = await read
		.select({ comment: draftMentions.comment })
		.from(draftMentions)
		.where(eq(draftMentions.person, person));
	const published = await read
		.select({
			slug: publishedAuthors.slug,
			version: publishedAuthors.version,
			voice: publishedAuthors.voice
		})
		.from(publishedAuthors)
		.where(eq(publishedAuthors.person, person))
		.orderBy(asc(publishedAuthors.slug), asc(publishedAuthors.version));
	const keys = await read
		.select({
			key: reviewerGrants.key,
			offeredAt: reviewerGrants.offeredAt,
			acceptedAt: reviewerGrants.acceptedAt
		})
		.from(reviewerGrants)
		.where(eq(reviewerGrants.person, person))
		.orderBy(asc(reviewerGrants.key));
	const approvals = await read
		.select({
			slug: publishedApprovals.slug,
			version: publishedApprovals.version,
			key: publishedApprovals.key,
			day: publishedApprovals.day
		})
		.from(publishedApprovals)
		.where(eq(publishedApprovals.person, person))
		.orderBy(asc(publishedApprovals.slug), asc(publishedApprovals.version));
	return {
		drafts: inDrafts.map((row) => ({ ...row, title: readTitles(row.title) })),
		comments: comments.map(({ title, body, at }) => ({
			draft: readTitles(title),
			body,
			day: dayOf(at)
		})),
		mentions: mentions.length,
		published,
		keys: keys.map(({ key, offeredAt, acceptedAt }) => ({
			key,
			offeredOn: dayOf(offeredAt),
			acceptedOn: acceptedAt && dayOf(acceptedAt)
		})),
		approvals
	};
}

/**
 * Forgets somebody as an author: who they are in drafts, their comments, the keys they hold and what
 * says that a published text is theirs. Drafts that they write alone go with all that is in them; in
 * those of several the text stays with the others, and says no longer whose it was. What is published
 * stays under the name they chose, unless they have withdrawn it before.
 */
export async function eraseAuthorship(app: App, actor: Actor): Promise<void> {
	await app.db.write(async (tx) => {
		await eraseAuthor(tx, actor.person);
		await writeAudit(tx, app.now(), {
			event: 'authorship.erased',
			actor,
			subject: actor.person
		});
	});
}

/** The same within what is being written: also for who is deleted after their time. */
export async function eraseAuthor(tx: Writer, person: string): Promise<void> {
	const mine = await tx
		.select({ draft: draftPeople.draft, role: draftPeople.role })
		.from(draftPeople)
		.where(eq(draftPeople.person, person));
	for (const { draft, role } of mine) {
		if (role === 'commenter') continue;
		const others = (await listAuthors(tx, draft)).filter((other) => other !== person);
		const [heir] = others;
		if (heir === undefined) await deleteDrafts(tx, [draft]);
		else if (role === 'owner')
			await tx
				.update(draftPeople)
				.set({ role: 'owner' })
				.where(and(eq(draftPeople.draft, draft), eq(draftPeople.person, heir)));
	}
	await eraseComments(tx, person);
	await tx.delete(draftPeople).where(eq(draftPeople.person, person));
	await tx.delete(draftMentions).where(eq(draftMentions.person, person));
	await tx.update(draftUpdates).set({ by: null }).where(eq(draftUpdates.by, person));
	await tx.delete(draftLinks).where(eq(draftLinks.madeBy, person));
	await tx.delete(reviewerGrants).where(eq(reviewerGrants.person, person));
	await tx.delete(publishedAuthors).where(eq(publishedAuthors.person, person));
	await tx
		.update(publishedApprovals)
		.set({ person: null })
		.where(eq(publishedApprovals.person, person));
}

async function listAuthors(read: Reader, draft: string): Promise<string[]> {
	const rows = await read
		.select({ person: draftPeople.person })
		.from(draftPeople)
		.where(and(eq(draftPeople.draft, draft), inArray(draftPeople.role, ['owner', 'co-author'])))
		.orderBy(asc(draftPeople.person));
	return rows.map(({ person }) => person);
}

/** What others answered stays; where the first of a thread goes, the next begins it. */
async function eraseComments(tx: Writer, person: string): Promise<void> {
	const own = await tx
		.select({ id: draftComments.id })
		.from(draftComments)
		.where(eq(draftComments.by, person));
	for (const { id } of own) {
		const answers = await tx
			.select({ id: draftComments.id })
			.from(draftComments)
			.where(eq(draftComments.under, id))
			.orderBy(asc(draftComments.at), asc(draftComments.id));
		const [next, ...rest] = answers;
		if (next) {
			await tx.update(draftComments).set({ under: null }).where(eq(draftComments.id, next.id));
			for (const answer of rest)
				await tx
					.update(draftComments)
					.set({ under: next.id })
					.where(eq(draftComments.id, answer.id));
		}
		await tx.delete(draftComments).where(eq(draftComments.id, id));
	}
}
