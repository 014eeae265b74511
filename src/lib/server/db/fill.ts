import { closeSync, fsyncSync, openSync } from 'node:fs';
import SqliteDatabase from 'better-sqlite3';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { PgTable } from 'drizzle-orm/pg-core';
import { migrate } from './sqlite-migrate.ts';
import type { StoreName, Writer } from './store.ts';

/** As the engine takes it: true and false as 1 and 0, a moment in milliseconds, JSON as text. */
export type Value = string | number | null | Uint8Array;

/** Adds a row, its values in the order of the columns that were named. */
export type AddRow = (...values: readonly Value[]) => void;

/** How many rows go in one statement; more are no faster. */
const rowsAtATime = 40;

/** Adds the first `length` values of a list that is known by its number, each as a row of its owner. */
export type AddList = (owner: string, list: number, length: number) => void;

/** A file that is being filled. */
export interface Filling {
	/** A way to add rows to a table; fastest in the order of its primary key. */
	rows<Table extends PgTable>(
		into: Table,
		columns: readonly (keyof Table['$inferInsert'] & string)[]
	): AddRow;
	/**
	 * A way to add rows of which many owners have the same: an owner, a position from 0, and a value.
	 * Owners are added in the order of the primary key. The engine writes them out, which is faster.
	 */
	lists<Table extends PgTable>(
		into: Table,
		columns: readonly (keyof Table['$inferInsert'] & string)[],
		lists: readonly (readonly string[])[]
	): AddList;
}

export interface FillOptions<Name extends StoreName> {
	/** Of a store that does not exist yet. */
	file: string;
	migrations: string;
	/** Adds millions of rows; no index but the primary keys is kept meanwhile, and no trigger runs. */
	fill(filling: Filling): void;
	/** What is to be worked out from them, with every index back and triggers still at rest. */
	complete?(tx: Writer<Name>): Promise<void>;
}

/**
 * Makes a store with millions of rows in it, many times faster than writing does: nothing is kept for
 * the case of an accident until all is done. Where it fails, the file is of no use.
 */
export async function fillSqlite<Name extends StoreName>({
	file,
	migrations,
	fill,
	complete
}: FillOptions<Name>): Promise<void> {
	const database = new SqliteDatabase(file);
	try {
		migrate(database, migrations);
		for (const setting of [
			'journal_mode = OFF',
			'synchronous = OFF',
			'locking_mode = EXCLUSIVE',
			'foreign_keys = OFF',
			'temp_store = MEMORY',
			'cache_size = -500000'
		])
			database.pragma(setting);
		const indexes = takeAway(database, 'index');
		const triggers = takeAway(database, 'trigger');
		database.exec('BEGIN');
		fillTables(database, fill);
		for (const index of indexes) database.exec(index);
		// The surface is typed as PostgreSQL (see dialect.ts).
		await complete?.(drizzle(database, { casing: 'snake_case' }) as unknown as Writer<Name>);
		for (const trigger of triggers) database.exec(trigger);
		database.exec('COMMIT');
	} finally {
		database.close();
	}
	const descriptor = openSync(file, 'r+');
	fsyncSync(descriptor);
	closeSync(descriptor);
}

/** Drops what the schema made of this kind; the statements that make it again. */
function takeAway(database: SqliteDatabase.Database, kind: 'index' | 'trigger'): string[] {
	const found = database
		.prepare<[string], { name: string; sql: string }>(
			'SELECT name, sql FROM sqlite_master WHERE type = ? AND sql IS NOT NULL'
		)
		.all(kind);
	for (const { name } of found) database.exec(`DROP ${kind} "${name}"`);
	return found.map(({ sql }) => sql);
}

function fillTables(database: SqliteDatabase.Database, fill: (filling: Filling) => void): void {
	const finishers: (() => void)[] = [];
	const rows: Filling['rows'] = (into, columns) => {
		const { add, finish } = collect(prepareInsert(database, into, columns), columns.length);
		finishers.push(finish);
		return add;
	};
	const lists: Filling['lists'] = (into, columns, all) => {
		database.exec(`CREATE TEMP TABLE lists (list, position, value, PRIMARY KEY (list, position)) WITHOUT ROWID;
			CREATE TEMP TABLE owners (owner, list, length)`);
		const keep = database.prepare('INSERT INTO lists VALUES (?, ?, ?)');
		for (const [list, values] of all.entries())
			for (const [position, value] of values.entries()) keep.run(list, position, value);
		const insert = (count: number) => database.prepare(writeInsert('owners', 3, count));
		const { add, finish } = collect(insert, 3);
		finishers.push(() => {
			finish();
			database.exec(`INSERT INTO "${getTableName(into)}" (${nameColumns(into, columns)})
				SELECT owner, position, value FROM owners CROSS JOIN lists USING (list)
				WHERE position < length;
				DROP TABLE lists; DROP TABLE owners`);
		});
		return add;
	};
	fill({ rows, lists });
	for (const finish of finishers) finish();
}

/** Rows are kept until a statement is full. */
function collect(prepare: (rows: number) => SqliteDatabase.Statement, width: number) {
	const many = prepare(rowsAtATime);
	const waiting: Value[] = Array.from({ length: rowsAtATime * width }, () => null);
	let filled = 0;
	return {
		add(...values: readonly Value[]) {
			for (let at = 0; at < width; at += 1) waiting[filled++] = values[at] ?? null;
			if (filled < waiting.length) return;
			many.run(waiting);
			filled = 0;
		},
		finish() {
			const one = prepare(1);
			for (let at = 0; at < filled; at += width) one.run(waiting.slice(at, at + width));
		}
	};
}

function prepareInsert(
	database: SqliteDatabase.Database,
	into: PgTable,
	columns: readonly string[]
): (rows: number) => SqliteDatabase.Statement {
	const name = `"${getTableName(into)}" (${nameColumns(into, columns)})`;
	return (rows) => database.prepare(writeInsert(name, columns.length, rows));
}

function writeInsert(into: string, width: number, rows: number): string {
	const row = `(${Array.from({ length: width }, () => '?').join(', ')})`;
	return `INSERT INTO ${into} VALUES ${Array.from({ length: rows }, () => row).join(', ')}`;
}

/** Columns as the engine knows them. */
function nameColumns(table: PgTable, columns: readonly string[]): string {
	const known = getTableColumns(table);
	const unknown = columns.find((column) => !(column in known));
	if (unknown) throw new TypeError(`${getTableName(table)} has no ${unknown}`);
	return columns
		.map((column) => `"${column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`)
		.join(', ');
}
