import { and, eq, inArray, isNotNull, isNull, lte, or } from 'drizzle-orm';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { entryTokens, organisations, people, sessions } from './tables.server.ts';

/** Every organisation with what it has decided on times of keeping. */
export async function listRetentionChoices(
	read: Reader
): Promise<{ organisation: string; choices: Readonly<Record<string, number>> }[]> {
	const rows = await read
		.select({ organisation: organisations.id, choices: organisations.retention })
		.from(organisations);
	return rows.map(({ organisation, choices }) => ({ organisation, choices: choices ?? {} }));
}

/** Those who left on or before a day; with `isErased` only who has, or has not, been erased since. */
export async function listPeopleLeftBy(
	read: Reader,
	organisation: string,
	day: string,
	isErased?: boolean
): Promise<string[]> {
	const erased = isErased === undefined ? undefined : isErased ? isNotNull : isNull;
	const rows = await read
		.select({ id: people.id })
		.from(people)
		.where(
			and(
				eq(people.organisation, organisation),
				lte(people.closedOn, day),
				erased?.(people.erasedOn)
			)
		);
	return rows.map(({ id }) => id);
}

/** Notes that a person's private side is erased. */
export async function markErased(tx: Writer, person: string, day: string): Promise<void> {
	await tx.update(people).set({ erasedOn: day }).where(eq(people.id, person));
}

/** Deletes people with everything that names them. */
export async function deletePeople(tx: Writer, ids: readonly string[]): Promise<void> {
	await tx.delete(people).where(inArray(people.id, [...ids]));
}

const isOver = (moment: Date) =>
	or(lte(entryTokens.endedAt, moment), lte(entryTokens.expiresAt, moment));

/** How many invitations, letters and links were over by a moment. */
export async function countEntriesOverBy(read: Reader, moment: Date): Promise<number> {
	const rows = await read.select({ id: entryTokens.id }).from(entryTokens).where(isOver(moment));
	return rows.length;
}

export async function deleteEntriesOverBy(tx: Writer, moment: Date): Promise<void> {
	await tx.delete(entryTokens).where(isOver(moment));
}

/** What an organisation has decided on times of keeping. */
export async function findRetentionChoices(
	read: Reader,
	organisation: string
): Promise<Readonly<Record<string, number>>> {
	const [row] = await read
		.select({ choices: organisations.retention })
		.from(organisations)
		.where(eq(organisations.id, organisation));
	return row?.choices ?? {};
}

/** Ends all sessions of a person within what is being written. */
export async function deleteSessionsOf(tx: Writer, person: string): Promise<void> {
	await tx.delete(sessions).where(eq(sessions.person, person));
}
