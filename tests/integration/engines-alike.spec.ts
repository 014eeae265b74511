import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { migratePostgres } from '#lib/server/db/postgres-migrate.ts';
import type { PgServer } from '#lib/server/db/postgres.ts';
import { closeStores, openStores } from '#lib/server/db/stores.server.ts';
import type { StoreName } from '#lib/server/db/store.ts';
import { makeFolder } from '#tests/support/folder.ts';
import { openPglite } from '#tests/support/pglite.ts';

// The engine takes its time to start where others are at work.
vi.setConfig({ testTimeout: 120_000 });

/** What a store is made of, a line for each thing; the same words for both engines. */
type Lines = string[];

async function describeSqlite(name: StoreName): Promise<Lines> {
	const folder = makeFolder();
	await closeStores(openStores(folder, resolve('drizzle')));
	const file = new Database(join(folder, `${name}.db`), { readonly: true });
	const ask = (text: string) => file.prepare(text).pluck().all() as string[];
	const tables = `(SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations') AS t`;
	const lines = [
		...ask(`SELECT 'column ' || t.name || '.' || c.name || iif(c."notnull" OR c.pk, ' not null', '')
			FROM ${tables} JOIN pragma_table_info(t.name) AS c`),
		...ask(`SELECT 'primary key ' || name || ' ' || group_concat(column) FROM (
			SELECT t.name, c.name AS column FROM ${tables} JOIN pragma_table_info(t.name) AS c
			WHERE c.pk > 0 ORDER BY t.name, c.pk) GROUP BY name`),
		...ask(`SELECT iif(is_unique, 'unique ', '') || 'index ' || name || ' on ' || t || ' ' || group_concat(column) FROM (
			SELECT l.name, t.name AS t, l."unique" AS is_unique, i.name AS column
			FROM ${tables} JOIN pragma_index_list(t.name) AS l JOIN pragma_index_info(l.name) AS i
			WHERE l.origin = 'c' ORDER BY l.name, i.seqno) GROUP BY name`),
		...ask(`SELECT 'refers ' || t.name || '.' || k."from" || ' to ' || k."table" || '.' || k."to" || ' ' || lower(k.on_delete)
			FROM ${tables} JOIN pragma_foreign_key_list(t.name) AS k`),
		...ask(
			`SELECT 'trigger ' || name || ' on ' || tbl_name FROM sqlite_schema WHERE type = 'trigger'`
		)
	];
	file.close();
	return lines.sort();
}

async function describePostgres(name: StoreName, server: PgServer): Promise<Lines> {
	await server.hold((client) => migratePostgres(client, resolve('drizzle', 'postgres', name)));
	const ask = async (text: string) => {
		const { rows } = await server.reading.query({ text, rowMode: 'array' });
		return (rows as string[][]).map(([line = '']) => line);
	};
	const here = "current_schema()::regnamespace AND t.relname <> 'migrations'";
	const listed = (numbers: string) =>
		`(SELECT string_agg(a.attname, ',' ORDER BY n.place) FROM unnest(${numbers}) WITH ORDINALITY AS n(number, place)
			JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = n.number)`;
	return [
		...(await ask(`SELECT 'column ' || t.relname || '.' || a.attname || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
			FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
			WHERE t.relkind = 'r' AND t.relnamespace = ${here}`)),
		...(await ask(`SELECT 'primary key ' || t.relname || ' ' || ${listed('c.conkey')}
			FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
			WHERE c.contype = 'p' AND t.relnamespace = ${here}`)),
		...(await ask(`SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE '' END || 'index ' || x.relname || ' on ' || t.relname || ' ' || ${listed('i.indkey')}
			FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
			WHERE NOT i.indisprimary AND t.relnamespace = ${here}`)),
		...(await ask(`SELECT 'refers ' || t.relname || '.' || ${listed('c.conkey')} || ' to ' || o.relname || '.' || b.attname || ' ' ||
			CASE c.confdeltype WHEN 'a' THEN 'no action' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' ELSE c.confdeltype::text END
			FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class o ON o.oid = c.confrelid
			JOIN pg_attribute b ON b.attrelid = o.oid AND b.attnum = c.confkey[1]
			WHERE c.contype = 'f' AND t.relnamespace = ${here}`)),
		...(await ask(`SELECT 'trigger ' || g.tgname || ' on ' || t.relname FROM pg_trigger g
			JOIN pg_class t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal AND t.relnamespace = ${here}`))
	].sort();
}

test.each(['platform', 'private', 'keys'] as const)(
	'%s has the same columns, keys, indexes and triggers in both engines',
	async (name) => {
		const server = openPglite(name);
		onTestFinished(() => server.close());
		const lines = await describePostgres(name, server);
		expect(lines.length).toBeGreaterThan(2);
		expect(lines).toEqual(await describeSqlite(name));
	}
);

test('PostgreSQL orders every text by its bytes, as SQLite does', async () => {
	const server = openPglite('platform');
	onTestFinished(() => server.close());
	await server.hold((client) =>
		migratePostgres(client, resolve('drizzle', 'postgres', 'platform'))
	);
	const { rows } = await server.reading.query({
		text: `SELECT t.relname || '.' || a.attname AS other FROM pg_class t
			JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0
			WHERE t.relkind = 'r' AND t.relnamespace = current_schema()::regnamespace
			AND a.atttypid = 'text'::regtype AND a.attcollation <> '"C"'::regcollation
			AND (t.relname, a.attname) <> ('migrations', 'hash')`
	});
	expect(rows).toEqual([]);
});
