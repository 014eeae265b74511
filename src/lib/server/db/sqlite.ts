import { AsyncLocalStorage } from 'node:async_hooks';
import SqliteDatabase from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { createBreathe } from '../slices.ts';
import { migrate } from './sqlite-migrate.ts';
import { explainFault } from './sqlite-faults.ts';
import { createSqliteWrites } from './sqlite-writes.ts';
import type { Reader, Store, StoreName, Writer } from './store.ts';

export interface SqliteOptions {
	/** The file of the store; made if it is not there. */
	file: string;
	/** The folder with this store's migrations. */
	migrations: string;
	/** How long a write waits for another process that holds the file, in milliseconds. */
	busyTimeout?: number;
}

/**
 * Opens one store in a file: one connection that writes, one that only reads, and a queue between
 * the callers and the writer, because better-sqlite3 refuses transactions that await.
 *
 * @throws {StoreUnavailable} when the file cannot be opened or written.
 */
export function openSqlite<Name extends StoreName>(options: SqliteOptions): Store<Name> {
	try {
		return open(options);
	} catch (error) {
		throw explainFault(error);
	}
}

function open<Name extends StoreName>({
	file,
	migrations,
	busyTimeout = 5000
}: SqliteOptions): Store<Name> {
	const writing = new SqliteDatabase(file, { timeout: busyTimeout });
	writing.pragma('journal_mode = WAL');
	writing.pragma('synchronous = FULL');
	writing.pragma('secure_delete = ON');
	migrate(writing, migrations);
	writing.pragma('foreign_keys = ON');

	const reading = new SqliteDatabase(file, { readonly: true, timeout: busyTimeout });
	reading.pragma('query_only = ON');

	// The surface is typed as PostgreSQL (see dialect.ts); the builders of both engines are alike.
	const reader = drizzle(reading, { casing: 'snake_case' }) as unknown as Reader<Name>;
	const writer = drizzle(writing, { casing: 'snake_case' }) as unknown as Writer<Name>;

	const inside = new AsyncLocalStorage<true>();
	const writes = createSqliteWrites(writing, busyTimeout);
	let closed = false;

	function enqueue<T>(work: () => Promise<T>, options: { isAlone: boolean }): Promise<T> {
		if (inside.getStore()) throw new Error('a write within a write would wait for itself');
		if (closed) throw new Error('the store is closed');
		return writes
			.add(() => inside.run(true, work), options)
			.catch((error: unknown) => {
				throw explainFault(error);
			});
	}

	return {
		read: reader,
		write: (work) => enqueue(() => work(writer), { isAlone: false }),
		writeMuch: (work) => enqueue(() => work(writer, createBreathe()), { isAlone: true }),
		async ping() {
			try {
				reading.prepare('SELECT 1').get();
			} catch (error) {
				throw explainFault(error);
			}
		},
		async settle() {
			await writes.finish();
			if (!closed) writing.pragma('wal_checkpoint(TRUNCATE)');
		},
		async close() {
			if (closed) return;
			await writes.finish();
			closed = true;
			reading.close();
			writing.close();
		}
	};
}
