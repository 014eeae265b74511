import { createHash } from 'node:crypto';
import { and, asc, eq, gt, inArray, isNull, lte } from 'drizzle-orm';
import { parseDocument } from 'yaml';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { hasErrors, type Problem } from '#lib/content/problem.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { writeScenario } from '#lib/scenario/canonical.ts';
import type { Author } from '#lib/scenario/model.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import {
	assess,
	canHappen,
	findExclusion,
	findHindrance,
	replayReview,
	reviewKeys,
	type FrozenVersion,
	type KeptEvent,
	type ReviewEvent,
	type ReviewKey,
	type ReviewStanding,
	type ReviewState
} from './review.ts';
import { readDraftPeople, type DraftPerson } from './draft-people.server.ts';
import { authoriseDraft } from './draft-rights.server.ts';
import { findReviewAccess, type ReviewAccess } from './review-access.server.ts';
import { keysOf, listHolders } from './reviewers.server.ts';
import { contentVersions } from '#lib/scenario/tables.server.ts';
import { splitParts } from './split-parts.ts';
import {
	draftComments,
	drafts,
	draftUpdates,
	publishedScenarios,
	reviewEvents,
	reviews
} from './tables.server.ts';

/** A draft's text at one moment. */
export interface DraftText {
	/** The canonical text of the file. */
	text: string;
	/** Number of the last update in it. */
	upTo: number;
}

/** What a draft says in review, and where the review stands. */
export interface ReviewView {
	access: ReviewAccess;
	state: ReviewState;
	standing: ReviewStanding;
	/** The frozen version; null before anything was sent. */
	frozen: { id: string; hash: string; body: string; sentAt: Date; sentBy: string | null } | null;
	/** The text that was sent before it; null for none, and where it was withdrawn. */
	sentBefore: string | null;
	/** Comments that must be resolved and are not. */
	openMusts: number;
	/** Whether what is still missing for publishing is nothing. */
	isPublishable: boolean;
	/** For each part the keys that the actor may turn for it now. */
	mayTurn: Readonly<Record<string, readonly ReviewKey[]>>;
	/** Why the actor, who holds one, may turn none of them. */
	excluded: 'last-author' | 'only-author' | undefined;
}

type EventRow = { kind: string; data: unknown; by: string | null };
type ReviewRow = typeof reviews.$inferSelect;

/** All that happened in the reviews of a draft, with what was sent last and before that. */
export async function readHistory(
	read: Reader,
	draft: string
): Promise<{ events: KeptEvent[]; last: ReviewRow | null; before: ReviewRow | null }> {
	const sent = await read
		.select()
		.from(reviews)
		.where(eq(reviews.draft, draft))
		.orderBy(asc(reviews.sentAt), asc(reviews.id));
	if (sent.length === 0) return { events: [], last: null, before: null };
	const rows = await read
		.select()
		.from(reviewEvents)
		.where(
			inArray(
				reviewEvents.review,
				sent.map(({ id }) => id)
			)
		)
		.orderBy(asc(reviewEvents.n));
	const events = sent.flatMap((review) =>
		rows.filter((row) => row.review === review.id).map((row) => readEvent(review, row))
	);
	return { events, last: sent.at(-1) ?? null, before: sent.at(-2) ?? null };
}

// Events are only ever written by `keepEvent`.
function readEvent(review: ReviewRow, { kind, data, by }: EventRow): KeptEvent {
	// What was published stays so, whoever holds the keys by now: the machine is not asked again.
	if (kind === 'publish')
		return { type: kind, openMusts: 0, holders: { subject: [], 'lived-experience': [] } };
	if (kind !== 'send') return { ...(data as object), type: kind, by } as KeptEvent;
	const version: FrozenVersion = {
		...(data as Pick<FrozenVersion, 'parts' | 'problems'>),
		id: review.id,
		authors: review.authors as string[],
		lastAuthor: review.lastAuthor
	};
	return { type: 'send', version };
}

/** Adds an event to the review that stands last. */
export async function keepEvent(
	tx: Writer,
	review: { id: string; events: number },
	event: { kind: ReviewEvent['type']; data: object; by: string; at: Date }
): Promise<void> {
	const n = review.events + 1;
	await tx.insert(reviewEvents).values({ review: review.id, n, ...event });
	await tx.update(reviews).set({ events: n }).where(eq(reviews.id, review.id));
}

/** How many comments of a draft must be resolved before anything of it is published. */
export async function countOpenMusts(read: Reader, draft: string): Promise<number> {
	const rows = await read
		.select({ id: draftComments.id })
		.from(draftComments)
		.where(
			and(
				eq(draftComments.draft, draft),
				eq(draftComments.must, true),
				isNull(draftComments.under),
				isNull(draftComments.resolvedAt)
			)
		);
	return rows.length;
}

/** Where the review of a draft stands, for one of its people, a reviewer or an editor. */
export async function readReview(app: App, actor: Actor, draft: string): Promise<ReviewView> {
	const { read } = app.db;
	const access = await findReviewAccess(read, actor, draft);
	const { events, last, before } = await readHistory(read, draft);
	const state = replayReview(events);
	const { version } = state.context;
	const holders = await listHolders(read, actor.organisation);
	const openMusts = await countOpenMusts(read, draft);
	const standing = assess(state.context, { openMusts, holders });
	const excluded = version ? findExclusion(version, actor.person) : undefined;
	const isOpen = state.value === 'in-review' && version !== null && !excluded;
	return {
		access,
		state,
		standing,
		frozen: last && {
			id: last.id,
			hash: last.hash,
			body: last.body,
			sentAt: last.sentAt,
			sentBy: last.sentBy
		},
		sentBefore: before?.body || null,
		openMusts,
		isPublishable: canHappen(state, { type: 'publish', openMusts, holders }),
		mayTurn: Object.fromEntries(
			Object.entries(isOpen ? version.parts : {}).map(([part, hash]) => [
				part,
				keysOf(holders, actor.person).filter(
					(key) => !findHindrance(state.context, { by: actor.person, key, parts: { [part]: hash } })
				)
			])
		),
		excluded
	};
}

/** Why a draft cannot be sent to review. */
export type SendFault =
	| { reason: 'problems'; problems: readonly Problem[] }
	| { reason: 'consent'; names: readonly string[] }
	| { reason: 'voice'; names: readonly string[] }
	| { reason: 'slug-taken' };

/**
 * Freezes a draft and sends it to review: its text with the authors' line and the number that it will be
 * published under, so that what is approved is byte for byte what is published. Approvals of what has
 * stayed the same are kept.
 *
 * @returns why it could not be sent; null when it was.
 */
export async function sendToReview(
	app: App,
	actor: Actor,
	draft: string,
	{ text, upTo }: DraftText
): Promise<SendFault | null> {
	const { begunFrom } = await authoriseDraft(app.db.read, actor, draft, 'write');
	const { read } = app.db;
	const writers = await listAuthors(read, draft);
	const without = (lacks: (one: DraftPerson) => boolean) =>
		writers.filter(lacks).map(({ name }) => name);
	const silent = without(({ consentedOn }) => consentedOn === null);
	if (silent.length > 0) return { reason: 'consent', names: silent };
	const unnamed = without(({ voice }) => voice === null);
	if (unnamed.length > 0) return { reason: 'voice', names: unnamed };
	const file = parseDocument(text);
	const slug = String(file.get('id') ?? '');
	const number = await findNextNumber(
		app,
		read,
		{ id: draft, organisation: actor.organisation, begunFrom },
		slug
	);
	if (number === null) return { reason: 'slug-taken' };
	file.set('version', number);
	file.set('authors', writeAuthors(writers));
	const { scenario: frozen, problems } = app.library.check(String(file), slug);
	if (frozen === null || hasErrors(problems)) return { reason: 'problems', problems };
	const body = writeScenario(frozen);
	const parts = Object.fromEntries(
		Object.entries(splitParts(frozen)).map(([name, said]) => [name, hashOf(said)])
	);
	await app.db.write(async (tx) => {
		const { events, last } = await readHistory(tx, draft);
		const state = replayReview(events);
		// What was sent is told apart by when: never two at once.
		const sentAt = new Date(Math.max(app.now().getTime(), (last?.sentAt.getTime() ?? 0) + 1));
		const { authors, lastAuthor } = await findWriters(tx, draft, upTo, actor.person);
		const id = newId(app.now().getTime());
		const version: FrozenVersion = { id, parts, authors, lastAuthor, problems: 0 };
		if (!canHappen(state, { type: 'send', version })) throw new DomainError('conflict', 'review');
		const row = { id, draft, hash: hashOf(body), body, upTo, authors, lastAuthor };
		await tx.insert(reviews).values({ ...row, sentBy: actor.person, sentAt, events: 0 });
		await keepEvent(
			tx,
			{ id, events: 0 },
			{ kind: 'send', data: { parts, problems: 0 }, by: actor.person, at: app.now() }
		);
		await tx.update(drafts).set({ slug }).where(eq(drafts.id, draft));
		await writeAudit(tx, app.now(), { event: 'review.sent', actor, detail: { draft } });
		// Sent again while it is there, it waits for the same people.
		if (state.value === 'in-review') return;
		const holders = await listHolders(tx, actor.organisation);
		const asked = new Set(reviewKeys.flatMap((key) => holders[key]));
		for (const person of asked)
			if (!findExclusion(version, person))
				await app.publish(tx, 'review.sent', { person, draft, review: id });
	});
	return null;
}

/** Turns a key for some parts, each of exactly what the page has shown of it. */
export function approveParts(
	app: App,
	actor: Actor,
	draft: string,
	approval: { key: ReviewKey; parts: Readonly<Record<string, string>> }
): Promise<void> {
	return takeStep(app, actor, draft, ({ state, access }) => {
		requireKey(access, approval.key);
		const hindrance = findHindrance(state.context, { by: actor.person, ...approval });
		if (hindrance) throw new DomainError('conflict', hindrance);
		return { type: 'approve', by: actor.person, ...approval };
	});
}

/** Takes back what one has approved. */
export function revokeParts(
	app: App,
	actor: Actor,
	draft: string,
	{ key, parts }: { key: ReviewKey; parts: readonly string[] }
): Promise<void> {
	return takeStep(app, actor, draft, ({ access }) => {
		requireKey(access, key);
		return { type: 'revoke', by: actor.person, key, parts };
	});
}

/** Ends the round: the authors are to change something, as the comments say. */
export function askForChanges(app: App, actor: Actor, draft: string): Promise<void> {
	return takeStep(app, actor, draft, ({ access }) => {
		if (access.keys.length === 0 && !access.isEditor) throw new DomainError('forbidden', 'no-key');
		return { type: 'ask-for-changes' };
	});
}

/** Takes a draft back from review. */
export async function takeBack(app: App, actor: Actor, draft: string): Promise<void> {
	await authoriseDraft(app.db.read, actor, draft, 'write');
	await takeStep(app, actor, draft, () => ({ type: 'take-back' }));
}

/** What stands when somebody is about to do something in a review. */
interface Standing {
	state: ReviewState;
	access: ReviewAccess;
}

/** Has the machine decide, and keeps what happened. @throws {DomainError} `conflict`. */
async function takeStep(
	app: App,
	actor: Actor,
	draft: string,
	decide: (standing: Standing) => Exclude<ReviewEvent, { type: 'send' | 'publish' }>
): Promise<void> {
	await app.db.write(async (tx) => {
		const access = await findReviewAccess(tx, actor, draft);
		const { events, last } = await readHistory(tx, draft);
		const state = replayReview(events);
		const event = decide({ state, access });
		if (!last || !canHappen(state, event)) throw new DomainError('conflict', 'review');
		const { type: kind } = event;
		// Who it was stands beside it, where it goes when they go.
		const data = 'by' in event ? { key: event.key, parts: event.parts } : {};
		await keepEvent(tx, last, { kind, data, by: actor.person, at: app.now() });
		await writeAudit(tx, app.now(), {
			event: auditOf[kind],
			actor,
			detail: { draft }
		});
	});
}

const auditOf = {
	approve: 'review.approved',
	revoke: 'review.revoked',
	'ask-for-changes': 'review.changes-asked',
	'take-back': 'review.taken-back'
} as const;

function requireKey(access: ReviewAccess, key: ReviewKey): void {
	if (!access.keys.includes(key)) throw new DomainError('forbidden', 'no-key');
}

/** Those who write a draft, as they are told in it. */
export async function listAuthors(read: Reader, draft: string): Promise<DraftPerson[]> {
	return (await readDraftPeople(read, draft)).filter(({ role }) => role !== 'commenter');
}

/** The authors' line of the format. */
export function writeAuthors(authors: readonly DraftPerson[]): Author[] {
	return authors.map(({ voice, penName }) => ({
		role: voice ?? 'professional',
		...(penName && { name: penName })
	}));
}

/**
 * The number under which a draft would be published; null where the name belongs to a story that this
 * draft was not begun from.
 */
export async function findNextNumber(
	app: App,
	read: Reader,
	draft: { id: string; organisation: string; begunFrom: string | null },
	slug: string
): Promise<number | null> {
	const before = await read
		.select({
			version: publishedScenarios.version,
			hash: publishedScenarios.hash,
			draft: publishedScenarios.draft,
			organisation: publishedScenarios.organisation
		})
		.from(publishedScenarios)
		.where(eq(publishedScenarios.slug, slug));
	const { library } = app;
	if (library.encounters.some((one) => one.slug === slug)) return null;
	const current = library.scenario(slug);
	const isNew = before.length === 0 && current === undefined;
	const isOwn = before.some((one) => one.draft === draft.id);
	const isBegunFrom =
		draft.begunFrom !== null &&
		(current?.hash === draft.begunFrom ||
			before.some(({ hash }) => hash === draft.begunFrom) ||
			(await isVersionOf(read, draft.begunFrom, slug)));
	if (before.some(({ organisation }) => organisation !== draft.organisation)) return null;
	if (!isNew && !isOwn && !isBegunFrom) return null;
	return 1 + Math.max(current?.scenario.version ?? 0, ...before.map(({ version }) => version), 0);
}

async function isVersionOf(read: Reader, hash: string, slug: string): Promise<boolean> {
	const rows = await read
		.select({ slug: contentVersions.slug })
		.from(contentVersions)
		.where(and(eq(contentVersions.hash, hash), eq(contentVersions.slug, slug)));
	return rows.length > 0;
}

/** Who wrote anything since the draft was last published, and who wrote last. */
async function findWriters(
	read: Reader,
	draft: string,
	upTo: number,
	sender: string
): Promise<{ authors: string[]; lastAuthor: string | null }> {
	const sent = await read
		.select({
			hash: reviews.hash,
			upTo: reviews.upTo,
			authors: reviews.authors,
			lastAuthor: reviews.lastAuthor
		})
		.from(reviews)
		.where(eq(reviews.draft, draft))
		.orderBy(asc(reviews.sentAt), asc(reviews.id));
	const published = await read
		.select({ hash: publishedScenarios.hash })
		.from(publishedScenarios)
		.where(eq(publishedScenarios.draft, draft));
	const hashes = new Set(published.map(({ hash }) => hash));
	const at = sent.findLastIndex(({ hash }) => hashes.has(hash));
	const since = sent.slice(at + 1);
	const updates = await read
		.select({ by: draftUpdates.by })
		.from(draftUpdates)
		.where(
			and(
				eq(draftUpdates.draft, draft),
				gt(draftUpdates.n, sent[at]?.upTo ?? 0),
				lte(draftUpdates.n, upTo)
			)
		)
		.orderBy(asc(draftUpdates.n));
	const authors = new Set([
		...since.flatMap((one) => one.authors as string[]),
		...updates.flatMap(({ by }) => by ?? [])
	]);
	if (authors.size === 0) authors.add(sender);
	const last = updates.at(-1) ?? { by: since.at(-1)?.lastAuthor ?? sender };
	return { authors: [...authors], lastAuthor: last.by };
}

/** SHA-256 as hexadecimal digits. */
export function hashOf(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
