import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { explainFault, isLocked } from './db/sqlite-faults.ts';

/**
 * Says that a folder of stores is in use, together with other servers or alone. The lock is the
 * system's own on an empty file, so that it ends with the process, however that ends. Returns what
 * gives it back; undefined where somebody is in the way.
 *
 * @throws {StoreUnavailable} where the folder cannot be written.
 */
export function useFolder(dataDir: string, how: 'together' | 'alone'): (() => void) | undefined {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	let lock: SqliteDatabase.Database | undefined;
	try {
		lock = new SqliteDatabase(join(dataDir, 'in-use'), { timeout: 0 });
		if (how === 'alone') lock.exec('BEGIN EXCLUSIVE');
		else {
			lock.exec('BEGIN');
			lock.prepare('SELECT count(*) FROM sqlite_schema').get();
		}
		const held = lock;
		return () => void held.close();
	} catch (fault) {
		lock?.close();
		if (isLocked(fault)) return undefined;
		throw explainFault(fault);
	}
}
