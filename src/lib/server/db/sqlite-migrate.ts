import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type SqliteDatabase from 'better-sqlite3';

interface Journal {
	entries: { tag: string }[];
}

/** One step of a store's form, as it stands in a folder of migrations. */
interface Migration {
	tag: string;
	statements: string;
	hash: string;
}

/** The migrations of a folder in the order of its journal. */
export function listMigrations(folder: string): Migration[] {
	const { entries } = JSON.parse(
		readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')
	) as Journal; // written by drizzle-kit
	return entries.map(({ tag }) => {
		const statements = readFileSync(join(folder, `${tag}.sql`), 'utf8');
		return { tag, statements, hash: createHash('sha256').update(statements).digest('hex') };
	});
}

/**
 * Brings a SQLite file up to the newest migration of `folder`, all or nothing, in the order of the
 * folder's journal. Foreign keys are off meanwhile and checked afterwards, because drizzle-kit's
 * rebuilds of a table would otherwise cascade and delete what hangs on it.
 *
 * @throws {Error} when an applied migration has changed since, the file is newer than this program,
 * or rows would be left pointing at nothing.
 */
export function migrate(database: SqliteDatabase.Database, folder: string): void {
	const migrations = listMigrations(folder);
	database.pragma('foreign_keys = OFF');
	database.exec(
		'CREATE TABLE IF NOT EXISTS migrations (tag TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID'
	);
	const applied = new Map(
		database
			.prepare<[], { tag: string; hash: string }>('SELECT tag, hash FROM migrations')
			.all()
			.map(({ tag, hash }) => [tag, hash])
	);
	const known = new Set(migrations.map(({ tag }) => tag));
	const newer = [...applied.keys()].find((tag) => !known.has(tag));
	if (newer) {
		throw new Error(
			`${database.name} was written by a newer version of Holdepunkt (${newer}). Start that version.`
		);
	}
	const record = database.prepare('INSERT INTO migrations (tag, hash) VALUES (?, ?)');
	const apply = database.transaction(() => {
		for (const { tag, statements, hash } of migrations) {
			const before = applied.get(tag);
			if (before === hash) continue;
			if (before) throw new Error(`migration ${tag} has changed since ${database.name} took it`);
			database.exec(statements.replaceAll('--> statement-breakpoint', ''));
			record.run(tag, hash);
		}
		const broken = database.pragma('foreign_key_check') as unknown[];
		if (broken.length > 0)
			throw new Error(`${broken.length} rows of ${database.name} point at nothing`);
	});
	apply.immediate();
}
