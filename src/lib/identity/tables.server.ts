import { boolean, index, instant, day, table, text, uniqueIndex } from '#lib/server/db/dialect.ts';

export const organisations = table('organisations', {
	id: text().primaryKey(),
	name: text().notNull(),
	createdAt: instant().notNull(),
	/** True for the demonstration municipality, whose accounts are open; its stores remember it so. */
	isDemonstration: boolean().notNull()
});

export const people = table(
	'people',
	{
		id: text().primaryKey(),
		organisation: text()
			.notNull()
			.references(() => organisations.id),
		name: text().notNull(),
		/** Lower case, as it is looked up. */
		email: text().notNull(),
		/** Name and address folded for search, see `fold`. */
		searchText: text().notNull(),
		/** `da`, `en`, or null: as the browser asks. */
		locale: text(),
		/** The day access ended; null while it lasts. */
		closedOn: day()
	},
	(t) => [uniqueIndex('people_email').on(t.email), index('people_organisation').on(t.organisation)]
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
		method: text().notNull()
	},
	(t) => [index('sessions_person').on(t.person), index('sessions_expiry').on(t.expiresAt)]
);
