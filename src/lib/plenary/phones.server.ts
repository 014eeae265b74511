import { and, eq } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { networkOf } from '#lib/server/network.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { prepared, given } from '#lib/server/db/prepared.ts';
import { addSuggestion, readWords, roomBounds } from './suggestions.server.ts';
import { countSeats } from './ballot.server.ts';
import { happen, leadChannel, lookIn, roomChannel, tellSoon, type Room } from './rooms.server.ts';
import { backerOf, isSecret, makeSecret, seatOf, voterOf } from './seat.server.ts';
import { runOf } from './story.ts';
import { stageOf } from './session.ts';
import {
	plenaryBackings,
	plenarySeats,
	plenarySessions,
	plenarySuggestions,
	plenaryVotes
} from './tables.server.ts';

/** As many phones as one room takes. */
const mostSeats = 5000;

/**
 * The id of the open session with this code. Whoever asks for many that there are not waits for a
 * while, whether or not they then ask for one that there is.
 *
 * @throws {DomainError} `not-found`, `too-many`.
 */
export async function findRoomByCode(app: App, code: string, address: string): Promise<string> {
	const network = networkOf(address);
	const { unknownRoomsFrom } = app.entryLimits;
	if (await unknownRoomsFrom.isSpent(network)) throw new DomainError('too-many', 'rooms');
	const id = await findOpen(app.db.read, code);
	if (id !== null) return id;
	await unknownRoomsFrom.take(network);
	throw new DomainError('not-found', 'room');
}

async function findOpen(read: Reader, code: string): Promise<string | null> {
	const [row] = await prepared(read, 'plenary_by_code', (handle) =>
		handle
			.select({ id: plenarySessions.id, state: plenarySessions.state })
			.from(plenarySessions)
			.where(eq(plenarySessions.code, given('code')))
			.prepare('plenary_by_code')
	).execute({ code });
	return row?.state === 'open' ? row.id : null;
}

/** Takes a seat in a room. Returns the secret, which is for the phone alone and is kept nowhere else. */
export async function takeSeat(app: App, session: string): Promise<string> {
	const secret = makeSecret();
	await app.db.write(async (tx) => {
		const [row] = await tx
			.select({ state: plenarySessions.state })
			.from(plenarySessions)
			.where(eq(plenarySessions.id, session));
		if (row?.state !== 'open') throw new DomainError('not-found', 'room');
		if ((await countSeats(tx, session)) >= mostSeats) throw new DomainError('too-many', 'seats');
		await tx.insert(plenarySeats).values({ session, seat: seatOf(secret, session) });
	});
	tellSoon(leadChannel(session));
	return secret;
}

/** A phone in its seat: the session it is in, and the room as it stands. */
export interface Seated {
	session: string;
	secret: string;
	room: Room;
}

/**
 * The room of a phone, by its code and the secret that it brings; null where it has no seat there. A
 * phone that has one asks nobody whether it may guess.
 */
export async function findSeat(
	app: App,
	code: string,
	secret: string | undefined
): Promise<Seated | null> {
	if (secret === undefined || !isSecret(secret)) return null;
	const session = await findOpen(app.db.read, code);
	if (session === null || !(await hasSeat(app.db.read, session, secret))) return null;
	const room = await lookIn(app, session);
	return room && { session, secret, room };
}

async function hasSeat(read: Reader, session: string, secret: string): Promise<boolean> {
	const rows = await prepared(read, 'plenary_seat', (handle) =>
		handle
			.select({ seat: plenarySeats.seat })
			.from(plenarySeats)
			.where(and(eq(plenarySeats.session, given('session')), eq(plenarySeats.seat, given('seat'))))
			.prepare('plenary_seat')
	).execute({ session, seat: seatOf(secret, session) });
	return rows.length > 0;
}

/** What became of a vote: it is in, or answers are closed. */
export type Voted = { isIn: true } | { isIn: false };

/**
 * Puts a phone's answer in, or changes it, as long as the round is open. Nothing but the count of it
 * leaves the store before it is revealed.
 */
export async function vote(
	app: App,
	{ session, secret }: Seated,
	{ round, choice }: { round: number; choice: string }
): Promise<Voted> {
	const room = await lookIn(app, session);
	if (!room || !isOpen(room, round)) return { isIn: false };
	const isOffered =
		room.plan.scenario !== null &&
		runOf(room.plan.scenario, room.state.context.moves).offered.includes(choice);
	if (!isOffered) throw new DomainError('invalid', 'choice');
	const voter = voterOf(secret, session, round);
	const isIn = await app.db.write(async (tx) => {
		// The round may have been closed while this waited for its turn.
		const [row] = await tx
			.select({ events: plenarySessions.events, state: plenarySessions.state })
			.from(plenarySessions)
			.where(eq(plenarySessions.id, session));
		if (row?.state !== 'open' || row.events !== room.n) return false;
		await tx
			.insert(plenaryVotes)
			.values({ session, round, voter, choice })
			.onConflictDoUpdate({
				target: [plenaryVotes.session, plenaryVotes.round, plenaryVotes.voter],
				set: { choice }
			});
		return true;
	});
	// From silent choice to pairs the room has moved, and the round is still open.
	if (!isIn && (await hasMoved(app, session, room, round)))
		return vote(app, { session, secret, room }, { round, choice });
	if (isIn) tellSoon(leadChannel(session));
	return { isIn };
}

async function hasMoved(app: App, session: string, before: Room, round: number): Promise<boolean> {
	const now = await lookIn(app, session);
	return now !== null && now.n !== before.n && isOpen(now, round);
}

function isOpen({ state }: Room, round: number): boolean {
	const stage = stageOf(state);
	return (stage === 'voting' || stage === 'pairs') && state.context.round === round;
}

/** What a phone itself has answered in the present round, and which suggestions it backs. */
export async function readOwn(
	app: App,
	{ session, secret, room }: Seated
): Promise<Record<string, string>> {
	const own: Record<string, string> = {};
	const { read } = app.db;
	const { round } = room.state.context;
	const [voted] = await read
		.select({ choice: plenaryVotes.choice })
		.from(plenaryVotes)
		.where(
			and(
				eq(plenaryVotes.session, session),
				eq(plenaryVotes.round, round),
				eq(plenaryVotes.voter, voterOf(secret, session, round))
			)
		);
	if (voted) own[`round-${round}`] = voted.choice;
	if (stageOf(room.state) !== 'here') return own;
	const rows = await read
		.select({ suggestion: plenaryBackings.suggestion, voter: plenaryBackings.voter })
		.from(plenaryBackings)
		.where(eq(plenaryBackings.session, session));
	for (const { suggestion, voter } of rows)
		if (voter === backerOf(secret, session, suggestion)) own[`back-${suggestion}`] = 'on';
	return own;
}

/** How many suggestions one phone makes at most; counted as long as the process lives, and not kept. */
const mostSuggested = 10;
const suggested = new Map<string, number>();

/**
 * Makes a suggestion for "here we …".
 *
 * @throws {DomainError} `invalid` for nothing or too much, `too-many` for one after another.
 */
export async function suggest(app: App, { session, secret }: Seated, words: string): Promise<void> {
	const body = readWords(words, roomBounds.suggestion);
	const seat = seatOf(secret, session);
	const before = suggested.get(seat) ?? 0;
	if (before >= mostSuggested) throw new DomainError('too-many', 'suggestions');
	await happen(app, session, async ({ state }) =>
		stageOf(state) === 'here'
			? { event: { type: 'suggested' }, write: (tx) => addSuggestion(tx, session, body) }
			: null
	);
	suggested.set(seat, before + 1);
	tellSoon(roomChannel(session));
	tellSoon(leadChannel(session));
}

/** Backs a suggestion, or no longer. */
export async function back(
	app: App,
	{ session, secret, room }: Seated,
	{ suggestion, isOn }: { suggestion: string; isOn: boolean }
): Promise<void> {
	if (stageOf(room.state) !== 'here') return;
	const voter = backerOf(secret, session, suggestion);
	await app.db.write(async (tx) => {
		const [found] = await tx
			.select({ id: plenarySuggestions.id })
			.from(plenarySuggestions)
			.where(and(eq(plenarySuggestions.session, session), eq(plenarySuggestions.id, suggestion)));
		if (!found) return;
		if (isOn)
			await tx.insert(plenaryBackings).values({ session, suggestion, voter }).onConflictDoNothing();
		else
			await tx
				.delete(plenaryBackings)
				.where(
					and(
						eq(plenaryBackings.session, session),
						eq(plenaryBackings.suggestion, suggestion),
						eq(plenaryBackings.voter, voter)
					)
				);
	});
	tellSoon(leadChannel(session));
}
