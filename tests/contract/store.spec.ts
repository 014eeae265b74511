import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { insertOrganisation } from '#lib/identity/people.server.ts';
import { organisations } from '#lib/identity/tables.server.ts';
import { isUniqueViolation } from '#lib/server/db/sqlite-faults.ts';
import { openSqlite } from '#lib/server/db/sqlite.ts';
import { closeStores, openStores } from '#lib/server/db/stores.server.ts';
import { StoreUnavailable, type Store } from '#lib/server/db/store.ts';
import { makeFolder } from '#tests/support/folder.ts';

const migrations = 'drizzle';

function openPlatform(folder = makeFolder(), busyTimeout = 50): Store {
	const store = openSqlite<'platform'>({
		file: join(folder, 'platform.db'),
		migrations: join(migrations, 'sqlite', 'platform'),
		busyTimeout
	});
	onTestFinished(() => store.close());
	return store;
}

const acme = (id = 'acme') => ({
	id,
	name: `House ${id}`,
	createdAt: new Date(0),
	isDemonstration: false
});

async function namesIn(store: Store): Promise<string[]> {
	const rows = await store.read.select({ id: organisations.id }).from(organisations);
	return rows.map(({ id }) => id).sort();
}

describe('a write', () => {
	test('is there for readers once it has resolved', async () => {
		const store = openPlatform();
		await store.write((tx) => insertOrganisation(tx, acme()));
		expect(await namesIn(store)).toEqual(['acme']);
	});

	test('that fails leaves nothing behind', async () => {
		const store = openPlatform();
		const failing = store.write(async (tx) => {
			await insertOrganisation(tx, acme());
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		expect(await namesIn(store)).toEqual([]);
	});

	test('sees what it has written itself', async () => {
		const store = openPlatform();
		const found = await store.write(async (tx) => {
			await insertOrganisation(tx, acme());
			return tx.select().from(organisations).where(eq(organisations.id, 'acme'));
		});
		expect(found).toEqual([acme()]);
	});

	test('waits its turn, so that two never mix', async () => {
		const store = openPlatform();
		const steps: string[] = [];
		await Promise.all(
			['a', 'b', 'c'].map((id) =>
				store.write(async (tx) => {
					steps.push(`${id} begins`);
					await insertOrganisation(tx, acme(id));
					steps.push(`${id} ends`);
				})
			)
		);
		expect(steps).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
	});

	test('within a write is refused', async () => {
		const store = openPlatform();
		await expect(
			store.write(() => store.write((tx) => insertOrganisation(tx, acme())))
		).rejects.toThrow('a write within a write');
		expect(await namesIn(store)).toEqual([]);
	});

	test('of a key that is there already is told as such', async () => {
		const store = openPlatform();
		await store.write((tx) => insertOrganisation(tx, acme()));
		const again = await store
			.write((tx) => insertOrganisation(tx, acme()))
			.catch((error: unknown) => error);
		expect(isUniqueViolation(again)).toBe(true);
	});
});

describe('a reader', () => {
	test('cannot write, whatever its type is made to say', async () => {
		const store = openPlatform();
		const forced = store.read as unknown as Parameters<Parameters<Store['write']>[0]>[0];
		await expect(insertOrganisation(forced, acme())).rejects.toThrow();
		expect(await namesIn(store)).toEqual([]);
	});
});

describe('a store that cannot take a write says why, keeps what it has, and goes on afterwards', () => {
	test('locked by another program', async () => {
		const folder = makeFolder();
		const store = openPlatform(folder);
		await store.write((tx) => insertOrganisation(tx, acme('before')));
		const other = new SqliteDatabase(join(folder, 'platform.db'));
		other.exec('BEGIN IMMEDIATE');
		const refused = await store
			.write((tx) => insertOrganisation(tx, acme('during')))
			.catch((error: unknown) => error);
		other.exec('ROLLBACK');
		other.close();
		expect(refused).toBeInstanceOf(StoreUnavailable);
		expect((refused as StoreUnavailable).reason).toBe('locked');
		await store.write((tx) => insertOrganisation(tx, acme('after')));
		expect(await namesIn(store)).toEqual(['after', 'before']);
	});

	test('full', async () => {
		const folder = makeFolder();
		const store = openPlatform(folder);
		await store.write((tx) => insertOrganisation(tx, acme('before')));
		const refused = await store
			.write(async (tx) => {
				// The engine's own way of having no room left: no page may be added.
				const writer = tx as unknown as { $client: SqliteDatabase.Database };
				const pages = writer.$client.pragma('page_count', { simple: true });
				writer.$client.pragma(`max_page_count = ${pages}`);
				await insertOrganisation(tx, { ...acme('during'), name: 'x'.repeat(200_000) });
			})
			.catch((error: unknown) => error);
		expect((refused as StoreUnavailable).reason).toBe('full');
		expect(await namesIn(store)).toEqual(['before']);
	});

	test('not a store at all', () => {
		const folder = makeFolder();
		const file = join(folder, 'platform.db');
		new SqliteDatabase(file).close();
		chmodSync(folder, 0o755);
		expect(() =>
			openSqlite({
				file: join(folder, 'absent', 'platform.db'),
				migrations: 'drizzle/sqlite/platform'
			})
		).toThrow(/directory does not exist|not-writable/);
	});
});

describe('the private stores', () => {
	test.each(['private', 'keys'] as const)('%s has no table with rowids', async (name) => {
		const folder = makeFolder();
		await closeStores(openStores(folder, migrations));
		const file = new SqliteDatabase(join(folder, `${name}.db`), { readonly: true });
		const tables = file
			.prepare<[], { name: string; wr: number }>(
				"SELECT name, wr FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
			)
			.all();
		file.close();
		expect(tables.length).toBeGreaterThan(1);
		expect(tables.filter(({ wr }) => wr !== 1)).toEqual([]);
	});

	test('leave no log of the order of writing once closed', async () => {
		const folder = makeFolder();
		await closeStores(openStores(folder, migrations));
		expect(
			() => new SqliteDatabase(join(folder, 'private.db-wal'), { fileMustExist: true })
		).toThrow();
	});
});
