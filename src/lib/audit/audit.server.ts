import { createHash } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { monthOf } from '#lib/time.ts';
import type { AuditEvent } from './events.ts';
import { audit, type AuditDetail } from './tables.server.ts';

/** Something that happened, as it goes into the log: ids and plain values only. */
export interface AuditEntry {
	event: AuditEvent;
	/** Who did it; null for somebody who was not let in, and for the platform itself. */
	actor: Pick<Actor, 'person' | 'organisation' | 'grants'> | null;
	/** Where there is no actor; else theirs. */
	organisation?: string | null;
	/** Where it was done, so that the role by which it might be is told. */
	workplace?: string | null;
	role?: string | null;
	/** The person it was done to. */
	subject?: string | null;
	detail?: AuditDetail;
}

/** Adds to the log, in the transaction of what is told: neither is there without the other. */
export async function writeAudit(tx: Writer, at: Date, entry: AuditEntry): Promise<void> {
	const month = monthOf(at);
	const [last] = await tx
		.select({ position: audit.position, hash: audit.hash })
		.from(audit)
		.where(eq(audit.month, month))
		.orderBy(desc(audit.position))
		.limit(1);
	const row = {
		month,
		position: (last?.position ?? 0) + 1,
		at,
		organisation: entry.actor?.organisation ?? entry.organisation ?? null,
		actor: entry.actor?.person ?? null,
		role: entry.role ?? null,
		workplace: entry.workplace ?? null,
		event: entry.event,
		subject: entry.subject ?? null,
		detail: entry.detail ?? null
	};
	await tx.insert(audit).values({ ...row, hash: hashEntry(last?.hash ?? '', row) });
}

type Unhashed = Omit<typeof audit.$inferSelect, 'hash'>;

/** The hash of an entry, which holds that of the entry before it in its month. */
export function hashEntry(before: string, entry: Unhashed): string {
	const { month, position, at, organisation, actor, role, workplace, event, subject } = entry;
	const detail = entry.detail && Object.entries(entry.detail).sort(([a], [b]) => (a < b ? -1 : 1));
	return createHash('sha256')
		.update(
			JSON.stringify([
				before,
				month,
				position,
				at.toISOString(),
				organisation,
				actor,
				role,
				workplace,
				event,
				subject,
				detail
			])
		)
		.digest('hex');
}
