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
		/** The last day on which it counts, as it was asked when it was issued; null for no last day. */
		validUntil: day(),
		/** The day on which the holder says they led others, where the course asks that of a certificate. */
		ledOn: day(),
		/** True where the platform saw that session end; false or null where the holder says so. */
		ledHere: boolean(),
		/** The day on which the holder took it back; null while they have not. */
		withdrawnOn: day()
	},
	(t) => [
		uniqueIndex('certificates_code').on(t.code),
		index('certificates_person').on(t.person, t.course, t.cycle)
	]
);
