import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { insertOrganisation } from '#lib/identity/people.server.ts';
import { organisations } from '#lib/identity/tables.server.ts';
import { openSqlite } from '#lib/server/db/sqlite.ts';
import { closeStores, openStores } from '#lib/server/db/stores.server.ts';
import { StoreUnavailable, type Store, type Writer } from '#lib/server/db/store.ts';
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

function clientOf(tx: Writer): SqliteDatabase.Database {
	return (tx as unknown as { $client: SqliteDatabase.Database }).$client; // Drizzle's way to the engine
}

/** Writes more than fits: the engine's own way of having no room left is that no page may be added. */
async function overflow(tx: Writer): Promise<void> {
	const pages = clientOf(tx).pragma('page_count', { simple: true });
	clientOf(tx).pragma(`max_page_count = ${pages}`);
	await insertOrganisation(tx, { ...acme('too much'), name: 'x'.repeat(200_000) });
}

/** Transactions in the log: the frames that say how long the file is after them (SQLite, file format 4.1). */
function countCommits(folder: string): number {
	const log = readFileSync(join(folder, 'platform.db-wal'));
	const frame = 24 + log.readUInt32BE(8);
	const frames = Array.from(
		{ length: Math.floor((log.length - 32) / frame) },
		(_, index) => 32 + index * frame
	);
	return frames.filter((at) => log.readUInt32BE(at + 4) > 0).length;
}

describe('a write', () => {
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

	test('shares its flush to the disk with those that came at the same time', async () => {
		const folder = makeFolder();
		const store = openPlatform(folder);
		const before = countCommits(folder);
		const ids = Array.from({ length: 20 }, (_, index) => `house ${index}`);
		await Promise.all(ids.map((id) => store.write((tx) => insertOrganisation(tx, acme(id)))));
		expect(await namesIn(store)).toHaveLength(20);
		expect(countCommits(folder) - before).toBe(1);
	});

	test('is flushed to the disk before it resolves', async () => {
		const store = openPlatform();
		const synchronous = await store.write(async (tx) =>
			clientOf(tx).pragma('synchronous', { simple: true })
		);
		const full = 2;
		expect(synchronous).toBe(full);
	});
});

describe('a write of much', () => {
	test('keeps nobody waiting who came before it, and others until its end', async () => {
		const store = openPlatform();
		const steps: string[] = [];
		const note = (step: string) => () => void steps.push(step);
		await Promise.all([
			store.write((tx) => insertOrganisation(tx, acme('a'))).then(note('first is durable')),
			store
				.writeMuch(async (tx, breathe) => {
					steps.push('much begins');
					await insertOrganisation(tx, acme('b'));
					await breatheDeeply(breathe);
					steps.push('much goes on');
				})
				.then(note('much is durable')),
			store.write((tx) => insertOrganisation(tx, acme('c'))).then(note('last is durable'))
		]);
		expect(steps).toEqual([
			'first is durable',
			'much begins',
			'much goes on',
			'much is durable',
			'last is durable'
		]);
	});
});

/** Breathes until others have had their turn. */
async function breatheDeeply(breathe: () => Promise<void>): Promise<void> {
	let hadTurns = false;
	setImmediate(() => (hadTurns = true));
	while (!hadTurns) await breathe();
}

describe('a reader', () => {
	test('goes on while a write waits for another program', async () => {
		const folder = makeFolder();
		const store = openPlatform(folder, 60_000);
		const other = new SqliteDatabase(join(folder, 'platform.db'));
		other.exec('BEGIN IMMEDIATE');
		const waiting = store.write((tx) => insertOrganisation(tx, acme()));
		await nextTurn();
		expect(await namesIn(store)).toEqual([]);
		other.exec('ROLLBACK');
		other.close();
		await waiting;
		expect(await namesIn(store)).toEqual(['acme']);
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
		const refused = await store.write(overflow).catch((error: unknown) => error);
		expect((refused as StoreUnavailable).reason).toBe('full');
		expect(await namesIn(store)).toEqual(['before']);
	});

	test('full for one, while others that came at the same time still fit', async () => {
		const store = openPlatform();
		const outcomes = await Promise.allSettled([
			store.write((tx) => insertOrganisation(tx, acme('a'))),
			store.write(overflow),
			store.write((tx) => insertOrganisation(tx, acme('c')))
		]);
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
		expect(await namesIn(store)).toEqual(['a', 'c']);
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
