import {
	day,
	index,
	instant,
	integer,
	json,
	month,
	primaryKey,
	table,
	text
} from '#lib/server/db/dialect.ts';

/**
 * Who did what to whom, in order. Rows are only ever added: a trigger of the migration refuses changes,
 * and lets a row go only with its whole month. Each row holds the hash of the one before it in its month,
 * so that one that was changed or taken out past the trigger shows. Ids only, and no foreign keys: what
 * was done stays done when somebody is gone.
 */
export const audit = table(
	'audit',
	{
		month: month().notNull(),
		/** Counted from 1 within the month. */
		position: integer().notNull(),
		at: instant().notNull(),
		organisation: text(),
		/** Null for somebody who was not let in, and for the platform itself. */
		actor: text(),
		/** The role by which they might. */
		role: text(),
		workplace: text(),
		event: text().notNull(),
		/** The person it was done to. */
		subject: text(),
		/** Plain values; never a name, an address or anything private. */
		detail: json().$type<AuditDetail>(),
		hash: text().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.month, t.position] }),
		index('audit_organisation').on(t.organisation, t.at),
		index('audit_subject').on(t.subject, t.at),
		index('audit_actor').on(t.actor, t.at)
	]
);

export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

/** A month whose rows have been deleted, with the hash that its last row had. */
export const auditMonths = table('audit_months', {
	month: month().primaryKey(),
	lastHash: text().notNull(),
	deletedOn: day().notNull()
});
