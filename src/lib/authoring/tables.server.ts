import { organisations, people } from '#lib/identity/tables.server.ts';
import {
	boolean,
	bytes,
	day,
	index,
	instant,
	integer,
	json,
	primaryKey,
	table,
	text,
	uniqueIndex
} from '#lib/server/db/dialect.ts';

/** Null once that person is gone: the text stays with those who still write it. */
const whoever = () => text().references(() => people.id, { onDelete: 'set null' });

const person = () =>
	text()
		.notNull()
		.references(() => people.id, { onDelete: 'cascade' });

const draft = () =>
	text()
		.notNull()
		.references(() => drafts.id, { onDelete: 'cascade' });

/** A scenario that is being written. What it says stands in its updates. */
export const drafts = table(
	'drafts',
	{
		/** Stands in addresses. */
		id: text().primaryKey(),
		organisation: text()
			.notNull()
			.references(() => organisations.id),
		/** The id that the scenario carries in the format; null until it has been given one. */
		slug: text(),
		/** The titles as they were at the last saved change, for lists. */
		title: json().notNull(),
		/** Hash of the published version that it was begun from; null for a new one. */
		begunFrom: text(),
		createdAt: instant().notNull(),
		changedAt: instant().notNull(),
		/** Number of the last update. */
		updates: integer().notNull(),
		/** When it was put away; it can be taken back until it is swept. */
		discardedAt: instant()
	},
	(t) => [index('drafts_organisation').on(t.organisation, t.changedAt)]
);

/** Who writes a draft, as what. */
export const draftPeople = table(
	'draft_people',
	{
		draft: draft(),
		person: person(),
		/** `owner`, `co-author` or `commenter`. */
		role: text().notNull(),
		/** `professional` or `lived-experience`: what the published authors' line says; null while not chosen. */
		voice: text(),
		/** The name under which they want to be told as an author; null for none. */
		penName: text(),
		/** The day on which they agreed to have their text published; null while they have not. */
		consentedOn: day()
	},
	(t) => [
		primaryKey({ columns: [t.draft, t.person] }),
		index('draft_people_person').on(t.person, t.draft)
	]
);

/** A link by which somebody with the right to write comes into a draft. */
export const draftLinks = table(
	'draft_links',
	{
		/** SHA-256 of the token. */
		hash: text().primaryKey(),
		draft: draft(),
		/** `co-author` or `commenter`. */
		role: text().notNull(),
		madeBy: whoever(),
		expiresAt: instant().notNull()
	},
	(t) => [index('draft_links_draft').on(t.draft), index('draft_links_made_by').on(t.madeBy)]
);

/** What was changed in a draft, as its authors' browsers sent it, in the order of arrival. */
export const draftUpdates = table(
	'draft_updates',
	{
		draft: draft(),
		/** 1, 2, 3 …: also the number of the event that tells the others. */
		n: integer().notNull(),
		/** Made by the browser: the same update sent twice is there once. */
		id: text().notNull(),
		body: bytes().notNull(),
		/** Whose browser sent it. */
		by: whoever(),
		at: instant().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.draft, t.n] }),
		uniqueIndex('draft_updates_id').on(t.draft, t.id),
		index('draft_updates_by').on(t.by)
	]
);

/** All updates of a draft up to one, as a single one. */
export const draftDocuments = table('draft_documents', {
	draft: text()
		.primaryKey()
		.references(() => drafts.id, { onDelete: 'cascade' }),
	/** Number of the last update in it. */
	upTo: integer().notNull(),
	body: bytes().notNull()
});

/** What somebody says about a place in a draft. */
export const draftComments = table(
	'draft_comments',
	{
		id: text().primaryKey(),
		draft: draft(),
		/** The first of a thread; null for that one itself. */
		under: text(),
		/** The place: stable ids of the document, such as `scene/ID/text/da`; null for the draft as a whole. */
		place: text(),
		/** The words it was about, as they were. */
		quote: text(),
		body: text().notNull(),
		/** True where nothing may be published before it is resolved. */
		must: boolean().notNull(),
		by: whoever(),
		at: instant().notNull(),
		resolvedAt: instant(),
		resolvedBy: whoever()
	},
	(t) => [
		index('draft_comments_draft').on(t.draft, t.at),
		index('draft_comments_by').on(t.by),
		index('draft_comments_resolved_by').on(t.resolvedBy)
	]
);

/** Who was named in a comment. */
export const draftMentions = table(
	'draft_mentions',
	{
		comment: text()
			.notNull()
			.references(() => draftComments.id, { onDelete: 'cascade' }),
		person: person(),
		seenAt: instant()
	},
	(t) => [
		primaryKey({ columns: [t.comment, t.person] }),
		index('draft_mentions_person').on(t.person, t.seenAt)
	]
);

/**
 * That somebody may turn one of the two keys, offered by an editor and accepted by that person. Shown
 * to editors only.
 */
export const reviewerGrants = table(
	'reviewer_grants',
	{
		person: person(),
		/** `subject` or `lived-experience`. */
		key: text().notNull(),
		offeredBy: whoever(),
		offeredAt: instant().notNull(),
		acceptedAt: instant()
	},
	(t) => [
		primaryKey({ columns: [t.person, t.key] }),
		index('reviewer_grants_offered_by').on(t.offeredBy)
	]
);

/** A draft as it was sent to be reviewed: frozen. */
export const reviews = table(
	'reviews',
	{
		id: text().primaryKey(),
		draft: draft(),
		/** SHA-256 of `body`. */
		hash: text().notNull(),
		/** The canonical text of the scenario. */
		body: text().notNull(),
		/** Number of the last update in it. */
		upTo: integer().notNull(),
		/** Who wrote anything of it that was not in the version published before. */
		authors: json().notNull(),
		/** Who wrote last: that person turns no key. */
		lastAuthor: whoever(),
		sentBy: whoever(),
		sentAt: instant().notNull(),
		/** Number of the last event. */
		events: integer().notNull()
	},
	(t) => [
		index('reviews_draft').on(t.draft, t.sentAt),
		index('reviews_sent_by').on(t.sentBy),
		index('reviews_last_author').on(t.lastAuthor)
	]
);

/** What happened in a review, from which its machine is replayed. */
export const reviewEvents = table(
	'review_events',
	{
		review: text()
			.notNull()
			.references(() => reviews.id, { onDelete: 'cascade' }),
		n: integer().notNull(),
		kind: text().notNull(),
		/** What the machine needs: which key, which parts with which hash. */
		data: json().notNull(),
		by: whoever(),
		at: instant().notNull()
	},
	(t) => [primaryKey({ columns: [t.review, t.n] }), index('review_events_by').on(t.by)]
);

/** A scenario that was published on this installation; its text lies with the other versions, by its hash. */
export const publishedScenarios = table(
	'published_scenarios',
	{
		slug: text().notNull(),
		version: integer().notNull(),
		hash: text().notNull(),
		/** Null once the draft is gone. */
		draft: text().references(() => drafts.id, { onDelete: 'set null' }),
		organisation: text()
			.notNull()
			.references(() => organisations.id),
		publishedOn: day().notNull(),
		/** `published`, `superseded`, `retired` or `withdrawn`. */
		state: text().notNull(),
		/** The day it became what it is. */
		since: day().notNull(),
		/** Role and pen name of each author, as the format has them. */
		authors: json().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.slug, t.version] }),
		index('published_scenarios_hash').on(t.hash),
		index('published_scenarios_organisation').on(t.organisation),
		index('published_scenarios_draft').on(t.draft)
	]
);

/** Whose text is in a published version, so that it can be withdrawn by them; goes when they ask for it to be forgotten. */
export const publishedAuthors = table(
	'published_authors',
	{
		slug: text().notNull(),
		version: integer().notNull(),
		person: person(),
		voice: text().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.slug, t.version, t.person] }),
		index('published_authors_person').on(t.person)
	]
);

/** Which keys were turned for a published version. */
export const publishedApprovals = table(
	'published_approvals',
	{
		slug: text().notNull(),
		version: integer().notNull(),
		key: text().notNull(),
		person: whoever(),
		day: day().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.slug, t.version, t.key] }),
		index('published_approvals_person').on(t.person)
	]
);

/**
 * How often a choice was taken, as the private side has published it: in all since the version was
 * published, never by workplace, released anew only when at least five more people stand behind it.
 */
export const choiceReleases = table(
	'choice_releases',
	{
		/** Hash of the scenario. */
		scenario: text().notNull(),
		scene: text().notNull(),
		choice: text().notNull(),
		/** People who took it, as of the last release. */
		people: integer().notNull(),
		/** People who passed the scene, as of the same release. */
		passed: integer().notNull()
	},
	(t) => [primaryKey({ columns: [t.scenario, t.scene, t.choice] })]
);
