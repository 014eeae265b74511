import { getTableColumns, getTableName, sql, type SQL } from 'drizzle-orm';
import { alias, type IndexColumn, type PgColumn, type PgTable } from 'drizzle-orm/pg-core';
import { engine } from './dialect.ts';
import { prepared } from './prepared.ts';
import type { Writer } from './store.ts';

/** Rows that one statement takes: more of them keep others waiting, and gain nothing. */
const atOnce = 250;

type RowsOf<Table extends PgTable> = readonly Table['$inferInsert'][];

const nothing = async () => undefined;

/**
 * Inserts rows many at a time; awaits `breathe` in between. What a row has no value for is null: no
 * column of ours has another default. The rows travel as one JSON text, which the engine takes apart in
 * a fraction of the time that as many parameters take; so no column may hold bytes.
 */
export async function insertMany<Table extends PgTable>(
	tx: Writer,
	into: Table,
	rows: RowsOf<Table>,
	breathe: () => Promise<void> = nothing
): Promise<void> {
	const name = `insert_many_${getTableName(into)}`;
	const statement = prepared(tx, name, (handle) =>
		handle.insert(into).select(selectFromJson(into)).prepare(name)
	);
	for (const json of portions(into, rows)) {
		await statement.execute({ rows: json });
		await breathe();
	}
}

/** How a row meets one of the same key: it takes its place, or its numbers are added to what is there. */
export type Meeting = 'replace' | 'add';

/**
 * Inserts rows many at a time into a table in which some are already, by the columns of its key. No two
 * of the rows have the same key.
 */
export async function upsertMany<Table extends PgTable>(
	tx: Writer,
	into: Table,
	rows: RowsOf<Table>,
	key: readonly (keyof Table['$inferInsert'] & string)[],
	meeting: Meeting
): Promise<void> {
	const name = `${meeting}_many_${getTableName(into)}`;
	const statement = prepared(tx, name, (handle) => {
		const columns = getTableColumns(into) as Record<string, IndexColumn>; // as Drizzle has typed them
		// Both engines call the row so that was to be inserted.
		const excluded = getTableColumns(alias(into, 'excluded')) as Record<string, IndexColumn>;
		const set = Object.keys(columns)
			.filter((one) => !key.some((each) => each === one))
			.map((one): [string, SQL] => {
				const given = sql`${excluded[one]}`;
				return [one, meeting === 'add' ? sql`${columns[one]} + ${given}` : given];
			});
		return handle
			.insert(into)
			.select(selectFromJson(into))
			.onConflictDoUpdate({
				target: key.flatMap((one) => columns[one] ?? []),
				set: Object.fromEntries(set) as never // by the columns of the table
			})
			.prepare(name);
	});
	for (const json of portions(into, rows)) await statement.execute({ rows: json });
}

/**
 * Every row is a list of values in the order of the table's columns. SQLite: `json_each`, whose condition
 * tells `on conflict` from that of a join, which it would take it for. PostgreSQL: `json_array_elements`,
 * each value as text and from there into the kind of its column.
 */
function selectFromJson(into: PgTable): never {
	const columns = Object.values(getTableColumns(into));
	const rows = sql.placeholder('rows');
	const query =
		engine === 'sqlite'
			? sql`select ${list(columns, (_, at) => sql`json_extract(value, ${`$[${at}]`})`)} from json_each(${rows}) where true`
			: sql`select ${list(columns, (column, at) => readAs(column, sql`value ->> cast(${at} as integer)`))} from json_array_elements(cast(${rows} as json))`;
	return query as never; // its columns are those of the table
}

/** A value that came as text, as PostgreSQL keeps it in this column. */
function readAs(column: PgColumn, value: SQL): SQL {
	const kind = column.getSQLType();
	if (kind === 'integer') return sql`cast(${value} as integer)`;
	if (kind === 'boolean') return sql`cast(${value} as boolean)`;
	if (kind === 'json') return sql`cast(${value} as json)`;
	return kind.startsWith('timestamp') ? sql`cast(${value} as timestamp with time zone)` : value;
}

function list(columns: readonly PgColumn[], write: (column: PgColumn, at: number) => SQL): SQL {
	return sql.join(columns.map(write), sql`, `);
}

function* portions<Table extends PgTable>(into: Table, rows: RowsOf<Table>): Generator<string> {
	const columns = Object.entries(getTableColumns(into));
	for (let from = 0; from < rows.length; from += atOnce) {
		const some = rows.slice(from, from + atOnce);
		yield JSON.stringify(
			some.map((row) => columns.map(([key, column]) => write(row, key, column)))
		);
	}
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
	breathe: () => Promise<void> = nothing,
	atATime = mostListed
): Promise<Row[]> {
	const rows: Row[] = [];
	for (let from = 0; from < values.length; from += atATime) {
		rows.push(...(await read(values.slice(from, from + atATime))));
		await breathe();
	}
	return rows;
}
