import { and, asc, desc, eq, gte, inArray, lt, or, type SQL } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/store.ts';
import { hashEntry } from './audit.server.ts';
import type { AuditEvent } from './events.ts';
import { audit, type AuditDetail } from './tables.server.ts';

/** A row of the log as it is read. */
export interface AuditRow {
	at: Date;
	event: AuditEvent;
	actor: string | null;
	role: string | null;
	workplace: string | null;
	subject: string | null;
	detail: AuditDetail | null;
}

export interface AuditWish {
	events?: readonly AuditEvent[];
	/** Rows that somebody did, or that were done to them. */
	person?: string;
	from?: Date;
	/** Not included. */
	until?: Date;
	/** Rows to leave out, newest first. */
	skip?: number;
	limit: number;
}

const columns = {
	at: audit.at,
	event: audit.event,
	actor: audit.actor,
	role: audit.role,
	workplace: audit.workplace,
	subject: audit.subject,
	detail: audit.detail
};

/** The log of an organisation, newest first. */
export async function listAudit(
	read: Reader,
	organisation: string,
	{ events, person, from, until, skip = 0, limit }: AuditWish
): Promise<AuditRow[]> {
	const wanted: (SQL | undefined)[] = [
		eq(audit.organisation, organisation),
		events && inArray(audit.event, [...events]),
		person === undefined ? undefined : or(eq(audit.actor, person), eq(audit.subject, person)),
		from && gte(audit.at, from),
		until && lt(audit.at, until)
	];
	const rows = await read
		.select(columns)
		.from(audit)
		.where(and(...wanted))
		.orderBy(desc(audit.at), desc(audit.position))
		.limit(limit)
		.offset(skip);
	return rows as AuditRow[]; // events are only ever written by `writeAudit`
}

/** What one person did and what was done to them, newest first. */
export async function listOwnAudit(
	read: Reader,
	person: string,
	limit: number
): Promise<AuditRow[]> {
	const rows = await read
		.select(columns)
		.from(audit)
		.where(or(eq(audit.actor, person), eq(audit.subject, person)))
		.orderBy(desc(audit.at), desc(audit.position))
		.limit(limit);
	return rows as AuditRow[]; // events are only ever written by `writeAudit`
}

/**
 * The first entry of a month that is not as it was written, by its place; null where all are. A row that
 * was taken out shows at the place of the one that followed it.
 */
export async function findBrokenEntry(read: Reader, month: string): Promise<number | null> {
	const rows = await read
		.select()
		.from(audit)
		.where(eq(audit.month, month))
		.orderBy(asc(audit.position));
	let before = '';
	for (const [index, { hash, ...row }] of rows.entries()) {
		if (row.position !== index + 1 || hash !== hashEntry(before, row)) return row.position;
		before = hash;
	}
	return null;
}
