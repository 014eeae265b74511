import { people } from '#lib/identity/tables.server.ts';
import { day, index, instant, table, text, uniqueIndex } from '#lib/server/db/dialect.ts';

/** What the platform has reminded somebody of, once for each `occasion`. */
export const reminders = table(
	'reminders',
	{
		id: text().primaryKey(),
		/** To whom it goes. */
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		/** `due`, `lapsed`, `refresher`, `digest` or `by-hand`. */
		kind: text().notNull(),
		/** Null for a digest. */
		course: text(),
		/** Names what it is about, so that it is never said twice. */
		occasion: text().notNull(),
		madeAt: instant().notNull(),
		/** When it may go out: never in quiet hours. */
		dueAt: instant().notNull(),
		/** Null until it has gone, or where it goes by no mail. */
		sentAt: instant(),
		/** `waiting`, `sent`, `failed`, `in-app` or `dropped`. */
		outcome: text().notNull(),
		/** Whoever sent it by hand. */
		madeBy: text().references(() => people.id, { onDelete: 'set null' }),
		/** When the person has put it away in the platform. */
		seenAt: instant()
	},
	(t) => [
		index('reminders_made_by').on(t.madeBy),
		uniqueIndex('reminders_once').on(t.occasion),
		index('reminders_person').on(t.person, t.madeAt)
	]
);

/** Who wants no mail of that kind; what is asked of them stands on their own page all the same. */
export const reminderStops = table('reminder_stops', {
	person: text()
		.primaryKey()
		.references(() => people.id, { onDelete: 'cascade' }),
	stoppedOn: day().notNull()
});
