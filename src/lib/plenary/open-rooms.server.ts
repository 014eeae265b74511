import { count, eq } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/store.ts';
import { plenarySessions } from './tables.server.ts';

/** How many sessions are open now. */
export async function countOpenRooms(read: Reader): Promise<number> {
	const [found] = await read
		.select({ rooms: count() })
		.from(plenarySessions)
		.where(eq(plenarySessions.state, 'open'));
	return found?.rooms ?? 0;
}
