import type { Writer } from '#lib/server/db/store.ts';
import type { Assignment } from './assigning.ts';
import { writeTerms } from './terms.server.ts';
import { assignments } from './tables.server.ts';

/** Writes that somebody is or was asked for a course, or has chosen it. */
export async function insertAssignment(
	tx: Writer,
	person: string,
	{ terms, ...assignment }: Assignment
): Promise<void> {
	const columns = terms ? writeTerms(terms) : { graceDays: 0 };
	await tx.insert(assignments).values({ ...assignment, person, ...columns });
}
