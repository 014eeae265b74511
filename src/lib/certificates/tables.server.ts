import { people } from '#lib/identity/tables.server.ts';
import {
	boolean,
	day,
	index,
	integer,
	json,
	table,
	text,
	uniqueIndex
} from '#lib/server/db/dialect.ts';

/** A certificate of one completion. */
export const certificates = table(
	'certificates',
	{
		id: text().primaryKey(),
		/** Under which anybody may check it. */
		code: text().notNull(),
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		course: text().notNull(),
		cycle: integer().notNull(),
		version: text().notNull(),
		completedOn: day().notNull(),
		issuedOn: day().notNull(),
		/** Ids of the framework, as the course taught them then. */
		outcomes: json().$type<readonly string[]>().notNull(),
		/** Whether the page of the check names the holder; they decide. */
		showsName: boolean().notNull(),
		/** Null while it is the newest of its completion. */
		replacedOn: day()
	},
	(t) => [
		uniqueIndex('certificates_code').on(t.code),
		index('certificates_person').on(t.person, t.course, t.cycle)
	]
);
