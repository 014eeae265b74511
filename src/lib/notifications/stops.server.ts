import { createHash, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { reminders, reminderStops } from './tables.server.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** What stands in the address for stopping reminders, with what is stored of it. */
export function makeStopToken(): { token: string; hash: string } {
	const token = randomBytes(20).toString('base64url');
	return { token, hash: hashOf(token) };
}

/** The day on which somebody stopped reminders by mail; null where they have not. */
export async function findStop(read: Reader, person: string): Promise<string | null> {
	const [row] = await read
		.select({ stoppedOn: reminderStops.stoppedOn })
		.from(reminderStops)
		.where(eq(reminderStops.person, person));
	return row?.stoppedOn ?? null;
}

/** Stops one's own reminders by mail: they still stand on the platform. Twice is once. */
export function stopReminders(app: App, { person }: Pick<Actor, 'person'>): Promise<void> {
	const stoppedOn = dayOf(app.now());
	return app.db.write(async (tx) => {
		await tx.insert(reminderStops).values({ person, stoppedOn }).onConflictDoNothing();
	});
}

/** Lets them come by mail again. */
export function startReminders(app: App, { person }: Pick<Actor, 'person'>): Promise<void> {
	return app.db.write(async (tx) => {
		await tx.delete(reminderStops).where(eq(reminderStops.person, person));
	});
}

/** Whose mail carried an address for stopping, and whether they have; null for one that is made up. */
export async function findByStopToken(
	read: Reader,
	token: string
): Promise<{ person: string; isStopped: boolean; locale: string | null } | null> {
	const [row] = await read
		.select({
			person: reminders.person,
			stoppedOn: reminderStops.stoppedOn,
			locale: people.locale
		})
		.from(reminders)
		.innerJoin(people, eq(people.id, reminders.person))
		.leftJoin(reminderStops, eq(reminderStops.person, reminders.person))
		.where(eq(reminders.stopHash, hashOf(token)));
	if (!row) return null;
	return { person: row.person, isStopped: row.stoppedOn !== null, locale: row.locale };
}
