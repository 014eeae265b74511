import { statSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { StoreName } from '../db/store.ts';
import { BackupFault } from './backup-fault.ts';

/**
 * The order in which the stores are held still. What is written to one store before another is never
 * missing from a copy that was held still later:
 * - a key is written before the rows under it, and a step before its completion, so `private` is first;
 * - who is erased loses their key before the platform says so, so `keys` comes after `platform`: a copy
 *   may still have to erase somebody, which the next night does, but never says so of one whose key it has.
 */
export const pinOrder = ['private', 'platform', 'keys'] as const satisfies readonly StoreName[];

/** A store as it was in one moment, while others go on writing to it. */
export interface PinnedStore {
	readonly store: StoreName;
	/** Which migrations it had taken, oldest first. */
	readonly migrations: readonly { tag: string; hash: string }[];
	/** Bytes it takes as a file. */
	readonly bytes: number;
	/** Writes it to a file that is not there yet; the process goes on answering in between. */
	copy(file: string): Promise<void>;
	release(): void;
}

/**
 * Holds a store still for a copy of it, without keeping anybody from writing.
 *
 * @throws {BackupFault} where there is no such store.
 */
export function pinStore(dataDir: string, store: StoreName): PinnedStore {
	const file = join(dataDir, `${store}.db`);
	if (!statSync(file, { throwIfNoEntry: false })?.isFile())
		throw new BackupFault(`There is no ${file}. Does DATA_DIR name the right folder?`);
	const source = new SqliteDatabase(file, { fileMustExist: true, timeout: 5000 });
	source.pragma('query_only = ON');
	// From the first reading on, a transaction sees what was there then.
	source.exec('BEGIN');
	const migrations = source
		.prepare<[], { tag: string; hash: string }>('SELECT tag, hash FROM migrations ORDER BY tag')
		.all();
	const pages = Number(source.pragma('page_count', { simple: true }));
	const pageSize = Number(source.pragma('page_size', { simple: true }));
	return {
		store,
		migrations,
		bytes: pages * pageSize,
		async copy(target) {
			await source.backup(target, { progress: () => 2000 });
		},
		release: () => void source.close()
	};
}
