import { createHash } from 'node:crypto';
import SqliteDatabase from 'better-sqlite3';
import { migratePostgres } from './postgres-migrate.ts';
import type { PgClient, PgServer } from './postgres.ts';

/** What was carried over of one table, and proved to be there. */
export interface Moved {
	table: string;
	rows: number;
	/** Over all rows as they stand at their new place, whatever their order. */
	checksum: string;
}

export interface MoveOptions {
	/** The SQLite file, brought up to date. Nobody else writes to it meanwhile. */
	file: string;
	server: PgServer;
	/** The folder with the PostgreSQL migrations of this store. */
	migrations: string;
	ontable?(moved: Moved): void;
}

/** The move cannot begin, or what arrived is not what was sent; the target is as it was. */
export class MoveRefused extends Error {
	override readonly name = 'MoveRefused';
}

const rowsAtOnce = 500;

interface Column {
	name: string;
	/** As PostgreSQL calls it. */
	kind: string;
}

/**
 * Carries the rows of a SQLite file over into an empty PostgreSQL database, in one transaction that
 * `commit` gets once every table has the same number of rows and the same checksum on both sides; so
 * that several stores are there together or not at all. Triggers rest meanwhile, because what they
 * would write comes along, and foreign keys are proved at the end.
 *
 * @throws {MoveRefused} where the target holds rows, or the two do not agree.
 */
export async function moveStore(
	{ file, server, migrations, ontable }: MoveOptions,
	commit: () => Promise<void>
): Promise<void> {
	const source = new SqliteDatabase(file, { fileMustExist: true });
	try {
		await server.hold(async (client) => {
			await migratePostgres(client, migrations);
			source.exec('BEGIN IMMEDIATE');
			await client.query('BEGIN READ WRITE');
			try {
				for (const moved of await copyAll(source, client)) ontable?.(moved);
				await commit();
				await client.query('COMMIT');
			} catch (error) {
				await client.query('ROLLBACK').catch(() => undefined);
				throw error;
			}
		});
	} finally {
		source.close();
	}
}

async function copyAll(source: SqliteDatabase.Database, client: PgClient): Promise<Moved[]> {
	const tables = await listTables(client);
	const there = source
		.prepare<[], { name: string }>(
			"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations'"
		)
		.all()
		.map(({ name }) => name);
	const unlike = [...new Set(there).symmetricDifference(new Set(tables))];
	if (unlike.length > 0)
		throw new MoveRefused(`only one of the two has ${unlike.join(', ')}: bring both up to date`);
	for (const table of tables) {
		const [held] = await ask<{ held: boolean }>(
			client,
			`SELECT EXISTS (SELECT 1 FROM "${table}") AS held`
		);
		if (held?.held) throw new MoveRefused(`the target is not empty: ${table} has rows`);
	}
	const keys = await takeAwayForeignKeys(client);
	const moved: Moved[] = [];
	for (const table of tables) {
		await client.query(`ALTER TABLE "${table}" DISABLE TRIGGER USER`);
		moved.push(await copyTable(source, client, table));
		await client.query(`ALTER TABLE "${table}" ENABLE TRIGGER USER`);
	}
	for (const key of keys) await client.query(key);
	return moved;
}

async function copyTable(
	source: SqliteDatabase.Database,
	client: PgClient,
	table: string
): Promise<Moved> {
	const columns = await listColumns(client, table);
	const names = columns.map(({ name }) => `"${name}"`).join(', ');
	const insert = `INSERT INTO "${table}" (${names}) SELECT ${columns.map(readBack).join(', ')} FROM json_array_elements($1::json)`;
	const sent = createChecksum();
	let waiting: (string | null)[][] = [];
	const send = async () => {
		if (waiting.length > 0) await client.query({ text: insert }, [JSON.stringify(waiting)]);
		waiting = [];
	};
	const rows = source.prepare<[], unknown[]>(`SELECT ${names} FROM "${table}"`).raw();
	for (const row of rows.iterate()) {
		const written = columns.map(({ kind }, at) => write(row[at], kind));
		sent.add(written);
		if (waiting.push(written) >= rowsAtOnce) await send();
	}
	await send();
	const arrived = await readArrived(client, table, columns);
	const [before, after] = [sent.end(), arrived.end()];
	if (before.rows !== after.rows || before.checksum !== after.checksum)
		throw new MoveRefused(
			`${table} is not the same on both sides: ${before.rows} and ${after.rows} rows`
		);
	return { table, ...after };
}

/** A value of SQLite as text, the same that {@link asText} makes of it in PostgreSQL. */
function write(value: unknown, kind: string): string | null {
	if (value === null || value === undefined) return null;
	if (kind === 'bytea') return Buffer.from(value as Uint8Array).toString('hex'); // a BLOB
	return String(value);
}

/** The value at this place of a row that was sent, as its column has it. */
function readBack({ kind }: Column, at: number): string {
	const text = `(value ->> ${at})`;
	if (kind === 'bytea') return `decode(${text}, 'hex')`;
	if (kind === 'boolean') return `${text}::integer::boolean`;
	if (kind.startsWith('timestamp'))
		return `timestamptz 'epoch' + ${text}::bigint * interval '1 millisecond'`;
	return `${text}::${kind}`;
}

function asText({ name, kind }: Column): string {
	const column = `"${name}"`;
	if (kind === 'bytea') return `encode(${column}, 'hex')`;
	if (kind === 'boolean') return `${column}::integer::text`;
	if (kind.startsWith('timestamp')) return `(extract(epoch FROM ${column}) * 1000)::bigint::text`;
	return `${column}::text`;
}

async function readArrived(client: PgClient, table: string, columns: readonly Column[]) {
	const checksum = createChecksum();
	const texts = columns.map(asText).join(', ');
	await client.query(`DECLARE arrived CURSOR FOR SELECT ${texts} FROM "${table}"`);
	for (;;) {
		const { rows } = await client.query({
			text: `FETCH ${rowsAtOnce} FROM arrived`,
			rowMode: 'array'
		});
		for (const row of rows) checksum.add(row as (string | null)[]); // as selected
		if (rows.length < rowsAtOnce) break;
	}
	await client.query('CLOSE arrived');
	return checksum;
}

/** Adds up the hashes of rows, so that their order does not matter and a row that is there twice does. */
function createChecksum() {
	const most = 1n << 256n;
	let rows = 0;
	let sum = 0n;
	return {
		add(row: readonly (string | null)[]) {
			rows += 1;
			const hash = createHash('sha256').update(JSON.stringify(row)).digest('hex');
			sum = (sum + BigInt(`0x${hash}`)) % most;
		},
		end: () => ({ rows, checksum: sum.toString(16).padStart(64, '0') })
	};
}

async function ask<Row>(
	client: PgClient,
	text: string,
	values: readonly unknown[] = []
): Promise<Row[]> {
	const { rows } = await client.query({ text }, values);
	return rows as Row[]; // as the query selects them
}

/** Those that hold what others refer to come first. */
async function listTables(client: PgClient): Promise<string[]> {
	const found = await ask<{ name: string }>(
		client,
		`SELECT tablename AS name FROM pg_tables
		WHERE schemaname = current_schema() AND tablename <> 'migrations' ORDER BY tablename`
	);
	const refers = await ask<{ from: string; to: string }>(
		client,
		`SELECT a.relname AS "from", b.relname AS "to" FROM pg_constraint c
		JOIN pg_class a ON a.oid = c.conrelid JOIN pg_class b ON b.oid = c.confrelid
		WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace`
	);
	const sorted: string[] = [];
	const seen = new Set<string>();
	const visit = (table: string) => {
		if (seen.has(table)) return;
		seen.add(table);
		for (const { from, to } of refers) if (from === table) visit(to);
		sorted.push(table);
	};
	for (const { name } of found) visit(name);
	return sorted;
}

function listColumns(client: PgClient, table: string): Promise<Column[]> {
	return ask<Column>(
		client,
		`SELECT attname AS name, format_type(atttypid, atttypmod) AS kind FROM pg_attribute
		WHERE attrelid = to_regclass(quote_ident($1)) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
		[table]
	);
}

/** Drops them; the statements that put them back, which the engine then proves for every row. */
async function takeAwayForeignKeys(client: PgClient): Promise<string[]> {
	const keys = await ask<{ table: string; name: string; definition: string }>(
		client,
		`SELECT t.relname AS "table", c.conname AS name, pg_get_constraintdef(c.oid) AS definition
		FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
		WHERE c.contype = 'f' AND c.connamespace = current_schema()::regnamespace`
	);
	for (const { table, name } of keys)
		await client.query(`ALTER TABLE "${table}" DROP CONSTRAINT "${name}"`);
	return keys.map(
		({ table, name, definition }) => `ALTER TABLE "${table}" ADD CONSTRAINT "${name}" ${definition}`
	);
}
