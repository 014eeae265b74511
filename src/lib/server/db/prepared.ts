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
