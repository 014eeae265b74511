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

/** Where the three stores are, when PostgreSQL keeps them. */
export type Databases = Readonly<Record<keyof Stores, string>>;

/**
 * Opens the stores where an installation keeps them, in PostgreSQL or in its folder, and brings them up
 * to date.
 *
 * @throws {StoreUnavailable} when one cannot be reached or written.
 */
export async function openInstallation(
	{ dataDir, databases }: { dataDir: string; databases: Databases | null },
	migrations: string
): Promise<Stores> {
	if (!databases) return openStores(dataDir, migrations);
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	// Loaded only where it is wanted: who keeps everything in files need not wait for it.
	const [{ openPostgres }, { connectPostgres }] = await Promise.all([
		import('./postgres.ts'),
		import('./postgres-server.ts')
	]);
	const at = <Name extends keyof Stores>(name: Name): Store<Name> =>
		openPostgres({
			server: connectPostgres(databases[name]),
			migrations: join(migrations, 'postgres', name)
		});
	const stores: Stores = { platform: at('platform'), private: at('private'), keys: at('keys') };
	try {
		await Promise.all([stores.platform.ping(), stores.private.ping(), stores.keys.ping()]);
	} catch (error) {
		await closeStores(stores);
		throw error;
	}
	return stores;
}

/** Closes all three, also when one of them fails to. */
export async function closeStores(stores: Stores): Promise<void> {
	await Promise.allSettled([stores.platform.close(), stores.private.close(), stores.keys.close()]);
}
