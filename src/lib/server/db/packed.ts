import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { engine } from './dialect.ts';

type Cell = string | number | boolean | null;

/**
 * All rows of a query as one JSON text, an array for each row in the order of the columns: reading a
 * hundred rows of ten columns one value at a time costs many times what finding them does. For
 * `select({ rows: packRows(...) })`, read with {@link unpackRows}; the order of rows is not kept.
 */
export function packRows(columns: readonly SQLWrapper[]): SQL<string> {
	const list = sql.join([...columns], sql`, `);
	return engine === 'sqlite'
		? sql<string>`json_group_array(json_array(${list}))`
		: sql<string>`coalesce(json_agg(json_build_array(${list})), '[]')::text`;
}

/** The rows of {@link packRows}; a boolean may come as 0 or 1. */
export function unpackRows<Row extends readonly Cell[]>(found: readonly { rows: string }[]): Row[] {
	return JSON.parse(found[0]?.rows ?? '[]') as Row[]; // written above, one array for each row
}
