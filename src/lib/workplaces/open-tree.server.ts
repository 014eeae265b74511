import { and, asc, eq, isNull } from 'drizzle-orm';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { memberships, workplaces } from './tables.server.ts';

/** The open workplaces of an organisation. */
export async function listOpenWorkplaces(read: Reader, organisation: string) {
	return read
		.select({ id: workplaces.id, parent: workplaces.parent, name: workplaces.name })
		.from(workplaces)
		.where(and(eq(workplaces.organisation, organisation), isNull(workplaces.closedOn)))
		.orderBy(asc(workplaces.id));
}

/** Who of an organisation works right where. */
export async function listOpenMembers(read: Reader, organisation: string) {
	return read
		.select({ workplace: memberships.workplace, person: memberships.person })
		.from(memberships)
		.innerJoin(people, eq(people.id, memberships.person))
		.where(and(eq(people.organisation, organisation), isNull(people.closedOn)));
}
