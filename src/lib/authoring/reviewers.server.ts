import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { canAnywhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { reviewKeys, type KeyHolders, type ReviewKey } from './review.ts';
import { reviewerGrants } from './tables.server.ts';
import { listWriters, type Writer } from './writers.server.ts';

/** A key as editors see it: offered to somebody, or held. */
export interface KeyGrant {
	person: string;
	name: string;
	key: ReviewKey;
	isAccepted: boolean;
}

/** A key of one's own. */
export interface OwnKey {
	key: ReviewKey;
	isAccepted: boolean;
}

/** Lets only editors pass. @throws {DomainError} `forbidden`. */
export function requireEditor(actor: Actor): void {
	if (!canAnywhere(actor, 'scenarios.publish'))
		throw new DomainError('forbidden', 'scenarios.publish');
}

/** Lets only those pass who may write at all. @throws {DomainError} `forbidden`. */
export function requireWriter(actor: Actor): void {
	if (!canAnywhere(actor, 'scenarios.write')) throw new DomainError('forbidden', 'scenarios.write');
}

/**
 * Offers somebody a key; offering it twice is offering it once. It opens nothing before they accept. The
 * log does not tell which key it is: that somebody has lived it is for editors alone to know.
 *
 * @throws {DomainError} `not-found` for a person who is not of the organisation or may not write.
 */
export async function offerKey(
	app: App,
	actor: Actor,
	offered: { person: string; key: ReviewKey }
): Promise<void> {
	requireEditor(actor);
	await app.db.write(async (tx) => {
		await requireReviewer(tx, actor, offered.person);
		const made = await tx
			.insert(reviewerGrants)
			.values({
				...offered,
				offeredBy: actor.person,
				offeredAt: app.now(),
				acceptedAt: null
			})
			.onConflictDoNothing()
			.returning({ person: reviewerGrants.person });
		if (made.length === 0) return;
		await writeAudit(tx, app.now(), {
			event: 'key.offered',
			actor,
			subject: offered.person
		});
		// Taken back and offered again, it is another offer.
		const { person } = offered;
		await app.publish(tx, 'key.offered', { person, at: app.now().toISOString() });
	});
}

/** Takes a key, or the offer of one, from somebody; what they have approved does not count any more. */
export async function withdrawKey(
	app: App,
	actor: Actor,
	{ person, key }: { person: string; key: ReviewKey }
): Promise<void> {
	requireEditor(actor);
	await app.db.write(async (tx) => {
		const [found] = await tx
			.select({ organisation: people.organisation })
			.from(people)
			.where(eq(people.id, person));
		if (found?.organisation !== actor.organisation) throw new DomainError('not-found', 'person');
		const gone = await tx.delete(reviewerGrants).where(isKey(person, key)).returning();
		if (gone.length === 0) return;
		await writeAudit(tx, app.now(), {
			event: 'key.withdrawn',
			actor,
			subject: person
		});
	});
}

/** Accepts a key that was offered to oneself. @throws {DomainError} `not-found` where none was. */
export async function acceptKey(app: App, actor: Actor, key: ReviewKey): Promise<void> {
	requireWriter(actor);
	await app.db.write(async (tx) => {
		const [row] = await tx
			.select({ acceptedAt: reviewerGrants.acceptedAt })
			.from(reviewerGrants)
			.where(isKey(actor.person, key));
		if (!row) throw new DomainError('not-found', 'key');
		if (row.acceptedAt) return;
		await tx.update(reviewerGrants).set({ acceptedAt: app.now() }).where(isKey(actor.person, key));
		await writeAudit(tx, app.now(), {
			event: 'key.accepted',
			actor,
			subject: actor.person
		});
	});
}

/** Says no to a key of one's own, or gives it back. Nobody is told why, nor asked. */
export async function declineKey(app: App, actor: Actor, key: ReviewKey): Promise<void> {
	requireWriter(actor);
	await app.db.write(async (tx) => {
		const gone = await tx.delete(reviewerGrants).where(isKey(actor.person, key)).returning();
		if (gone.length === 0) return;
		await writeAudit(tx, app.now(), {
			event: 'key.declined',
			actor,
			subject: actor.person
		});
	});
}

/** The keys that were offered to a person, or that they hold. */
export async function listOwnKeys(read: Reader, person: string): Promise<OwnKey[]> {
	const rows = await read
		.select({ key: reviewerGrants.key, acceptedAt: reviewerGrants.acceptedAt })
		.from(reviewerGrants)
		.where(eq(reviewerGrants.person, person));
	return reviewKeys.flatMap((key) => {
		const row = rows.find((one) => one.key === key);
		return row ? [{ key, isAccepted: row.acceptedAt !== null }] : [];
	});
}

/** All keys of the organisation and who could be offered one: for editors alone. */
export async function listKeys(
	app: App,
	actor: Actor
): Promise<{ grants: KeyGrant[]; candidates: Writer[] }> {
	requireEditor(actor);
	const { read } = app.db;
	const rows = await read
		.select({
			person: reviewerGrants.person,
			name: people.name,
			key: reviewerGrants.key,
			acceptedAt: reviewerGrants.acceptedAt
		})
		.from(reviewerGrants)
		.innerJoin(people, eq(people.id, reviewerGrants.person))
		.where(eq(people.organisation, actor.organisation));
	const order = new Intl.Collator('da');
	return {
		grants: rows
			.flatMap(({ key, acceptedAt, ...row }) =>
				isReviewKey(key) ? [{ ...row, key, isAccepted: acceptedAt !== null }] : []
			)
			.toSorted((a, b) => order.compare(a.name, b.name)),
		candidates: await listWriters(read, actor.organisation)
	};
}

/** Who in an organisation holds which key. */
export async function listHolders(
	read: Reader,
	organisation: string
): Promise<Record<ReviewKey, string[]>> {
	const rows = await read
		.select({ person: reviewerGrants.person, key: reviewerGrants.key })
		.from(reviewerGrants)
		.innerJoin(people, eq(people.id, reviewerGrants.person))
		.where(
			and(
				eq(people.organisation, organisation),
				isNull(people.closedOn),
				isNotNull(reviewerGrants.acceptedAt)
			)
		);
	const of = (key: ReviewKey) => rows.filter((row) => row.key === key).map(({ person }) => person);
	return { subject: of('subject'), 'lived-experience': of('lived-experience') };
}

/** The keys that a person holds. */
export function keysOf(holders: KeyHolders, person: string): ReviewKey[] {
	return reviewKeys.filter((key) => holders[key].includes(person));
}

async function requireReviewer(read: Reader, actor: Actor, person: string): Promise<void> {
	const all = await listWriters(read, actor.organisation);
	if (!all.some(({ id }) => id === person)) throw new DomainError('not-found', 'person');
}

function isReviewKey(key: string): key is ReviewKey {
	return reviewKeys.some((one) => one === key);
}

const isKey = (person: string, key: ReviewKey) =>
	and(eq(reviewerGrants.person, person), eq(reviewerGrants.key, key));
