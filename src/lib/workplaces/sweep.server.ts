import { and, eq, inArray, lt } from 'drizzle-orm';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { absences, imports } from './tables.server.ts';

/** Absences in an organisation that ended before a day. */
export async function listAbsencesEndedBefore(
	read: Reader,
	organisation: string,
	day: string
): Promise<string[]> {
	const rows = await read
		.select({ id: absences.id })
		.from(absences)
		.innerJoin(people, eq(people.id, absences.person))
		.where(and(eq(people.organisation, organisation), lt(absences.untilDay, day)));
	return rows.map(({ id }) => id);
}

export async function deleteAbsences(tx: Writer, ids: readonly string[]): Promise<void> {
	await tx.delete(absences).where(inArray(absences.id, [...ids]));
}

/** Imports of an organisation that were made before a moment. */
export async function listImportsBefore(
	read: Reader,
	organisation: string,
	moment: Date
): Promise<string[]> {
	const rows = await read
		.select({ id: imports.id })
		.from(imports)
		.where(and(eq(imports.organisation, organisation), lt(imports.madeAt, moment)));
	return rows.map(({ id }) => id);
}

export async function deleteImports(tx: Writer, ids: readonly string[]): Promise<void> {
	await tx.delete(imports).where(inArray(imports.id, [...ids]));
}
