import { asc, eq } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { listAttended } from './attendance.server.ts';
import { plenaryHelpers, plenaryInvitations, plenarySessions } from './tables.server.ts';

/** Everything that sessions hold of a person, for themselves. */
export async function readOwnSessions(read: Reader, person: string) {
	const led = await read
		.select({
			title: plenarySessions.title,
			startsAt: plenarySessions.startsAt,
			state: plenarySessions.state,
			isRehearsal: plenarySessions.rehearsal
		})
		.from(plenarySessions)
		.where(eq(plenarySessions.facilitator, person))
		.orderBy(asc(plenarySessions.startsAt), asc(plenarySessions.id));
	const helped = await read
		.select({
			title: plenarySessions.title,
			startsAt: plenarySessions.startsAt,
			role: plenaryHelpers.role,
			feedback: plenaryHelpers.feedback
		})
		.from(plenaryHelpers)
		.innerJoin(plenarySessions, eq(plenarySessions.id, plenaryHelpers.session))
		.where(eq(plenaryHelpers.person, person))
		.orderBy(asc(plenarySessions.startsAt), asc(plenarySessions.id));
	const invited = await read
		.select({ title: plenarySessions.title, day: plenaryInvitations.day })
		.from(plenaryInvitations)
		.innerJoin(plenarySessions, eq(plenarySessions.id, plenaryInvitations.session))
		.where(eq(plenaryInvitations.person, person))
		.orderBy(asc(plenaryInvitations.day), asc(plenarySessions.id));
	return {
		attended: (await listAttended(read, person)).map(({ title, house, day, modules }) => ({
			title,
			house,
			day,
			modules
		})),
		led: led.map(({ startsAt, ...one }) => ({ ...one, day: dayOf(startsAt) })),
		helped: helped.map(({ startsAt, ...one }) => ({ ...one, day: dayOf(startsAt) })),
		invited
	};
}
