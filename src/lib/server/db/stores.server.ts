import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from './sqlite.ts';
import type { Store } from './store.ts';

/** The three stores of one installation. */
export interface Stores {
	platform: Store<'platform'>;
	private: Store<'private'>;
	keys: Store<'keys'>;
}

/**
 * Opens the stores in `dataDir`, one file each, and brings them up to date.
 *
 * @throws {StoreUnavailable} when the folder or a file cannot be written.
 */
export function openStores(dataDir: string, migrations: string): Stores {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const at = (name: string) => ({
		file: join(dataDir, `${name}.db`),
		migrations: join(migrations, 'sqlite', name)
	});
	return {
		platform: openSqlite<'platform'>(at('platform')),
		private: openSqlite<'private'>(at('private')),
		keys: openSqlite<'keys'>(at('keys'))
	};
}

/** Closes all three, also when one of them fails to. */
export async function closeStores(stores: Stores): Promise<void> {
	await Promise.allSettled([stores.platform.close(), stores.private.close(), stores.keys.close()]);
}
