import { table, text } from '#lib/server/db/dialect.ts';

/**
 * Every version of a scenario or course that anybody began, by its hash, so that an attempt can be
 * replayed and a certificate explained after the files have changed. Says nothing of who or when.
 */
export const contentVersions = table('content_versions', {
	/** SHA-256 of `body`. */
	hash: text().primaryKey(),
	/** `scenario` or `course`. */
	kind: text().notNull(),
	slug: text().notNull(),
	body: text().notNull()
});
