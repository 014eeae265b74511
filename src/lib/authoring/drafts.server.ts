import { and, asc, desc, eq, inArray, isNotNull, isNull, like, lte } from 'drizzle-orm';
import * as Y from 'yjs';
import type { Actor } from '#lib/access/actor.ts';
import { canAnywhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { newId, newPrivateId } from '#lib/id.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { createDocument } from './document/document.ts';
import { loadFields } from './document/load.ts';
import { readSlug, readTitle } from './document/read.ts';
import { addToDraft } from './draft-people.server.ts';
import { authoriseDraft, readTitles, type DraftRole } from './draft-rights.server.ts';
import type { Unread } from './upload.ts';
import {
	draftComments,
	draftMentions,
	draftPeople,
	drafts,
	draftUpdates,
	publishedScenarios
} from './tables.server.ts';

/** So many drafts somebody may have begun and neither put away nor handed over. */
const mostDrafts = 100;

/** A draft in somebody's list. */
export interface ListedDraft {
	id: string;
	title: { da: string; en: string };
	role: DraftRole;
	changedAt: Date;
	/** How many are in it, oneself included. */
	people: number;
	/** In how many open comments one was named and has not looked yet. */
	mentions: number;
	/** Whether one writes in it with others and has not said yet that it may be published. */
	lacksConsent: boolean;
	/** When it was put away; null while it is in use. */
	discardedAt: Date | null;
}

/**
 * The drafts that the actor is in, those changed last first.
 *
 * @throws {DomainError} `forbidden` to who may write nowhere.
 */
export async function listDrafts(app: App, actor: Actor): Promise<ListedDraft[]> {
	requireWriter(actor);
	const { read } = app.db;
	const rows = await read
		.select({
			id: drafts.id,
			title: drafts.title,
			role: draftPeople.role,
			consentedOn: draftPeople.consentedOn,
			changedAt: drafts.changedAt,
			discardedAt: drafts.discardedAt
		})
		.from(draftPeople)
		.innerJoin(drafts, eq(drafts.id, draftPeople.draft))
		.where(and(eq(draftPeople.person, actor.person), eq(drafts.organisation, actor.organisation)))
		.orderBy(desc(drafts.changedAt), desc(drafts.id));
	const ids = rows.map(({ id }) => id);
	const others = await read
		.select({ draft: draftPeople.draft })
		.from(draftPeople)
		.where(inArray(draftPeople.draft, ids));
	const named = await read
		.select({ draft: draftComments.draft })
		.from(draftMentions)
		.innerJoin(draftComments, eq(draftComments.id, draftMentions.comment))
		.where(
			and(
				eq(draftMentions.person, actor.person),
				isNull(draftMentions.seenAt),
				isNull(draftComments.resolvedAt)
			)
		);
	return rows.map(({ consentedOn, ...row }) => {
		const people = others.filter(({ draft }) => draft === row.id).length;
		return {
			...row,
			title: readTitles(row.title),
			role: row.role as DraftRole, // only ever written as one
			people,
			mentions: named.filter(({ draft }) => draft === row.id).length,
			lacksConsent: row.role !== 'commenter' && people > 1 && consentedOn === null
		};
	});
}

function requireWriter(actor: Actor): void {
	if (!canAnywhere(actor, 'scenarios.write')) throw new DomainError('forbidden', 'scenarios.write');
}

export interface NewDraft {
	/** Made by who asks, so that asking twice makes one draft. */
	id: string;
	/** As the file of a scenario has them, finished or not. */
	fields: Readonly<Record<string, unknown>>;
	/** Hash of the published version it is to follow. */
	begunFrom?: string | undefined;
	/** What of a file could not be read: kept as a first comment. */
	unread?: { words: string; items: readonly Unread[] } | undefined;
}

/**
 * Begins a draft whose owner the actor is. Beginning it twice is beginning it once.
 *
 * @throws {DomainError} `forbidden` to who may write nowhere, `too-many` to who has begun very many.
 */
export async function beginDraft(app: App, actor: Actor, draft: NewDraft): Promise<void> {
	requireWriter(actor);
	const update = encode(draft.fields);
	await app.db.write(async (tx) => {
		const own = await tx
			.select({ id: drafts.id })
			.from(draftPeople)
			.innerJoin(drafts, eq(drafts.id, draftPeople.draft))
			.where(
				and(
					eq(draftPeople.person, actor.person),
					eq(draftPeople.role, 'owner'),
					isNull(drafts.discardedAt)
				)
			);
		if (own.some(({ id }) => id === draft.id)) return;
		if (own.length >= mostDrafts) throw new DomainError('too-many', 'drafts');
		const at = app.now();
		await insertDraft(tx, {
			id: draft.id,
			organisation: actor.organisation,
			owner: actor.person,
			begunFrom: draft.begunFrom ?? null,
			at,
			update
		});
		await keepUnread(tx, actor, draft, at);
		await writeAudit(tx, at, { event: 'draft.made', actor });
	});
}

/** What a document that holds some fields is sent as. */
export interface FirstUpdate {
	body: Uint8Array;
	title: { da: string; en: string };
	slug: string | null;
}

/** A document of the fields of a scenario file, as a first update. */
export function encode(fields: Readonly<Record<string, unknown>>): FirstUpdate {
	const doc = createDocument();
	loadFields(doc, fields);
	const update = {
		body: Y.encodeStateAsUpdate(doc),
		title: readTitle(doc),
		slug: readSlug(doc) || null
	};
	doc.destroy();
	return update;
}

/** Writes a draft with its first update and its owner; for what has asked for the right already. */
export async function insertDraft(
	tx: Writer,
	draft: {
		id: string;
		organisation: string;
		owner: string;
		begunFrom: string | null;
		at: Date;
		update: FirstUpdate;
	}
): Promise<void> {
	const { id, organisation, owner, begunFrom, at, update } = draft;
	await tx.insert(drafts).values({
		id,
		organisation,
		slug: update.slug,
		title: update.title,
		begunFrom,
		createdAt: at,
		changedAt: at,
		updates: 1,
		discardedAt: null
	});
	await tx
		.insert(draftUpdates)
		.values({ draft: id, n: 1, id: newPrivateId(), body: update.body, by: owner, at });
	await addToDraft(tx, id, owner, 'owner');
}

/** The list of what could not be read stays with the draft until its author has dealt with it. */
async function keepUnread(tx: Writer, actor: Actor, draft: NewDraft, at: Date): Promise<void> {
	const { unread } = draft;
	if (!unread || unread.items.length === 0) return;
	const locale = actor.locale ?? 'da';
	const lines = unread.items.map(
		({ line, message }) => `– ${line === null ? '' : `${line}: `}${message[locale]}`
	);
	await tx.insert(draftComments).values({
		id: newId(at.getTime()),
		draft: draft.id,
		under: null,
		place: null,
		quote: null,
		body: [unread.words, ...lines].join('\n'),
		must: false,
		by: actor.person,
		at,
		resolvedAt: null,
		resolvedBy: null
	});
}

/** A name for a new scenario that no other has yet: the wished one, with a number where it is taken. */
export async function chooseSlug(app: App, wish: string): Promise<string> {
	const rows = await app.db.read
		.select({ slug: drafts.slug })
		.from(drafts)
		.where(like(drafts.slug, `${wish}%`));
	const published = await app.db.read
		.select({ slug: publishedScenarios.slug })
		.from(publishedScenarios)
		.where(like(publishedScenarios.slug, `${wish}%`));
	const taken = new Set([...rows, ...published].map(({ slug }) => slug));
	const isFree = (slug: string) => !taken.has(slug) && !app.library.scenario(slug);
	let free = wish;
	for (let number = 2; !isFree(free); number += 1) free = `${wish}-${number}`;
	return free;
}

/**
 * Puts a draft away, for everybody in it: it can be taken back until it is swept. Twice is once.
 *
 * @throws {DomainError} `forbidden` to who does not own it, `not-found` to who is not in it.
 */
export async function discardDraft(app: App, actor: Actor, draft: string): Promise<void> {
	await authoriseDraft(app.db.read, actor, draft, 'own');
	await app.db.write(async (tx) => {
		const { discardedAt } = await authoriseDraft(tx, actor, draft, 'own');
		if (discardedAt !== null) return;
		await tx.update(drafts).set({ discardedAt: app.now() }).where(eq(drafts.id, draft));
		await writeAudit(tx, app.now(), { event: 'draft.discarded', actor });
	});
}

/**
 * Takes a draft back that was put away.
 *
 * @throws {DomainError} as {@link discardDraft}.
 */
export async function restoreDraft(app: App, actor: Actor, draft: string): Promise<void> {
	await authoriseDraft(app.db.read, actor, draft, 'own');
	await app.db.write(async (tx) => {
		const { discardedAt } = await authoriseDraft(tx, actor, draft, 'own');
		if (discardedAt === null) return;
		await tx.update(drafts).set({ discardedAt: null }).where(eq(drafts.id, draft));
		await writeAudit(tx, app.now(), { event: 'draft.restored', actor });
	});
}

/** Drafts that were put away before a moment, to be swept. */
export async function listDiscardedBefore(
	read: Reader,
	organisation: string,
	moment: Date
): Promise<string[]> {
	const rows = await read
		.select({ id: drafts.id })
		.from(drafts)
		.where(
			and(
				eq(drafts.organisation, organisation),
				isNotNull(drafts.discardedAt),
				lte(drafts.discardedAt, moment)
			)
		)
		.orderBy(asc(drafts.id));
	return rows.map(({ id }) => id);
}

/** Deletes drafts with everything in them; what was published of one stays. */
export async function deleteDrafts(tx: Writer, ids: readonly string[]): Promise<void> {
	await tx.delete(drafts).where(inArray(drafts.id, [...ids]));
}
