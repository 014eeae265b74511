import { asc, desc, eq, lt } from 'drizzle-orm';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { audit, auditMonths } from './tables.server.ts';

/** The months before one that the log still holds, oldest first. */
export async function listAuditMonthsBefore(read: Reader, month: string): Promise<string[]> {
	const rows = await read
		.selectDistinct({ month: audit.month })
		.from(audit)
		.where(lt(audit.month, month))
		.orderBy(asc(audit.month));
	return rows.map(({ month: found }) => found);
}

/** Deletes a month of the log and keeps the hash its last entry had. */
export async function deleteAuditMonth(tx: Writer, month: string, today: string): Promise<void> {
	const [last] = await tx
		.select({ hash: audit.hash })
		.from(audit)
		.where(eq(audit.month, month))
		.orderBy(desc(audit.position))
		.limit(1);
	if (!last) return;
	await tx
		.insert(auditMonths)
		.values({ month, lastHash: last.hash, deletedOn: today })
		.onConflictDoNothing();
	await tx.delete(audit).where(eq(audit.month, month));
}
