import { and, asc, eq, isNull } from 'drizzle-orm';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { courseCompletions } from './tables.server.ts';

/** The people whose access is open and who have not completed the course, by id. */
export async function listPeopleToSweep(read: Reader, course: string): Promise<string[]> {
	const rows = await read
		.select({ person: people.id })
		.from(people)
		.leftJoin(
			courseCompletions,
			and(eq(courseCompletions.person, people.id), eq(courseCompletions.course, course))
		)
		.where(and(isNull(people.closedOn), isNull(courseCompletions.course)))
		.orderBy(asc(people.id));
	return rows.map(({ person }) => person);
}
