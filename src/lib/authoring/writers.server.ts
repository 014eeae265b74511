import { and, eq, inArray, isNull, like } from 'drizzle-orm';
import { rolesThatMay } from '#lib/access/roles.ts';
import { compareKeys, danishKey } from '#lib/identity/danish-order.ts';
import { fold } from '#lib/identity/fold.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { grants, workplaces } from '#lib/workplaces/tables.server.ts';

/** Somebody who may write scenarios, with where they hold the role, so that two of one name are told apart. */
export interface Writer {
	id: string;
	name: string;
	at: string;
}

const mayWrite = [...rolesThatMay['scenarios.write']];

/** Who may write in an organisation, by name; with a query, those whose name or address has it. */
export async function listWriters(
	read: Reader,
	organisation: string,
	query = ''
): Promise<Writer[]> {
	const wanted = fold(query)
		.replaceAll(/[%_\\]/gu, ' ')
		.trim();
	const rows = await read
		.select({ id: people.id, name: people.name, at: workplaces.name })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.person))
		.innerJoin(workplaces, eq(workplaces.id, grants.workplace))
		.where(
			and(
				eq(people.organisation, organisation),
				isNull(people.closedOn),
				inArray(grants.role, mayWrite),
				wanted === '' ? undefined : like(people.searchText, `%${wanted}%`)
			)
		)
		.orderBy(grants.id);
	const once = new Map(rows.toReversed().map((row) => [row.id, row]));
	return [...once.values()].toSorted(
		(a, b) => compareKeys(danishKey(a.name), danishKey(b.name)) || compareKeys(a.id, b.id)
	);
}

/** Who, of these, still works and may write. */
export async function filterWriters(
	read: Reader,
	persons: readonly string[]
): Promise<ReadonlySet<string>> {
	if (persons.length === 0) return new Set();
	const rows = await read
		.selectDistinct({ person: grants.person })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.person))
		.where(
			and(
				inArray(grants.person, [...persons]),
				inArray(grants.role, mayWrite),
				isNull(people.closedOn)
			)
		);
	return new Set(rows.map(({ person }) => person));
}
