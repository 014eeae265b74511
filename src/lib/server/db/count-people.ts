import { and, sql, type SQL } from 'drizzle-orm';
import { engine } from './dialect.ts';
import type { Reader, StoreName } from './store.ts';

/** A table by the names that it and its columns have in the store; never what somebody has sent. */
export interface NamedTable {
	table: string;
	/** The column that names somebody by id. */
	person: string;
	/** The column that tells when; without one rows of any time are counted. */
	when?: string | undefined;
}

/** A name as SQL writes it. These stand in a table of our own (`access/data-classes.ts`), never in what is sent. */
// eslint-disable-next-line no-restricted-properties
const nameOf = (name: string) => sql.identifier(name);

/** Days, both included. */
export interface DayRange {
	from: string;
	until: string;
}

/** How many rows name each person; of a table that tells when, those of these days. */
export async function countByPerson<Name extends StoreName>(
	read: Reader<Name>,
	{ table, person, when }: NamedTable,
	range: DayRange | null
): Promise<{ person: string; rows: number }[]> {
	const named = sql<string | null>`${nameOf(person)}`;
	const found = await read
		.select({ person: named, rows: sql<number>`count(*)` })
		.from(sql`${nameOf(table)}`)
		.where(and(sql`${named} is not null`, when && range ? within(when, range) : undefined))
		.groupBy(named);
	return found.flatMap(({ person: id, rows }) => (id ? [{ person: id, rows: Number(rows) }] : []));
}

/** How many rows a table has; of one that tells when, those of these days. */
export async function countRowsWithin<Name extends StoreName>(
	read: Reader<Name>,
	{ table, when }: Omit<NamedTable, 'person'>,
	range: DayRange | null
): Promise<number> {
	const [found] = await read
		.select({ rows: sql<number>`count(*)` })
		.from(sql`${nameOf(table)}`)
		.where(when && range ? within(when, range) : undefined);
	return Number(found?.rows ?? 0);
}

/** Moments end in "at", months are named so, and everything else that tells when is a day. */
function within(column: string, { from, until }: DayRange): SQL | undefined {
	const name = sql`${nameOf(column)}`;
	if (column === 'month') return sql`${name} between ${from.slice(0, 7)} and ${until.slice(0, 7)}`;
	if (!/(?:^|_)at$/.test(column)) return sql`${name} between ${from} and ${until}`;
	const bound = (moment: string) => (engine === 'sqlite' ? Date.parse(moment) : moment);
	// A day more on either side than any time zone can need: nobody is left out by an hour.
	return sql`${name} between ${bound(`${from}T00:00:00+14:00`)} and ${bound(`${until}T23:59:59-12:00`)}`;
}
