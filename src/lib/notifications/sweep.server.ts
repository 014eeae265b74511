import { and, eq, inArray, lt } from 'drizzle-orm';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { reminders } from './tables.server.ts';

/** Reminders of an organisation's people that were made before a moment. */
export async function listRemindersBefore(
	read: Reader,
	organisation: string,
	moment: Date
): Promise<string[]> {
	const rows = await read
		.select({ id: reminders.id })
		.from(reminders)
		.innerJoin(people, eq(people.id, reminders.person))
		.where(and(eq(people.organisation, organisation), lt(reminders.madeAt, moment)));
	return rows.map(({ id }) => id);
}

export async function deleteReminders(tx: Writer, ids: readonly string[]): Promise<void> {
	await tx.delete(reminders).where(inArray(reminders.id, [...ids]));
}
