import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { engine } from '#lib/server/db/dialect.ts';
import type { PgClient, PgServer } from '#lib/server/db/postgres.ts';
import { openStores, type Stores } from '#lib/server/db/stores.server.ts';
import type { Store, StoreName } from '#lib/server/db/store.ts';

const migrations = resolve('drizzle');

/** The PostgreSQL server that the tests may make databases on; without one they have an engine in process. */
const cluster = process.env.TEST_POSTGRES;
export const isPglite = engine === 'postgres' && !cluster;

const postgres = engine === 'postgres' ? await loadPostgres() : null;

async function loadPostgres() {
	const { openPostgres } = await import('#lib/server/db/postgres.ts');
	let openServer: (name: StoreName) => PgServer | Promise<PgServer>;
	if (cluster) {
		const { makeDatabase } = await import('./postgres-cluster.ts');
		openServer = (name) => makeDatabase(cluster, name);
	} else {
		const { openPglite } = await import('./pglite.ts');
		openServer = openPglite;
	}
	return <Name extends StoreName>(name: Name, server = openServer(name)): Store<Name> =>
		openPostgres({ server, migrations: join(migrations, 'postgres', name) });
}

/** The three stores, empty, on the engine that is tested; in `dataDir` where it keeps files. */
export function openTestStores(dataDir: string): Stores {
	if (!postgres) return openStores(dataDir, migrations);
	return {
		platform: postgres('platform'),
		private: postgres('private'),
		keys: postgres('keys')
	};
}

/** Changes what is kept past everything that guards it: the trigger of that name on the table goes first. */
export async function tamper(
	{ db, dataDir }: { db: Store; dataDir: string },
	[table, trigger]: readonly [table: string, trigger: string],
	statement: string
): Promise<void> {
	if (engine === 'sqlite') {
		const file = new Database(join(dataDir, 'platform.db'));
		file.exec(`DROP TRIGGER ${trigger}; ${statement}`);
		file.close();
		return;
	}
	await db.write(async (tx) => {
		const { $client } = tx as unknown as { $client: PgClient }; // Drizzle's way to the engine
		for (const one of [`DROP TRIGGER ${trigger} ON ${table}`, statement]) await $client.query(one);
	});
}
