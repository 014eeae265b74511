/**
 * One vocabulary of tables and columns for both engines. The surface is typed as PostgreSQL, so that
 * a call that only SQLite knows fails in the type check; `DATABASE_URL` says which engine is built.
 */
import * as pg from 'drizzle-orm/pg-core';
import * as lite from 'drizzle-orm/sqlite-core';

export type Engine = 'sqlite' | 'postgres';

/** The engine whose tables this process builds. */
export const engine: Engine = process.env.DATABASE_URL?.trim() ? 'postgres' : 'sqlite';

const pgBytes = pg.customType<{ data: Uint8Array; driverData: Uint8Array }>({
	dataType: () => 'bytea'
});

/** In the order of its bytes, as SQLite has it, whatever the language of the database. */
const pgText = pg.customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });

/** Not `jsonb`, which would give its keys back in another order. The driver has read it already. */
const pgJson = pg.customType<{ data: unknown; driverData: unknown }>({
	dataType: () => 'json',
	toDriver: (value) => JSON.stringify(value)
});

const postgres = {
	table: pg.pgTable,
	/** Text, ordered by its bytes. SQLite: TEXT; PostgreSQL: text COLLATE "C". */
	text: () => pgText(),
	/** A moment, to the millisecond. SQLite: INTEGER of milliseconds; PostgreSQL: timestamptz(3). */
	instant: () => pg.timestamp({ withTimezone: true, precision: 3, mode: 'date' }),
	/** A calendar day `YYYY-MM-DD` as text in both engines, so that no time zone can move it. */
	day: () => pgText(),
	/** A calendar month `YYYY-MM` as text in both engines: the finest time a private row may hold. */
	month: () => pgText(),
	/** A whole number up to 2^31. SQLite: INTEGER; PostgreSQL: integer. */
	integer: () => pg.integer(),
	/** True or false. SQLite: INTEGER 0 or 1; PostgreSQL: boolean. */
	boolean: () => pg.boolean(),
	/** A JSON value, its keys in the order they were given. SQLite: TEXT; PostgreSQL: json. */
	json: () => pgJson(),
	/** Bytes. SQLite: BLOB; PostgreSQL: bytea. */
	bytes: () => pgBytes(),
	primaryKey: pg.primaryKey,
	index: pg.index,
	uniqueIndex: pg.uniqueIndex
};

const sqlite = {
	table: lite.sqliteTable,
	text: () => lite.text(),
	instant: () => lite.integer({ mode: 'timestamp_ms' }),
	day: () => lite.text(),
	month: () => lite.text(),
	integer: () => lite.integer(),
	boolean: () => lite.integer({ mode: 'boolean' }),
	json: () => lite.text({ mode: 'json' }),
	bytes: () => lite.blob({ mode: 'buffer' }),
	primaryKey: lite.primaryKey,
	index: lite.index,
	uniqueIndex: lite.uniqueIndex
};

const chosen = engine === 'postgres' ? postgres : (sqlite as unknown as typeof postgres);

export const {
	table,
	text,
	instant,
	day,
	month,
	integer,
	boolean,
	json,
	bytes,
	primaryKey,
	index,
	uniqueIndex
} = chosen;
