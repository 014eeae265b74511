import { people } from '#lib/identity/tables.server.ts';
import { day, index, primaryKey, table, text } from '#lib/server/db/dialect.ts';

/**
 * That a person has finished a module: never how, which scenario, or whether it was played, read or
 * skipped. The finest time is a day.
 */
export const moduleCompletions = table(
	'module_completions',
	{
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		course: text().notNull(),
		module: text().notNull(),
		/** Hash of the course as it was. */
		version: text().notNull(),
		day: day().notNull(),
		/** `learned`, `attended` or `credited`. */
		source: text().notNull()
	},
	(t) => [primaryKey({ columns: [t.person, t.course, t.module] })]
);

/** That a person has finished every module of a course, and on which day the last of them. */
export const courseCompletions = table(
	'course_completions',
	{
		person: text()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		course: text().notNull(),
		version: text().notNull(),
		day: day().notNull(),
		source: text().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.person, t.course] }),
		index('course_completions_course').on(t.course, t.day)
	]
);
