import { and, asc, eq } from 'drizzle-orm';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { unrecorded } from './tables.server.ts';

/** A module that somebody has finished, or was about to, and that may not be recorded. */
export interface Unrecorded {
	person: string;
	course: string;
	module: string;
}

/** Notes that somebody is about to finish a module, before what finishes it is written. */
export async function noteUnrecorded(tx: Writer, one: Unrecorded): Promise<void> {
	await tx.insert(unrecorded).values(one).onConflictDoNothing();
}

/** Takes the note back: the module is recorded, or nothing came of it. */
export async function dropUnrecorded(
	tx: Writer,
	{ person, course, module }: Unrecorded
): Promise<void> {
	await tx
		.delete(unrecorded)
		.where(
			and(
				eq(unrecorded.person, person),
				eq(unrecorded.course, course),
				eq(unrecorded.module, module)
			)
		);
}

/** All that may have been left unrecorded: what was under way when a machine stopped. */
export async function listUnrecorded(read: Reader): Promise<Unrecorded[]> {
	return read
		.select()
		.from(unrecorded)
		.orderBy(asc(unrecorded.person), asc(unrecorded.course), asc(unrecorded.module));
}
