import {
	boolean,
	day,
	index,
	instant,
	integer,
	json,
	table,
	text,
	uniqueIndex
} from '#lib/server/db/dialect.ts';

export const organisations = table('organisations', {
	id: text().primaryKey(),
	name: text().notNull(),
	createdAt: instant().notNull(),
	/** True for the demonstration municipality, whose accounts are open; its stores remember it so. */
	isDemonstration: boolean().notNull(),
	/** The language of letters, mails and pages for who has chosen none; null is Danish. */
	locale: text(),
	/** Days by class of data where the organisation has decided otherwise than `retention.ts`. */
	retention: json().$type<Readonly<Record<string, number>>>()
});

export const people = table(
	'people',
	{
		id: text().primaryKey(),
		organisation: text()
			.notNull()
			.references(() => organisations.id),
		name: text().notNull(),
		/** Lower case, as it is looked up; null for who has no address at work. */
		email: text(),
		/**
		 * True where somebody else has put another address in since the person last showed their password;
		 * null is false. A trigger writes it, so that no way of changing an address is forgotten.
		 */
		hasNewAddress: boolean(),
		/** What one signs in with besides or instead of an address; lower case. */
		username: text(),
		/** What the employer calls the person, so that an import finds them again. */
		employeeId: text(),
		/** Name and address folded for search, see `fold`. */
		searchText: text().notNull(),
		/** `da`, `en`, or null: as the browser asks. */
		locale: text(),
		/** The day access ended; null while it lasts. */
		closedOn: day(),
		/** The day on which what is private was erased after they left; null until then. */
		erasedOn: day()
	},
	(t) => [
		uniqueIndex('people_email').on(t.email),
		uniqueIndex('people_username').on(t.username),
		uniqueIndex('people_employee').on(t.organisation, t.employeeId)
	]
);

export const passwords = table('passwords', {
	person: text()
		.primaryKey()
		.references(() => people.id, { onDelete: 'cascade' }),
	/** argon2id, in its own encoded form. */
	hash: text().notNull()
});

export const sessions = table(
	'sessions',
	{
		/** SHA-256 of what the cookie holds; the cookie itself is stored nowhere. */
		id: text().primaryKey(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		/** When it ends unless it is used. */
		expiresAt: instant().notNull(),
		/** When it ends whatever happens. */
		endsAt: instant().notNull(),
		reauthenticatedAt: instant().notNull(),
		method: text().notNull(),
		/** What the person's own list calls it, and ends it by; nobody gets in with it. */
		handle: text().notNull(),
		begunAt: instant().notNull(),
		/** Kind of browser and device in two words, such as `Firefox, Android`; null where unknown. */
		device: text(),
		/** On a tablet that others use too: shorter, and forgets. */
		isShared: boolean().notNull(),
		/** After how many minutes without use it ends. */
		idleMinutes: integer().notNull()
	},
	(t) => [
		index('sessions_person').on(t.person),
		index('sessions_expiry').on(t.expiresAt),
		uniqueIndex('sessions_handle').on(t.handle)
	]
);

/** Ways in that work once: an invitation by mail, a printed letter, a new password. */
export const entryTokens = table(
	'entry_tokens',
	{
		id: text().primaryKey(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		/** `invitation`, `letter` or `reset`. */
		purpose: text().notNull(),
		/** SHA-256 of what stands in the address; the token itself is stored nowhere. */
		tokenHash: text().notNull(),
		/** SHA-256 of the code of a letter, to be typed; null for what comes by mail. */
		codeHash: text(),
		madeAt: instant().notNull(),
		expiresAt: instant().notNull(),
		/** Null until it has been used, or made void by a later one. */
		endedAt: instant(),
		/** Null for who asked for their own, and once the person is gone. */
		madeBy: text().references(() => people.id, { onDelete: 'set null' })
	},
	(t) => [
		index('entry_tokens_made_by').on(t.madeBy),
		uniqueIndex('entry_tokens_token').on(t.tokenHash),
		uniqueIndex('entry_tokens_code').on(t.codeHash),
		index('entry_tokens_person').on(t.person)
	]
);
