import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';

/** Rows a second that a bare loop inserts into a file in `folder`, each durable before the next. */
export function countInserts(folder: string, seconds: number): number {
	const file = new SqliteDatabase(join(folder, 'bare.db'));
	file.pragma('journal_mode = WAL');
	file.pragma('synchronous = FULL');
	file.exec(
		'CREATE TABLE IF NOT EXISTS moves (attempt TEXT, position INTEGER, move TEXT, PRIMARY KEY (attempt, position)) WITHOUT ROWID'
	);
	const insert = file.prepare('INSERT INTO moves VALUES (?, ?, ?)');
	const began = performance.now();
	let rows = 0;
	while (performance.now() - began < seconds * 1000) {
		insert.run(crypto.randomUUID(), 0, 'greet');
		rows += 1;
	}
	const passed = (performance.now() - began) / 1000;
	file.close();
	return rows / passed;
}
