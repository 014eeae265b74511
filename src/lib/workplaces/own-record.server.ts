import { asc, eq } from 'drizzle-orm';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { absences, grants, memberships, workplaces } from './tables.server.ts';

/** What an employer keeps of a person, beside what they have completed. */
export interface PersonRecord {
	name: string;
	email: string | null;
	username: string | null;
	employeeId: string | null;
	locale: string | null;
	closedOn: string | null;
	workplaces: readonly { id: string; name: string }[];
	roles: readonly { role: string; workplace: string }[];
	absences: readonly { fromDay: string; untilDay: string | null }[];
}

/** A person's record, or null where there is no such person. */
export async function readRecord(read: Reader, person: string): Promise<PersonRecord | null> {
	const [found] = await read
		.select({
			name: people.name,
			email: people.email,
			username: people.username,
			employeeId: people.employeeId,
			locale: people.locale,
			closedOn: people.closedOn
		})
		.from(people)
		.where(eq(people.id, person));
	if (!found) return null;
	return {
		...found,
		workplaces: await read
			.select({ id: workplaces.id, name: workplaces.name })
			.from(memberships)
			.innerJoin(workplaces, eq(workplaces.id, memberships.workplace))
			.where(eq(memberships.person, person))
			.orderBy(asc(workplaces.id)),
		roles: await read
			.select({ role: grants.role, workplace: workplaces.name })
			.from(grants)
			.innerJoin(workplaces, eq(workplaces.id, grants.workplace))
			.where(eq(grants.person, person))
			.orderBy(asc(grants.id)),
		absences: await read
			.select({ fromDay: absences.fromDay, untilDay: absences.untilDay })
			.from(absences)
			.where(eq(absences.person, person))
			.orderBy(asc(absences.fromDay))
	};
}
