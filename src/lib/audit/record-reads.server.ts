import { and, desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { writeAudit } from './audit.server.ts';
import { audit } from './tables.server.ts';

/** A look at a person's record: who, at whose, and by which role where. */
export interface RecordRead {
	actor: Actor;
	subject: string;
	role: string | null;
	workplace: string | null;
}

/** Whether this look is in the log of the day already. */
export async function isReadKnown(
	read: Reader,
	at: Date,
	{ actor, subject }: Pick<RecordRead, 'actor' | 'subject'>
): Promise<boolean> {
	const [last] = await read
		.select({ at: audit.at })
		.from(audit)
		.where(
			and(eq(audit.subject, subject), eq(audit.actor, actor.person), eq(audit.event, 'record.read'))
		)
		.orderBy(desc(audit.at))
		.limit(1);
	return last !== undefined && dayOf(last.at) === dayOf(at);
}

/** Writes down a look at a record: once for each who looks, each person and each day. */
export async function writeRecordRead(tx: Writer, at: Date, look: RecordRead): Promise<void> {
	if (await isReadKnown(tx, at, look)) return;
	await writeAudit(tx, at, { event: 'record.read', ...look });
}
