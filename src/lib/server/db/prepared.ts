import { sql, type SQL } from 'drizzle-orm';

const known = new WeakMap<object, Map<string, unknown>>();

/**
 * The query named `name` as prepared on this handle, built once; Drizzle's building of a query costs
 * more than SQLite's answering it. Names are unique across the program (PostgreSQL asks that too).
 */
export function prepared<Handle extends object, Query>(
	handle: Handle,
	name: string,
	build: (handle: Handle) => Query
): Query {
	let queries = known.get(handle);
	if (!queries) known.set(handle, (queries = new Map()));
	const found = queries.get(name);
	if (found) return found as Query; // only ever set below, by the same name
	const query = build(handle);
	queries.set(name, query);
	return query;
}

/**
 * A text that is given each time a prepared query is asked, for its conditions. Bare, our SQLite
 * would plan a query with a join or an order anew for each value (it is built with STAT4, see
 * sqlite3_prepare_v2 on recompiling), which takes many times as long as the answer.
 */
export function given(name: string): SQL<string> {
	return sql<string>`cast(${sql.placeholder(name)} as text)`;
}

/** The limit of a prepared query that wants one row, for the same reason no parameter. */
export const one = sql`1` as unknown as number; // Drizzle writes out what is SQL already

/** A whole number that is given each time, for limits and conditions, for the same reason. */
export function givenNumber(name: string): number {
	// Drizzle writes out what is SQL already.
	return sql<number>`cast(${sql.placeholder(name)} as integer)` as unknown as number;
}
