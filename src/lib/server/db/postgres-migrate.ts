import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PgClient } from './postgres.ts';

interface Journal {
	entries: { tag: string }[];
}

/** Any number of our own: whoever migrates holds it, so that two nodes that start at once take turns. */
const lock = 7_460_002;

/**
 * Brings a PostgreSQL database up to the newest migration of `folder`, all or nothing, in the order of
 * the folder's journal, while no other process does.
 *
 * @throws {Error} when an applied migration has changed since, or the database is newer than this program.
 */
export async function migratePostgres(client: PgClient, folder: string): Promise<void> {
	const journal = JSON.parse(
		readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')
	) as Journal; // written by drizzle-kit
	await client.query(`BEGIN; SELECT pg_advisory_lock(${lock}); COMMIT`);
	try {
		await client.query('BEGIN READ WRITE');
		await applyAll(client, folder, journal.entries);
		await client.query('COMMIT');
	} catch (error) {
		await client.query('ROLLBACK').catch(() => undefined);
		throw error;
	} finally {
		await client.query(`SELECT pg_advisory_unlock(${lock})`).catch(() => undefined);
	}
}

async function applyAll(
	client: PgClient,
	folder: string,
	entries: readonly { tag: string }[]
): Promise<void> {
	await client.query(
		'CREATE TABLE IF NOT EXISTS migrations (tag text COLLATE "C" PRIMARY KEY, hash text NOT NULL)'
	);
	const { rows } = await client.query({ text: 'SELECT tag, hash FROM migrations' });
	const applied = new Map(
		(rows as { tag: string; hash: string }[]).map(({ tag, hash }) => [tag, hash]) // as selected
	);
	const known = new Set(entries.map(({ tag }) => tag));
	const newer = [...applied.keys()].find((tag) => !known.has(tag));
	if (newer) {
		throw new Error(
			`the database was written by a newer version of Holdepunkt (${newer}). Start that version.`
		);
	}
	for (const { tag } of entries) {
		const statements = readFileSync(join(folder, `${tag}.sql`), 'utf8');
		const hash = createHash('sha256').update(statements).digest('hex');
		const before = applied.get(tag);
		if (before === hash) continue;
		if (before) throw new Error(`migration ${tag} has changed since the database took it`);
		// Tables lie in the schema that the connection looks in, which need not be the one drizzle-kit names.
		await client.query(
			statements.replaceAll('--> statement-breakpoint', '').replaceAll('"public".', '')
		);
		await client.query({ text: 'INSERT INTO migrations (tag, hash) VALUES ($1, $2)' }, [tag, hash]);
	}
}
