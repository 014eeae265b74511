import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { leastAnswers, tellRevealed, type Revealed } from './session.ts';
import {
	plenaryBackings,
	plenarySeats,
	plenarySuggestions,
	plenaryVotes
} from './tables.server.ts';

/** How many phones are in the room. */
export async function countSeats(read: Reader, session: string): Promise<number> {
	const [row] = await read
		.select({ seats: count() })
		.from(plenarySeats)
		.where(eq(plenarySeats.session, session));
	return row?.seats ?? 0;
}

/** How many have answered in a round: the one number that is told before it is revealed. */
export async function countAnswers(read: Reader, session: string, round: number): Promise<number> {
	const [row] = await read
		.select({ answers: count() })
		.from(plenaryVotes)
		.where(and(eq(plenaryVotes.session, session), eq(plenaryVotes.round, round)));
	return row?.answers ?? 0;
}

/** What may be told of a round. Under eight answers their spread does not even leave the store. */
export async function countRound(
	read: Reader,
	session: string,
	round: number,
	choices: readonly string[]
): Promise<Revealed> {
	const answered = await countAnswers(read, session, round);
	if (answered < leastAnswers) return tellRevealed(answered, null);
	const rows = await read
		.select({ choice: plenaryVotes.choice, votes: count() })
		.from(plenaryVotes)
		.where(and(eq(plenaryVotes.session, session), eq(plenaryVotes.round, round)))
		.groupBy(plenaryVotes.choice);
	const votes = new Map(rows.map((row) => [row.choice, row.votes]));
	const shares = Object.fromEntries(choices.map((choice) => [choice, votes.get(choice) ?? 0]));
	return tellRevealed(answered, shares);
}

/** A suggestion for "here we …". */
export interface Suggestion {
	id: string;
	body: string;
	hidden: boolean;
}

/** The suggestions of a room, in an order that tells nothing. */
export async function listSuggestions(read: Reader, session: string): Promise<Suggestion[]> {
	return read
		.select({
			id: plenarySuggestions.id,
			body: plenarySuggestions.body,
			hidden: plenarySuggestions.hidden
		})
		.from(plenarySuggestions)
		.where(eq(plenarySuggestions.session, session))
		.orderBy(asc(plenarySuggestions.id));
}

/**
 * The suggestions, the most backed first, for who leads. With fewer than eight phones in the room their
 * order tells nothing, as it would tell who backed what.
 */
export async function rankSuggestions(
	read: Reader,
	session: string
): Promise<{ suggestions: Suggestion[]; isRanked: boolean }> {
	const suggestions = await listSuggestions(read, session);
	const isRanked = (await countSeats(read, session)) >= leastAnswers;
	if (!isRanked) return { suggestions, isRanked };
	const rows = await read
		.select({ suggestion: plenaryBackings.suggestion, backing: count() })
		.from(plenaryBackings)
		.where(eq(plenaryBackings.session, session))
		.groupBy(plenaryBackings.suggestion);
	const backing = new Map(rows.map((row) => [row.suggestion, row.backing]));
	const order = (one: Suggestion) => backing.get(one.id) ?? 0;
	return { suggestions: suggestions.toSorted((a, b) => order(b) - order(a)), isRanked };
}

/** The words of these suggestions, in this order. */
export async function readBodies(
	read: Reader,
	session: string,
	ids: readonly string[]
): Promise<string[]> {
	if (ids.length === 0) return [];
	const rows = await read
		.select({ id: plenarySuggestions.id, body: plenarySuggestions.body })
		.from(plenarySuggestions)
		.where(and(eq(plenarySuggestions.session, session), inArray(plenarySuggestions.id, [...ids])));
	const bodies = new Map(rows.map(({ id, body }) => [id, body]));
	return ids.flatMap((id) => bodies.get(id) ?? []);
}

/** Deletes whatever came from phones. */
export async function clearRoom(tx: Writer, session: string): Promise<void> {
	await tx.delete(plenaryVotes).where(eq(plenaryVotes.session, session));
	await tx.delete(plenaryBackings).where(eq(plenaryBackings.session, session));
	await tx.delete(plenarySuggestions).where(eq(plenarySuggestions.session, session));
	await tx.delete(plenarySeats).where(eq(plenarySeats.session, session));
}
