import { getTableColumns, getTableName, sql, type SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { prepared } from './prepared.ts';
import type { Writer } from './store.ts';

/** Rows that one statement takes: more of them keep others waiting, and gain nothing. */
const atOnce = 250;

type RowsOf<Table extends PgTable> = readonly Table['$inferInsert'][];

/**
 * Inserts rows many at a time; awaits `breathe` in between. What a row has no value for is null: no
 * column of ours has another default. The rows travel as one JSON text, which the engine takes apart in
 * a fifth of the time that as many parameters take; so no column may hold bytes.
 */
export async function insertMany<Table extends PgTable>(
	tx: Writer,
	into: Table,
	rows: RowsOf<Table>,
	breathe: () => Promise<void> = async () => undefined
): Promise<void> {
	const columns = Object.entries(getTableColumns(into));
	const name = `insert_many_${getTableName(into)}`;
	const statement = prepared(tx, name, (handle) =>
		handle
			.insert(into)
			.select(selectFromJson(columns.length) as never) // its columns are those of the table
			.prepare(name)
	);
	for (let from = 0; from < rows.length; from += atOnce) {
		const some = rows.slice(from, from + atOnce);
		const values = some.map((row) => columns.map(([key, column]) => write(row, key, column)));
		await statement.execute({ rows: JSON.stringify(values) });
		await breathe();
	}
}

/** SQLite: `json_each`. Every row is a list of values in the order of the table's columns. */
function selectFromJson(width: number): SQL {
	const values = Array.from(
		{ length: width },
		(_, index) => sql`json_extract(value, ${sql.raw(`'$[${index}]'`)})`
	);
	return sql`select ${sql.join(values, sql`, `)} from json_each(${sql.placeholder('rows')})`;
}

function write(row: object, key: string, column: PgColumn): unknown {
	const value = (row as Record<string, unknown>)[key];
	return value === undefined || value === null ? null : column.mapToDriverValue(value);
}

/** How many values one condition may list. */
const mostListed = 500;

/** Reads by a long list of values, so many at a time; awaits `breathe` in between. */
export async function readMany<Row>(
	values: readonly string[],
	read: (some: string[]) => PromiseLike<Row[]>,
	breathe: () => Promise<void> = async () => undefined,
	atATime = mostListed
): Promise<Row[]> {
	const rows: Row[] = [];
	for (let from = 0; from < values.length; from += atATime) {
		rows.push(...(await read(values.slice(from, from + atATime))));
		await breathe();
	}
	return rows;
}
