import { asc, eq } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/store.ts';
import { listCredits } from './credits.server.ts';
import { assignments } from './tables.server.ts';
import { listWaivers } from './waivers.server.ts';

/** Before anything that the platform knows of. */
const always = '0000-01-01';

/** All that was ever asked of a person, waived for them and credited to them, for themselves. */
export async function listOwnAsked(read: Reader, person: string) {
	return {
		assignments: await read
			.select({
				course: assignments.course,
				cycle: assignments.cycle,
				origin: assignments.origin,
				by: assignments.by,
				assignedOn: assignments.assignedOn,
				dueOn: assignments.dueOn,
				endedOn: assignments.endedOn
			})
			.from(assignments)
			.where(eq(assignments.person, person))
			.orderBy(asc(assignments.assignedOn), asc(assignments.id)),
		waivers: await listWaivers(read, person, always),
		credits: await listCredits(read, person)
	};
}
