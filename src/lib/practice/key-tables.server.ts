import { bytes, table, text } from '#lib/server/db/dialect.ts';

/** What joins a person to their private rows. Deleting the row erases them, in backups too. */
export const learnerKeys = table('learner_keys', {
	person: text().primaryKey(),
	/** 32 random bytes, wrapped with AES-256-GCM under `SECRET_KEY`. */
	wrapped: bytes().notNull()
});
