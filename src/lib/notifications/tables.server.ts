import { people } from '#lib/identity/tables.server.ts';
import { day, index, instant, table, text, uniqueIndex } from '#lib/server/db/dialect.ts';
import { workplaces } from '#lib/workplaces/tables.server.ts';

/** What the platform has reminded somebody of, once for each `occasion`. */
export const reminders = table(
	'reminders',
	{
		id: text().primaryKey(),
		/** To whom it goes. */
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		/** One of `reminder.ts`. */
		kind: text().notNull(),
		/** Null for a digest. */
		course: text(),
		/** What it is about, where that is a workplace, or for which it was sent by hand. */
		workplace: text().references(() => workplaces.id, { onDelete: 'cascade' }),
		/** Names what it is about, so that it is never said twice. */
		occasion: text().notNull(),
		madeAt: instant().notNull(),
		/** When it may go out: never in quiet hours. */
		dueAt: instant().notNull(),
		/** When it was handed over, or was about to be; null until then, and where it goes by no mail. */
		sentAt: instant(),
		/** One of `reminder.ts`. */
		outcome: text().notNull(),
		/** Whoever sent it by hand. */
		madeBy: text().references(() => people.id, { onDelete: 'set null' }),
		/** SHA-256 of what stands in the mail's address for stopping them; that itself is stored nowhere. */
		stopHash: text(),
		/** The day on which the person has put it away in the platform: no moment, which would tell of use. */
		seenOn: day()
	},
	(t) => [
		index('reminders_made_by').on(t.madeBy),
		uniqueIndex('reminders_once').on(t.occasion),
		uniqueIndex('reminders_stop').on(t.stopHash),
		index('reminders_person').on(t.person, t.madeAt),
		index('reminders_waiting').on(t.outcome, t.dueAt),
		index('reminders_workplace').on(t.workplace, t.madeAt)
	]
);

/** Who wants no mail of that kind; what is asked of them stands on their own page all the same. */
export const reminderStops = table('reminder_stops', {
	person: text()
		.primaryKey()
		.references(() => people.id, { onDelete: 'cascade' }),
	stoppedOn: day().notNull()
});
