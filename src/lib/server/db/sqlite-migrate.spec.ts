import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { migrate } from './sqlite-migrate.ts';

function makeFolder(migrations: Record<string, string>): string {
	const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	mkdirSync(join(folder, 'meta'));
	const entries = Object.keys(migrations).map((tag) => ({ tag }));
	writeFileSync(join(folder, 'meta', '_journal.json'), JSON.stringify({ entries }));
	for (const [tag, statements] of Object.entries(migrations))
		writeFileSync(join(folder, `${tag}.sql`), statements);
	return folder;
}

function openDatabase() {
	const database = new SqliteDatabase(':memory:');
	onTestFinished(() => void database.close());
	return database;
}

const first = { '0000_first': 'CREATE TABLE house (id TEXT PRIMARY KEY);' };
const parent = `${first['0000_first']}\nCREATE TABLE room (house TEXT REFERENCES house(id) ON DELETE CASCADE);
INSERT INTO house VALUES ('a'); INSERT INTO room VALUES ('a');`;

test('a file is brought up to date once, and again by what is new', () => {
	const database = openDatabase();
	migrate(database, makeFolder(first));
	migrate(database, makeFolder({ ...first, '0001_second': 'ALTER TABLE house ADD name TEXT;' }));
	expect(database.prepare('SELECT name FROM house').all()).toEqual([]);
});

test('a table that is rebuilt keeps what hangs on it', () => {
	const database = openDatabase();
	const rebuild = `CREATE TABLE __new_house (id TEXT PRIMARY KEY, name TEXT);
INSERT INTO __new_house SELECT id, NULL FROM house; DROP TABLE house; ALTER TABLE __new_house RENAME TO house;`;
	migrate(database, makeFolder({ '0000_first': parent, '0001_second': rebuild }));
	expect(database.prepare('SELECT house FROM room').all()).toEqual([{ house: 'a' }]);
});

test('a migration that leaves a row pointing at nothing is taken back whole', () => {
	const database = openDatabase();
	migrate(database, makeFolder({ '0000_first': parent }));
	const careless = makeFolder({
		'0000_first': parent,
		'0001_second': "DELETE FROM house WHERE id = 'a';"
	});
	expect(() => migrate(database, careless)).toThrow('1 rows');
	expect(database.prepare('SELECT id FROM house').all()).toEqual([{ id: 'a' }]);
});

test('a migration that was changed after it was taken stops the start', () => {
	const database = openDatabase();
	migrate(database, makeFolder(first));
	const changed = makeFolder({ '0000_first': 'CREATE TABLE house (id TEXT, extra TEXT);' });
	expect(() => migrate(database, changed)).toThrow('has changed');
});

test('a file of a newer version is left alone', () => {
	const database = openDatabase();
	migrate(database, makeFolder({ ...first, '0001_second': 'ALTER TABLE house ADD name TEXT;' }));
	expect(() => migrate(database, makeFolder(first))).toThrow('newer version');
});
