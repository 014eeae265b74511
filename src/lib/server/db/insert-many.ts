import { getTableColumns, getTableName, sql, type SQL } from 'drizzle-orm';
import { alias, type IndexColumn, type PgTable } from 'drizzle-orm/pg-core';
import { prepared } from './prepared.ts';
import type { Writer } from './store.ts';

/** SQLite takes far more parameters, but building a longer statement costs more than it saves. */
const mostParameters = 600;

type RowsOf<Table extends PgTable> = readonly Table['$inferInsert'][];

/**
 * Inserts rows many at a time; awaits `breathe` in between. What a row has no value for is left out: no
 * column of ours has any other default than null.
 */
export async function insertMany<Table extends PgTable>(
	tx: Writer,
	into: Table,
	rows: RowsOf<Table>,
	breathe: () => Promise<void> = async () => undefined
): Promise<void> {
	for (const [signature, alike] of await groupByKeys(rows, breathe)) {
		const keys = signature.split(',');
		const portion = Math.max(1, Math.floor(mostParameters / keys.length));
		const full = alike.length - (alike.length % portion);
		for (let from = 0; from < full; from += portion) {
			await insertPortion(tx, into, keys, portion, alike.slice(from, from + portion));
			await breathe();
		}
		for (const row of alike.slice(full)) {
			await insertPortion(tx, into, keys, 1, [row]);
			await breathe();
		}
	}
}

async function groupByKeys<Row extends object>(
	rows: readonly Row[],
	breathe: () => Promise<void>
): Promise<Map<string, Row[]>> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		let signature = '';
		for (const [key, value] of Object.entries(row))
			if (value !== undefined && value !== null) signature += signature === '' ? key : `,${key}`;
		const group = groups.get(signature);
		if (group) group.push(row);
		else groups.set(signature, [row]);
		await breathe();
	}
	return groups;
}

async function insertPortion<Table extends PgTable>(
	tx: Writer,
	into: Table,
	keys: readonly string[],
	portion: number,
	rows: RowsOf<Table>
): Promise<void> {
	const name = `insert_${getTableName(into)}_${keys.join('_')}_${portion}`;
	const statement = prepared(tx, name, (handle) => {
		return handle
			.insert(into)
			.values(makePlaces(keys, portion) as never)
			.prepare(name);
	});
	await statement.execute(fillPlaces(keys, rows));
}

/** How a row meets one of the same key: it takes its place, or its numbers are added to what is there. */
export type Meeting = 'replace' | 'add';

/**
 * Inserts rows many at a time into a table in which some are already, by the columns of its key. All
 * rows have the same columns, and no two of them the same key.
 */
export async function upsertMany<Table extends PgTable>(
	tx: Writer,
	into: Table,
	rows: RowsOf<Table>,
	key: readonly (keyof Table['$inferInsert'] & string)[],
	meeting: Meeting
): Promise<void> {
	const [first] = rows;
	if (!first) return;
	const keys = Object.keys(first);
	const most = Math.max(1, Math.floor(mostParameters / keys.length));
	let from = 0;
	for (const portion of [most, Math.max(1, most >> 3), 1])
		for (; rows.length - from >= portion; from += portion)
			await upsertPortion(tx, into, keys, rows.slice(from, from + portion), key, meeting);
}

async function upsertPortion<Table extends PgTable>(
	tx: Writer,
	into: Table,
	keys: readonly string[],
	rows: RowsOf<Table>,
	key: readonly string[],
	meeting: Meeting
): Promise<void> {
	const portion = rows.length;
	const name = `${meeting}_${getTableName(into)}_${keys.join('_')}_${portion}`;
	const statement = prepared(tx, name, (handle) => {
		const columns = getTableColumns(into) as Record<string, IndexColumn>; // as Drizzle has typed them
		// Both engines call the row so that was to be inserted.
		const excluded = getTableColumns(alias(into, 'excluded')) as Record<string, IndexColumn>;
		const set = keys
			.filter((one) => !key.includes(one))
			.map((one): [string, SQL] => {
				const given = sql`${excluded[one]}`;
				return [one, meeting === 'add' ? sql`${columns[one]} + ${given}` : given];
			});
		return handle
			.insert(into)
			.values(makePlaces(keys, portion) as never)
			.onConflictDoUpdate({
				target: key.flatMap((one) => columns[one] ?? []),
				set: Object.fromEntries(set) as never
			})
			.prepare(name);
	});
	await statement.execute(fillPlaces(keys, rows));
}

// Placeholders stand for the values of a row, which the caller's type has checked.
function makePlaces(keys: readonly string[], portion: number): Record<string, unknown>[] {
	return Array.from({ length: portion }, (_, at) =>
		Object.fromEntries(keys.map((key) => [key, sql.placeholder(`${key}${at}`)]))
	);
}

function fillPlaces(keys: readonly string[], rows: readonly object[]): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const [at, row] of rows.entries())
		for (const key of keys) values[`${key}${at}`] = (row as Record<string, unknown>)[key];
	return values;
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
