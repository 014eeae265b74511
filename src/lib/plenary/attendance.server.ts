import { createHash, randomBytes } from 'node:crypto';
import { and, asc, desc, eq, gte, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { recordAttended } from '#lib/completion/record.server.ts';
import { DomainError } from '#lib/errors.ts';
import { codeFrom, groupCode, readCode } from '#lib/identity/one-time-code.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { addDays, dayOf } from '#lib/time.ts';
import { memberships, workplaceReach, workplaces } from '#lib/workplaces/tables.server.ts';
import { readSession, type SessionRow } from './session-rows.server.ts';
import { findHouseSession, findLedSession } from './sessions.server.ts';
import {
	attendanceCodes,
	attendances,
	plenarySeats,
	plenarySessions,
	plenaryVotes
} from './tables.server.ts';
import { readWord, wordFrom } from './words.ts';

const byDanishName = new Intl.Collator('da');

/** Nobody prints more codes than these at once. */
const mostCodes = 300;

const hashOf = (code: string) => createHash('sha256').update(code).digest('hex');

/** Where somebody was, as their own page tells it. */
export interface Attended {
	session: string;
	title: string;
	house: string;
	day: string;
	/** `course/module` of what it counted as. */
	modules: readonly string[];
}

/** What came of saying "I was there". */
export type Confirmed =
	| { kind: 'noted'; title: string; modules: readonly string[] }
	/** No session of these days has that word or code. */
	| { kind: 'unknown' }
	/** Tried too often. */
	| { kind: 'slow-down'; seconds: number };

/**
 * Notes that a session without a room of phones has been held: a peer sparring, say. Twice is once.
 *
 * @throws {DomainError} as {@link findLedSession}, and `conflict` for one that is cancelled, open, or of a
 * day to come.
 */
export async function markHeld(app: App, actor: Actor, id: string): Promise<void> {
	await findLedSession(app, actor, id);
	const today = dayOf(app.now());
	await app.db.write(async (tx) => {
		const row = await readSession(tx, id);
		if (!row) throw new DomainError('not-found', 'session');
		if (row.state === 'ended') return;
		const day = dayOf(row.startsAt);
		if (row.state !== 'planned' || day > today || row.rehearsal)
			throw new DomainError('conflict', 'session-not-planned');
		await tx
			.update(plenarySessions)
			.set({ state: 'ended', heldOn: day, code: null })
			.where(eq(plenarySessions.id, id));
		await writeAudit(tx, app.now(), { event: 'plenary.held', actor, workplace: row.workplace });
	});
}

/** Whether those who were at a session can still say so: on its day and the next, for the night shift. */
export function isOpenForAttendance(
	{ state, heldOn, rehearsal }: Pick<SessionRow, 'state' | 'heldOn' | 'rehearsal'>,
	today: string
): boolean {
	return state === 'ended' && !rehearsal && heldOn !== null && heldOn >= addDays(today, -1);
}

/**
 * The word that those present type, made when it is first asked for; null where it is too early or too
 * late.
 *
 * @throws {DomainError} as {@link findLedSession}.
 */
export async function openAttendance(app: App, actor: Actor, id: string): Promise<string | null> {
	await findLedSession(app, actor, id);
	const today = dayOf(app.now());
	return app.db.write(async (tx) => {
		const row = await readSession(tx, id);
		if (!row || !isOpenForAttendance(row, today)) return null;
		await requireNoVotes(tx, id);
		if (row.word) return row.word;
		const word = await findFreeWord(tx, row.organisation, today);
		await tx.update(plenarySessions).set({ word }).where(eq(plenarySessions.id, id));
		return word;
	});
}

/** Who was there is never known beside what was voted. */
async function requireNoVotes(tx: Writer, session: string): Promise<void> {
	for (const table of [plenaryVotes, plenarySeats]) {
		const [row] = await tx
			.select({ session: table.session })
			.from(table)
			.where(eq(table.session, session))
			.limit(1);
		if (row) throw new DomainError('conflict', 'votes-are-there');
	}
}

async function findFreeWord(tx: Writer, organisation: string, today: string): Promise<string> {
	const taken = new Set((await listOpen(tx, organisation, today)).map(({ word }) => word));
	for (;;) {
		const word = wordFrom(randomBytes(2));
		if (!taken.has(word)) return word;
	}
}

async function listOpen(read: Reader, organisation: string, today: string) {
	return read
		.select({ id: plenarySessions.id, word: plenarySessions.word })
		.from(plenarySessions)
		.where(
			and(
				eq(plenarySessions.organisation, organisation),
				eq(plenarySessions.state, 'ended'),
				isNotNull(plenarySessions.word),
				gte(plenarySessions.heldOn, addDays(today, -1))
			)
		);
}

/** Says "I was there" for who is signed in, by the word of the day; twice is once. */
export async function attendByWord(app: App, actor: Actor, typed: string): Promise<Confirmed> {
	const verdict = await app.entryLimits.wordsOf.take(actor.person);
	if (!verdict.isAllowed) return { kind: 'slow-down', seconds: verdict.seconds };
	const word = readWord(typed);
	const today = dayOf(app.now());
	return app.db.write(async (tx) => {
		const open = await listOpen(tx, actor.organisation, today);
		const found = open.find((one) => one.word === word);
		const row = found && (await readSession(tx, found.id));
		if (!row || !isOpenForAttendance(row, today)) return { kind: 'unknown' };
		return note(tx, app, actor.person, row);
	});
}

/**
 * Says "I was there" for whom a printed code was made, without signing in: whoever types it learns the
 * name of the session and nobody's name. A code works once.
 *
 * @param network of whoever types, for the limit alone.
 */
export async function attendByCode(app: App, typed: string, network: string): Promise<Confirmed> {
	const code = readCode(typed);
	const attempt = { account: code ?? typed, address: network };
	const verdict = await app.entryLimits.codes.check(attempt);
	if (!verdict.isAllowed) return { kind: 'slow-down', seconds: verdict.seconds };
	const confirmed = code ? await useCode(app, code) : unknown;
	if (confirmed.kind === 'noted') await app.entryLimits.codes.reward(attempt);
	else await app.entryLimits.codes.consume(attempt);
	return confirmed;
}

const unknown: Confirmed = { kind: 'unknown' };

async function useCode(app: App, code: string): Promise<Confirmed> {
	const today = dayOf(app.now());
	return app.db.write(async (tx) => {
		const [held] = await tx
			.select({ session: attendanceCodes.session, person: attendanceCodes.person })
			.from(attendanceCodes)
			.innerJoin(people, and(eq(people.id, attendanceCodes.person), isNull(people.closedOn)))
			.where(eq(attendanceCodes.hash, hashOf(code)));
		const row = held && (await readSession(tx, held.session));
		if (!held || !row || !isOpenForAttendance(row, today)) return unknown;
		await tx.delete(attendanceCodes).where(isCodeOf(held.session, held.person));
		return note(tx, app, held.person, row);
	});
}

const isCodeOf = (session: string, person: string) =>
	and(eq(attendanceCodes.session, session), eq(attendanceCodes.person, person));

/** Keeps the day, and counts the modules; no log tells when it was said. */
async function note(tx: Writer, app: App, person: string, row: SessionRow): Promise<Confirmed> {
	const { id: session, heldOn, modules, title } = row;
	const day = heldOn ?? dayOf(app.now());
	const inserted = await tx
		.insert(attendances)
		.values({ session, person, day })
		.onConflictDoNothing()
		.returning({ day: attendances.day });
	if (inserted.length > 0) await recordAttended(tx, app, person, modules, day);
	return { kind: 'noted', title, modules };
}

/**
 * The names of those who said that they were there, in alphabetical order and no other.
 *
 * @throws {DomainError} as {@link findLedSession}.
 */
export async function listAttendance(app: App, actor: Actor, id: string): Promise<string[]> {
	await findLedSession(app, actor, id);
	const rows = await app.db.read
		.select({ name: people.name })
		.from(attendances)
		.innerJoin(people, and(eq(people.id, attendances.person), isNull(people.closedOn)))
		.where(eq(attendances.session, id));
	return rows.map(({ name }) => name).sort((a, b) => byDanishName.compare(a, b));
}

/** Where somebody has been, the latest first. */
export async function listAttended(read: Reader, person: string): Promise<Attended[]> {
	const rows = await read
		.select({
			session: plenarySessions.id,
			title: plenarySessions.title,
			house: workplaces.name,
			day: attendances.day,
			modules: plenarySessions.modules
		})
		.from(attendances)
		.innerJoin(plenarySessions, eq(plenarySessions.id, attendances.session))
		.innerJoin(workplaces, eq(workplaces.id, plenarySessions.workplace))
		.where(eq(attendances.person, person))
		.orderBy(desc(attendances.day), asc(plenarySessions.id));
	return rows.map((row) => ({ ...row, modules: row.modules as string[] })); // only ever written as one
}

/**
 * Makes a code for everybody of the session's own house, to be printed and cut apart; those of a print
 * before are void. Told this once, by name.
 *
 * @throws {DomainError} as {@link findHouseSession}, and `conflict` once the days for it are over, or for a
 * house of too many.
 */
export async function printCodes(
	app: App,
	actor: Actor,
	id: string
): Promise<{ name: string; code: string }[]> {
	const session = await findHouseSession(app, actor, id);
	const today = dayOf(app.now());
	const isAhead = session.state === 'planned' || session.state === 'open';
	if (session.rehearsal || !(isAhead || isOpenForAttendance(session, today)))
		throw new DomainError('conflict', 'session-over');
	const house = await listHouse(app.db.read, session.workplace);
	if (house.length > mostCodes) throw new DomainError('conflict', 'too-many');
	const made = house.map(({ person, name }) => ({ person, name, code: codeFrom(randomBytes(16)) }));
	await app.db.write(async (tx) => {
		await tx.delete(attendanceCodes).where(eq(attendanceCodes.session, id));
		for (const { person, code } of made)
			await tx.insert(attendanceCodes).values({ session: id, person, hash: hashOf(code) });
		await writeAudit(tx, app.now(), {
			event: 'plenary.codes-printed',
			actor,
			workplace: session.workplace,
			detail: { count: made.length }
		});
	});
	return made.map(({ name, code }) => ({ name, code: groupCode(code) }));
}

/** Everybody who works at a house or below it, by name. */
export async function listHouse(
	read: Reader,
	workplace: string
): Promise<{ person: string; name: string }[]> {
	const below = read
		.select({ id: workplaceReach.below })
		.from(workplaceReach)
		.where(eq(workplaceReach.above, workplace));
	const rows = await read
		.selectDistinct({ person: people.id, name: people.name })
		.from(memberships)
		.innerJoin(people, and(eq(people.id, memberships.person), isNull(people.closedOn)))
		.where(inArray(memberships.workplace, below))
		.limit(mostCodes + 1);
	return rows.sort((a, b) => byDanishName.compare(a.name, b.name));
}
