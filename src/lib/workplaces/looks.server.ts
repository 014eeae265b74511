import { and, desc, eq } from 'drizzle-orm';
import { audit } from '#lib/audit/tables.server.ts';
import { dayOf } from '#lib/time.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { workplaces } from './tables.server.ts';

/** That somebody looked at a person's record: by which role, from where, and when; never who. */
export interface Look {
	role: string | null;
	house: string | null;
	day: string;
}

/**
 * Who has looked at a person's record, newest first, each role and house once a day. The colleague who
 * looked is not named (Datatilsynet 2024-32-0283).
 */
export async function listLooks(read: Reader, person: string): Promise<Look[]> {
	const rows = await read
		.select({ at: audit.at, role: audit.role, house: workplaces.name })
		.from(audit)
		.leftJoin(workplaces, eq(workplaces.id, audit.workplace))
		.where(and(eq(audit.subject, person), eq(audit.event, 'record.read')))
		.orderBy(desc(audit.at), desc(audit.position));
	const looks = rows.map(({ at, role, house }) => ({ role, house, day: dayOf(at) }));
	return [...new Map(looks.map((look) => [JSON.stringify(look), look])).values()];
}
