import { and, eq, inArray, isNotNull, lt, ne } from 'drizzle-orm';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { addDays, startOfDay } from '#lib/time.ts';
import { workplaces } from '#lib/workplaces/tables.server.ts';
import { agreements, attendanceCodes, plenarySessions } from './tables.server.ts';

/** Sessions of an organisation that were held, or were to be, before a day, and are not open. */
export async function listHouseSessionsBefore(
	read: Reader,
	organisation: string,
	day: string
): Promise<string[]> {
	const rows = await read
		.select({ id: plenarySessions.id })
		.from(plenarySessions)
		.where(
			and(
				eq(plenarySessions.organisation, organisation),
				ne(plenarySessions.state, 'open'),
				lt(plenarySessions.startsAt, startOfDay(day))
			)
		);
	return rows.map(({ id }) => id);
}

/** Deletes sessions with everything of theirs; what the house agreed stays, and so does what counted. */
export async function deleteHouseSessions(tx: Writer, ids: readonly string[]): Promise<void> {
	await tx.delete(plenarySessions).where(inArray(plenarySessions.id, [...ids]));
}

/** Agreements of an organisation's houses that ended before a day. */
export async function listAgreementsEndedBefore(
	read: Reader,
	organisation: string,
	day: string
): Promise<string[]> {
	const rows = await read
		.select({ id: agreements.id })
		.from(agreements)
		.innerJoin(workplaces, eq(workplaces.id, agreements.workplace))
		.where(
			and(
				eq(workplaces.organisation, organisation),
				eq(agreements.outcome, 'ended'),
				lt(agreements.outcomeOn, day)
			)
		);
	return rows.map(({ id }) => id);
}

export async function deleteAgreements(tx: Writer, ids: readonly string[]): Promise<void> {
	await tx.delete(agreements).where(inArray(agreements.id, [...ids]));
}

/** Voids words and codes of sessions whose day, and the day after it, are over. */
export async function voidAttendance(tx: Writer, today: string): Promise<void> {
	const over = await tx
		.select({ id: plenarySessions.id })
		.from(plenarySessions)
		.where(and(isNotNull(plenarySessions.heldOn), lt(plenarySessions.heldOn, addDays(today, -1))));
	const ids = over.map(({ id }) => id);
	if (ids.length === 0) return;
	await tx.update(plenarySessions).set({ word: null }).where(inArray(plenarySessions.id, ids));
	await tx.delete(attendanceCodes).where(inArray(attendanceCodes.session, ids));
}
