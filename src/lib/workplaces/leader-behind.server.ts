import { and, eq, isNull } from 'drizzle-orm';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { grants, memberships, workplaceReach } from './tables.server.ts';

/**
 * Whether a workplace the person belongs to, or one above it, has somebody who leads it and still
 * works there.
 */
export async function hasLeaderBehind(read: Reader, person: string): Promise<boolean> {
	const [found] = await read
		.select({ leader: grants.person })
		.from(memberships)
		.innerJoin(workplaceReach, eq(workplaceReach.below, memberships.workplace))
		.innerJoin(grants, eq(grants.workplace, workplaceReach.above))
		.innerJoin(people, eq(people.id, grants.person))
		.where(and(eq(memberships.person, person), eq(grants.role, 'leader'), isNull(people.closedOn)))
		.limit(1);
	return found !== undefined;
}
