import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import type { LibraryScenario } from '#lib/scenario/library.server.ts';
import { contentVersions } from '#lib/scenario/tables.server.ts';
import { writeFields } from '#lib/scenario/written.ts';
import { ringChannel } from '#lib/server/live/ring.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { beginDraft } from './drafts.server.ts';
import { canHappen, replayReview, reviewKeys } from './review.ts';
import { findReviewAccess } from './review-access.server.ts';
import { listHolders, requireEditor } from './reviewers.server.ts';
import {
	countOpenMusts,
	findNextNumber,
	keepEvent,
	listAuthors,
	readHistory,
	writeAuthors
} from './reviews.server.ts';
import {
	choiceReleases,
	drafts,
	publishedApprovals,
	publishedAuthors,
	publishedScenarios,
	reviews
} from './tables.server.ts';

export type PublishedState = 'published' | 'superseded' | 'retired' | 'withdrawn';

/** One version of a published story. */
export interface PublishedVersion {
	slug: string;
	version: number;
	hash: string;
	state: PublishedState;
	publishedOn: string;
	/** The day it became what it is. */
	since: string;
}

/** Stories that were made ready before, by their hash. */
const ready = new WeakMap<App, Map<string, LibraryScenario>>();

/** Where processes hear that something was published, retired or withdrawn. */
export const publishedChannel = 'published';

/**
 * Puts all that is published into the library of this process: at start-up, and after every change of it.
 */
export async function shelvePublished(app: App): Promise<void> {
	const { read } = app.db;
	const all = await read
		.select({
			slug: publishedScenarios.slug,
			hash: publishedScenarios.hash,
			state: publishedScenarios.state
		})
		.from(publishedScenarios)
		.orderBy(asc(publishedScenarios.slug), asc(publishedScenarios.version));
	let known = ready.get(app);
	if (!known) ready.set(app, (known = new Map()));
	const scenarios: LibraryScenario[] = [];
	for (const { slug, hash, state } of all) {
		if (state !== 'published') continue;
		const [row] = known.has(hash)
			? []
			: await read
					.select({ body: contentVersions.body })
					.from(contentVersions)
					.where(eq(contentVersions.hash, hash));
		const scenario = known.get(hash) ?? (row && app.library.prepare(row.body, slug));
		if (!scenario) {
			app.log.warn(`The published scenario ${slug} cannot be read; it is left out.`);
			continue;
		}
		known.set(hash, scenario);
		scenarios.push(scenario);
	}
	const live = new Set(all.filter(({ state }) => state !== 'withdrawn').map(({ hash }) => hash));
	app.library.shelve({
		scenarios,
		known: new Set(all.map(({ slug }) => slug)),
		withdrawn: new Set(all.map(({ hash }) => hash).filter((hash) => !live.has(hash)))
	});
}

/** Why a version that both keys have approved cannot be published as it was sent. */
export type PublishFault =
	/** Somebody has taken their consent back, or wants to be told by another name. */
	| 'authors-changed'
	/** Another version of this name was published in the meantime. */
	| 'overtaken';

/**
 * Publishes what was sent last and both keys have approved: from now on the library has it. Learners in
 * the middle of the version before keep theirs.
 *
 * @returns why it must be sent again; null when it is published.
 * @throws {DomainError} `forbidden` for who is no editor, `conflict` where it is not approved.
 */
export async function publishReview(
	app: App,
	actor: Actor,
	draft: string
): Promise<PublishFault | null> {
	requireEditor(actor);
	const fault = await app.db.write(async (tx) => {
		const access = await findReviewAccess(tx, actor, draft);
		const { events, last } = await readHistory(tx, draft);
		const state = replayReview(events);
		const holders = await listHolders(tx, actor.organisation);
		const openMusts = await countOpenMusts(tx, draft);
		if (!last || !canHappen(state, { type: 'publish', openMusts, holders }))
			throw new DomainError('conflict', 'not-approved');
		const { slug } = access.draft;
		const { scenario } = app.library.check(last.body, slug ?? '');
		if (!scenario || scenario.id !== slug) throw new DomainError('conflict', 'not-approved');
		const authors = await listAuthors(tx, draft);
		const line = writeAuthors(authors);
		if (
			authors.some(({ consentedOn }) => consentedOn === null) ||
			JSON.stringify(line) !== JSON.stringify(scenario.authors)
		)
			return 'authors-changed';
		const { version } = scenario;
		if ((await findNextNumber(app, tx, access.draft, slug)) !== version) return 'overtaken';
		const today = dayOf(app.now());
		const { hash, body } = last;
		await tx
			.insert(contentVersions)
			.values({ hash, kind: 'scenario', slug, body })
			.onConflictDoNothing();
		await tx
			.update(publishedScenarios)
			.set({ state: 'superseded', since: today })
			.where(and(eq(publishedScenarios.slug, slug), eq(publishedScenarios.state, 'published')));
		await tx.insert(publishedScenarios).values({
			slug,
			version,
			hash,
			draft,
			organisation: actor.organisation,
			publishedOn: today,
			state: 'published',
			since: today,
			authors: line
		});
		for (const { person, voice } of authors)
			await tx
				.insert(publishedAuthors)
				.values({ slug, version, person, voice: voice ?? 'professional' });
		for (const key of reviewKeys) {
			const turned = state.context.approvals.findLast((one) => one.key === key);
			await tx
				.insert(publishedApprovals)
				.values({ slug, version, key, person: turned?.by ?? null, day: today });
		}
		await tx.update(drafts).set({ begunFrom: hash }).where(eq(drafts.id, draft));
		const event = { kind: 'publish', data: {}, by: actor.person, at: app.now() } as const;
		await keepEvent(tx, last, event);
		await writeAudit(tx, app.now(), {
			event: 'scenario.published',
			actor,
			detail: { slug, version }
		});
		return null;
	});
	if (fault === null) await shelveEverywhere(app);
	return fault;
}

/** In this process before it goes on, and in the others of the installation. */
async function shelveEverywhere(app: App): Promise<void> {
	await shelvePublished(app);
	ringChannel(publishedChannel);
}

/** Every version of a draft's story that was published, the newest first. */
export async function listVersions(
	app: App,
	actor: Actor,
	draft: string
): Promise<PublishedVersion[]> {
	const access = await findReviewAccess(app.db.read, actor, draft);
	const { slug } = access.draft;
	if (slug === null) return [];
	const rows = await app.db.read
		.select()
		.from(publishedScenarios)
		.where(
			and(
				eq(publishedScenarios.slug, slug),
				eq(publishedScenarios.organisation, actor.organisation)
			)
		)
		.orderBy(desc(publishedScenarios.version));
	return rows.map(({ version, hash, state, publishedOn, since }) => ({
		slug,
		version,
		hash,
		state: state as PublishedState, // only ever written here
		publishedOn,
		since
	}));
}

/** Takes a story out of the library; who is in the middle of it goes on. */
export async function retire(app: App, actor: Actor, draft: string): Promise<void> {
	requireEditor(actor);
	await app.db.write(async (tx) => {
		const { draft: found } = await findReviewAccess(tx, actor, draft);
		const slug = found.slug ?? '';
		const gone = await tx
			.update(publishedScenarios)
			.set({ state: 'retired', since: dayOf(app.now()) })
			.where(
				and(
					eq(publishedScenarios.slug, slug),
					eq(publishedScenarios.organisation, actor.organisation),
					eq(publishedScenarios.state, 'published')
				)
			)
			.returning({ version: publishedScenarios.version });
		if (gone.length === 0) throw new DomainError('conflict', 'not-published');
		await writeAudit(tx, app.now(), { event: 'scenario.retired', actor, detail: { slug } });
	});
	await shelveEverywhere(app);
}

/** A published story of one's own. */
export interface OwnText {
	slug: string;
	title: { da: string; en: string } | null;
	version: number;
	voice: string;
	state: PublishedState;
	publishedOn: string;
	/** Whether one may withdraw it. */
	mayWithdraw: boolean;
}

/** Everything that was published with words of a person in it, the newest version of each story. */
export async function listOwnTexts(app: App, person: string): Promise<OwnText[]> {
	const rows = await app.db.read
		.select({
			slug: publishedScenarios.slug,
			version: publishedScenarios.version,
			hash: publishedScenarios.hash,
			state: publishedScenarios.state,
			publishedOn: publishedScenarios.publishedOn,
			voice: publishedAuthors.voice
		})
		.from(publishedAuthors)
		.innerJoin(
			publishedScenarios,
			and(
				eq(publishedScenarios.slug, publishedAuthors.slug),
				eq(publishedScenarios.version, publishedAuthors.version)
			)
		)
		.where(eq(publishedAuthors.person, person))
		.orderBy(asc(publishedScenarios.slug), asc(publishedScenarios.version));
	return [...Map.groupBy(rows, ({ slug }) => slug)].flatMap(([slug, versions]) => {
		const last = versions.at(-1);
		if (!last) return [];
		const { version, state, publishedOn } = last;
		const known = app.library.scenario(slug)?.scenario.title ?? null;
		const mine = versions.filter(({ voice }) => voice === 'lived-experience');
		return [
			{
				slug,
				title: known,
				version,
				voice: mine.length > 0 ? 'lived-experience' : last.voice,
				state: state as PublishedState, // only ever written here
				publishedOn,
				mayWithdraw: mine.some((one) => one.state !== 'withdrawn')
			}
		];
	});
}

/**
 * Withdraws a story in which somebody has told of their own experience: every version with their words in
 * it, at any time, whatever role they have by now; nobody is asked. The text is deleted, nobody is shown
 * it again, and what somebody is in the middle of ends. Withdrawing twice is withdrawing once.
 *
 * @throws {DomainError} `not-found` where they have told of no experience of theirs in it.
 */
export async function withdrawText(app: App, actor: Actor, slug: string): Promise<void> {
	await app.db.write(async (tx) => {
		const mine = await tx
			.select({
				version: publishedScenarios.version,
				hash: publishedScenarios.hash,
				state: publishedScenarios.state,
				draft: publishedScenarios.draft
			})
			.from(publishedAuthors)
			.innerJoin(
				publishedScenarios,
				and(
					eq(publishedScenarios.slug, publishedAuthors.slug),
					eq(publishedScenarios.version, publishedAuthors.version)
				)
			)
			.where(
				and(
					eq(publishedAuthors.person, actor.person),
					eq(publishedAuthors.slug, slug),
					eq(publishedAuthors.voice, 'lived-experience')
				)
			);
		if (mine.length === 0) throw new DomainError('not-found', 'text');
		const open = mine.filter(({ state }) => state !== 'withdrawn');
		if (open.length === 0) return;
		const hashes = open.map(({ hash }) => hash);
		await tx
			.update(publishedScenarios)
			.set({ state: 'withdrawn', since: dayOf(app.now()) })
			.where(
				and(
					eq(publishedScenarios.slug, slug),
					inArray(
						publishedScenarios.version,
						open.map(({ version }) => version)
					)
				)
			);
		await tx.delete(contentVersions).where(inArray(contentVersions.hash, hashes));
		await tx.update(reviews).set({ body: '' }).where(inArray(reviews.hash, hashes));
		await tx.delete(choiceReleases).where(inArray(choiceReleases.scenario, hashes));
		for (const draft of new Set(open.flatMap(({ draft }) => draft ?? [])))
			await endReview(app, tx, actor, draft);
		await writeAudit(tx, app.now(), { event: 'scenario.withdrawn', actor, detail: { slug } });
	});
	const known = ready.get(app);
	for (const [hash, one] of known ?? []) if (one.slug === slug) known?.delete(hash);
	await shelveEverywhere(app);
}

/** Takes what is being reviewed of a draft back, where something is. */
async function endReview(app: App, tx: Writer, actor: Actor, draft: string): Promise<void> {
	const { events, last } = await readHistory(tx, draft);
	if (!last || !canHappen(replayReview(events), { type: 'take-back' })) return;
	const event = { kind: 'take-back', data: {}, by: actor.person, at: app.now() } as const;
	await keepEvent(tx, last, event);
}

/** The text of a version of a draft's story; null where it was withdrawn. */
export async function readVersionText(
	read: Reader,
	slug: string,
	version: number
): Promise<{ hash: string; body: string } | null> {
	const [row] = await read
		.select({ hash: publishedScenarios.hash, body: contentVersions.body })
		.from(publishedScenarios)
		.innerJoin(contentVersions, eq(contentVersions.hash, publishedScenarios.hash))
		.where(and(eq(publishedScenarios.slug, slug), eq(publishedScenarios.version, version)));
	return row ?? null;
}

/**
 * Begins a new draft from a version that was published before; what is made of it can be published as the
 * next version. Doing it twice is doing it once.
 *
 * @throws {DomainError} `not-found` for a version that is not there, or was withdrawn.
 */
export async function restoreVersion(
	app: App,
	actor: Actor,
	draft: string,
	{ version, id }: { version: number; id: string }
): Promise<void> {
	const access = await findReviewAccess(app.db.read, actor, draft);
	const slug = access.draft.slug ?? '';
	const found = await readVersionText(app.db.read, slug, version);
	const scenario = found && app.library.check(found.body, slug).scenario;
	if (!found || !scenario) throw new DomainError('not-found', 'version');
	await beginDraft(app, actor, { id, fields: writeFields(scenario), begunFrom: found.hash });
	await app.db.write((tx) =>
		writeAudit(tx, app.now(), {
			event: 'scenario.restored',
			actor,
			detail: { slug, version }
		})
	);
}

/** The text that a draft of the actor's is compared with: what was published of it last, or what it was begun from. */
export async function readTextBefore(
	app: App,
	actor: Actor,
	draft: string
): Promise<string | null> {
	const { draft: found } = await findReviewAccess(app.db.read, actor, draft);
	const { read } = app.db;
	if (found.begunFrom === null) return null;
	const current = found.slug === null ? undefined : app.library.scenario(found.slug);
	if (current?.hash === found.begunFrom) return current.source;
	const [row] = await read
		.select({ body: contentVersions.body })
		.from(contentVersions)
		.where(eq(contentVersions.hash, found.begunFrom));
	return row?.body ?? null;
}
