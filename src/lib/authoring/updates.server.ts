/**
 * What is changed in drafts, as rows: the order in which updates arrive is the order in which everybody
 * gets them. The row, not what is held in memory, is the truth.
 */
import { createHash } from 'node:crypto';
import { and, asc, eq, gt, isNull, lt, lte, or } from 'drizzle-orm';
import * as Y from 'yjs';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { ringChannel, whisper } from '#lib/server/live/ring.ts';
import type { LiveEvent } from '#lib/server/live/stream.server.ts';
import { givenNumber, given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { createDocument, encodeWithoutDeleted } from './document/document.ts';
import { readSlug, readTitle } from './document/read.ts';
import { authoriseDraft } from './draft-rights.server.ts';
import {
	forgetHeld,
	inTurn,
	nothing,
	OutOfOrder,
	takeHeld,
	takeIn,
	type HeldDocument
} from './held-documents.server.ts';
import { draftDocuments, draftPeople, drafts, draftUpdates } from './tables.server.ts';

/** The largest update that is taken, in bytes: four times the longest of our scenarios. */
export const largestUpdate = 360_000;
/** The largest document. */
export const largestDocument = 24_000_000;
/** After so many updates their sum is kept in their place. */
export const untilCompacted = 250;

/** The channel on which the people in a draft hear of each other. */
export function channelOf(draft: string): string {
	return `draft ${draft}`;
}

/** A draft as it stands. */
export interface DraftState {
	/** Number of the last update in it. */
	n: number;
	/** All of it as one update. */
	update: Uint8Array;
}

/**
 * All of a draft, for somebody who opens it. With the state vector of what they have, only what is missing there.
 *
 * @throws {DomainError} as `authoriseDraft` for commenting; `invalid` for bytes that are no state vector.
 */
export async function openDraft(
	app: App,
	actor: Actor,
	draft: string,
	vector?: Uint8Array
): Promise<DraftState> {
	await authoriseDraft(app.db.read, actor, draft, 'comment');
	return inTurn(app, draft, async () => {
		const held = takeHeld(app, draft);
		await catchUp(app.db.read, draft, held);
		try {
			return { n: held.n, update: Y.encodeStateAsUpdate(held.doc, vector) };
		} catch (thrown) {
			if (vector) throw new DomainError('invalid', 'state-vector');
			throw thrown;
		}
	});
}

/**
 * A document of its own with all of a draft, and the number of the last update in it. For who has asked
 * whether somebody may.
 */
export async function readDocument(
	read: Reader,
	draft: string
): Promise<{ doc: Y.Doc; n: number }> {
	const held = { doc: createDocument(), n: 0, compacted: 0 };
	await catchUp(read, draft, held);
	return { doc: held.doc, n: held.n };
}

/**
 * What the server calls somebody towards their own browser, within one draft: what is kept there and
 * not sent yet is theirs, and is not taken from anybody else who signs in at the same device.
 */
export function nameWriter({ person }: Pick<Actor, 'person'>, draft: string): string {
	const name = `writer ${draft} ${person}`;
	return createHash('sha256').update(name).digest('base64url').slice(0, 22);
}

/** A change as somebody's browser sends it. */
export interface SentUpdate {
	/** Made there: sent twice, it is there once. */
	id: string;
	body: Uint8Array;
}

/**
 * Keeps a change to a draft and tells the others; resolves with its number once it is durable. What
 * was kept already is told its number again. What is no update, or cannot be understood without
 * another, is not kept, and nobody else gets it.
 *
 * @throws {DomainError} as `authoriseDraft` for writing; `invalid` with `update-id`, `update-malformed`,
 * `update-too-large` or `draft-too-large`; `conflict` with `update-out-of-order`, where the sender
 * should send all that the draft does not have.
 */
export async function appendUpdate(
	app: App,
	actor: Actor,
	draft: string,
	sent: SentUpdate
): Promise<{ n: number }> {
	await authoriseDraft(app.db.read, actor, draft, 'write');
	if (!/^[\w-]{8,64}$/u.test(sent.id)) throw new DomainError('invalid', 'update-id');
	if (sent.body.length > largestUpdate) throw new DomainError('invalid', 'update-too-large');
	return inTurn(app, draft, async () => {
		let isFirst = true;
		try {
			const kept = await app.db.write((tx) => {
				// A transaction that runs again must not find the update in what is held.
				if (!isFirst) forgetHeld(app, draft);
				isFirst = false;
				return keepUpdate(tx, app, actor, draft, sent);
			});
			const held = takeHeld(app, draft);
			held.n = kept.last;
			held.compacted = kept.compacted;
			// What was deleted is in its sum no more, and shall not be held either.
			if (kept.compacted === kept.last) forgetHeld(app, draft);
			if (kept.isNew) ringChannel(channelOf(draft));
			return { n: kept.n };
		} catch (thrown) {
			// What is held may have more in it than was kept.
			forgetHeld(app, draft);
			throw explain(thrown);
		}
	});
}

function explain(thrown: unknown): unknown {
	if (thrown instanceof OutOfOrder) return new DomainError('conflict', 'update-out-of-order');
	return thrown instanceof RangeError ? new DomainError('invalid', 'update-malformed') : thrown;
}

interface Kept {
	n: number;
	isNew: boolean;
	last: number;
	compacted: number;
}

async function keepUpdate(
	tx: Writer,
	app: App,
	actor: Actor,
	draft: string,
	{ id, body }: SentUpdate
): Promise<Kept> {
	const held = takeHeld(app, draft);
	// Rights and the draft are those of this moment.
	await authoriseDraft(tx, actor, draft, 'write');
	const [known] = await byId(tx).execute({ draft, id });
	await catchUp(tx, draft, held);
	const { n: last, compacted } = held;
	if (known) return { n: known.n, isNew: false, last, compacted };
	const taken = takeIn(held, body);
	const n = last + 1;
	const at = app.now();
	await tx.insert(draftUpdates).values({ draft, n, id, body: taken, by: actor.person, at });
	await tx
		.update(drafts)
		.set({
			updates: n,
			changedAt: at,
			title: readTitle(held.doc),
			slug: readSlug(held.doc) || null
		})
		.where(eq(drafts.id, draft));
	if (n - compacted < untilCompacted) return { n, isNew: true, last: n, compacted };
	await compact(tx, draft, { n, update: encodeWithoutDeleted(held.doc) });
	return { n, isNew: true, last: n, compacted: n };
}

/**
 * Sums up every draft in which something was changed since that was done last, so that what was deleted
 * by day is gone by night.
 */
export async function sumUpDrafts(app: App): Promise<void> {
	const changed = await app.db.read
		.select({ id: drafts.id })
		.from(drafts)
		.leftJoin(draftDocuments, eq(draftDocuments.draft, drafts.id))
		.where(or(isNull(draftDocuments.upTo), lt(draftDocuments.upTo, drafts.updates)));
	for (const { id } of changed) {
		await inTurn(app, id, async () => {
			await app.db.write(async (tx) => {
				const { doc, n } = await readDocument(tx, id);
				if (n > 0) await compact(tx, id, { n, update: encodeWithoutDeleted(doc) });
			});
			forgetHeld(app, id);
		}).catch((fault: unknown) => app.log.error({ err: fault, draft: id }));
	}
}

/**
 * Keeps the sum of all updates up to one, without what was deleted in them; of each update there stays
 * who sent it and that it was sent.
 */
async function compact(tx: Writer, draft: string, { n, update }: DraftState): Promise<void> {
	if (update.length > largestDocument) throw new DomainError('invalid', 'draft-too-large');
	await tx
		.insert(draftDocuments)
		.values({ draft, upTo: n, body: update })
		.onConflictDoUpdate({ target: draftDocuments.draft, set: { upTo: n, body: update } });
	await tx
		.update(draftUpdates)
		.set({ body: nothing })
		.where(and(eq(draftUpdates.draft, draft), lte(draftUpdates.n, n)));
}

/** Brings a document up to what the store holds. */
async function catchUp(read: Reader, draft: string, held: HeldDocument): Promise<void> {
	if (held.n === 0) {
		const [sum] = await sumOf(read).execute({ draft });
		if (sum) {
			Y.applyUpdate(held.doc, sum.body, 'elsewhere');
			held.n = sum.upTo;
			held.compacted = sum.upTo;
		}
	}
	const rows = await rowsAfter(read).execute({ draft, n: held.n });
	held.doc.transact(() => {
		for (const { body } of rows) Y.applyUpdate(held.doc, body, 'elsewhere');
	}, 'elsewhere');
	held.n = rows.at(-1)?.n ?? held.n;
}

/**
 * What happened in a draft after an update, as its stream tells it: `update` events, and where their
 * rows have been summed up, first a `document` that holds them all. For who has asked whether somebody may.
 */
export async function readUpdatesAfter(
	read: Reader,
	draft: string,
	after: number
): Promise<LiveEvent[]> {
	const rows = await rowsAfter(read).execute({ draft, n: after });
	const isSummed = rows.some(({ body }) => body.length === nothing.length);
	const [sum] = isSummed ? await sumOf(read).execute({ draft }) : [];
	const events = rows
		.filter(({ n }) => !sum || n > sum.upTo)
		.map((row): LiveEvent => eventOf(draft, row));
	if (!sum || sum.upTo <= after) return events;
	return [{ n: sum.upTo, kind: 'document', data: { update: toBase64(sum.body) } }, ...events];
}

/** Everybody in a draft is told the same event, so that it is written out once. */
const lately = new Map<string, LiveEvent>();
const mostLately = 200;

function eventOf(draft: string, { n, id, body }: { n: number; id: string; body: Uint8Array }) {
	const name = `${draft} ${n} ${id}`;
	const known = lately.get(name);
	if (known) return known;
	const event: LiveEvent = { n, kind: 'update', data: { id, update: toBase64(body) } };
	lately.set(name, event);
	const [oldest] = lately.keys();
	if (lately.size > mostLately && oldest !== undefined) lately.delete(oldest);
	return event;
}

/** Where somebody is in a draft, as the others are told; kept nowhere. */
export interface Presence {
	/** Names a tab, so that somebody with two is told once from the other. */
	tab: string;
	/** A place of the document; null where they look at it as a whole, and `gone` when they leave. */
	place: string | null;
	gone: boolean;
	/** True where an answer is wanted from those who are there, because one has just come. */
	asks: boolean;
}

/**
 * Tells the others in a draft where somebody is.
 *
 * @throws {DomainError} as `authoriseDraft` for commenting.
 */
export async function tellPresence(
	app: App,
	actor: Actor,
	draft: string,
	{ tab, place, gone, asks }: Presence
): Promise<void> {
	const { role } = await authoriseDraft(app.db.read, actor, draft, 'comment');
	const everybody = await app.db.read
		.select({ person: draftPeople.person })
		.from(draftPeople)
		.where(eq(draftPeople.draft, draft))
		.orderBy(asc(draftPeople.person));
	const mark = everybody.findIndex(({ person }) => person === actor.person);
	const { name } = actor;
	whisper(channelOf(draft), {
		kind: 'presence',
		...{ tab, name, role, mark, place, gone, asks }
	});
}

const byId = (read: Reader) =>
	prepared(read, 'draft_update_by_id', (handle) =>
		handle
			.select({ n: draftUpdates.n })
			.from(draftUpdates)
			.where(and(eq(draftUpdates.draft, given('draft')), eq(draftUpdates.id, given('id'))))
			.prepare('draft_update_by_id')
	);

const sumOf = (read: Reader) =>
	prepared(read, 'draft_document', (handle) =>
		handle
			.select({ upTo: draftDocuments.upTo, body: draftDocuments.body })
			.from(draftDocuments)
			.where(eq(draftDocuments.draft, given('draft')))
			.prepare('draft_document')
	);

const rowsAfter = (read: Reader) =>
	prepared(read, 'draft_updates_after', (handle) =>
		handle
			.select({ n: draftUpdates.n, id: draftUpdates.id, body: draftUpdates.body })
			.from(draftUpdates)
			.where(and(eq(draftUpdates.draft, given('draft')), gt(draftUpdates.n, givenNumber('n'))))
			.orderBy(asc(draftUpdates.n))
			.prepare('draft_updates_after')
	);

/** Bytes as text that JSON can hold. */
export function toBase64(bytes: Uint8Array): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Bytes from such a text, or null where it is none. */
export function fromBase64(text: unknown): Uint8Array | null {
	if (typeof text !== 'string' || !/^[A-Za-z0-9+/]*={0,2}$/u.test(text)) return null;
	return new Uint8Array(Buffer.from(text, 'base64'));
}
