import { and, asc, count, desc, eq, inArray, sql } from 'drizzle-orm';
import { DomainError } from '#lib/errors.ts';
import { newPrivateId } from '#lib/id.ts';
import { replayKnown } from '#lib/scenario/known-runs.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import { given, one, prepared } from '#lib/server/db/prepared.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { monthOf } from '#lib/time.ts';
import { findLearner, openLearner, type Learning } from './learner.server.ts';
import { houseOf } from './secret.server.ts';
import { attempts, moves } from './tables.server.ts';

/** One way through a scenario, as it stands. The moves are the record of truth. */
export interface Attempt {
	id: string;
	scenario: string;
	/** Hash of the scenario it began with; a newer one does not change it. */
	version: string;
	/** 1 for the person's first attempt at this scenario. */
	ordinal: number;
	/** `left` once a later attempt was begun before this one ended. */
	state: 'open' | 'ended' | 'left';
	moves: readonly string[];
	/** What the platform calls the person towards their own browser; nothing is stored under it. */
	owner: string;
}

export const scopeOfScenario = (scenario: string) => `scenario ${scenario}`;
const towardsBrowser = 'browser';

const latestByLearner = (read: Reader<'private'>) =>
	prepared(read, 'latest_attempt', (handle) =>
		handle
			.select({
				id: attempts.id,
				scenario: attempts.scenario,
				version: attempts.version,
				ordinal: attempts.ordinal,
				state: attempts.state
			})
			.from(attempts)
			.where(eq(attempts.learner, given('learner')))
			.orderBy(desc(attempts.ordinal))
			.limit(one)
			.prepare('latest_attempt')
	);

const movesByAttempt = (read: Reader<'private'>) =>
	prepared(read, 'moves_by_attempt', (handle) =>
		handle
			.select({ move: moves.move })
			.from(moves)
			.where(eq(moves.attempt, given('attempt')))
			.orderBy(asc(moves.position))
			.prepare('moves_by_attempt')
	);

async function listMoves(read: Reader<'private'>, attempt: string): Promise<string[]> {
	const rows = await movesByAttempt(read).execute({ attempt });
	return rows.map(({ move }) => move);
}

/** The person's newest attempt at a scenario, or null: where they go on, on any device. */
export async function findLatestAttempt(
	learning: Learning,
	person: string,
	scenario: string
): Promise<Attempt | null> {
	const learner = await findLearner(learning, person);
	if (!learner) return null;
	const { read } = learning.private;
	const [row] = await latestByLearner(read).execute({
		learner: learner.pseudonym(scopeOfScenario(scenario))
	});
	if (!row) return null;
	// States are only ever written in this file.
	return {
		...row,
		state: row.state as Attempt['state'],
		moves: await listMoves(read, row.id),
		owner: learner.pseudonym(towardsBrowser)
	};
}

/** The first of these scenarios at which the person has an open attempt, or null. */
export async function findOpenScenario(
	learning: Learning,
	person: string,
	scenarios: readonly string[]
): Promise<string | null> {
	const learner = await findLearner(learning, person);
	if (!learner) return null;
	const pseudonyms = scenarios.map((one) => learner.pseudonym(scopeOfScenario(one)));
	const rows = await learning.private.read
		.select({ scenario: attempts.scenario })
		.from(attempts)
		.where(and(inArray(attempts.learner, pseudonyms), eq(attempts.state, 'open')));
	const open = new Set(rows.map(({ scenario }) => scenario));
	return scenarios.find((one) => open.has(one)) ?? null;
}

/** The person's attempts at a scenario that came to an ending, the first one first. */
export async function listEndedAttempts(
	learning: Learning,
	person: string,
	scenario: string
): Promise<Pick<Attempt, 'ordinal' | 'version' | 'moves'>[]> {
	const learner = await findLearner(learning, person);
	if (!learner) return [];
	const { read } = learning.private;
	const rows = await read
		.select({ id: attempts.id, ordinal: attempts.ordinal, version: attempts.version })
		.from(attempts)
		.where(
			and(
				eq(attempts.learner, learner.pseudonym(scopeOfScenario(scenario))),
				eq(attempts.state, 'ended')
			)
		)
		.orderBy(asc(attempts.ordinal));
	const made = await Promise.all(rows.map(({ id }) => listMoves(read, id)));
	return rows.map(({ ordinal, version }, index) => ({
		ordinal,
		version,
		moves: made[index] ?? []
	}));
}

const endedByLearner = (read: Reader<'private'>) =>
	prepared(read, 'ended_attempts', (handle) =>
		handle
			.select({ ended: count() })
			.from(attempts)
			.where(and(eq(attempts.learner, given('learner')), eq(attempts.state, 'ended')))
			.prepare('ended_attempts')
	);

/** How many attempts of the person at a scenario came to an ending. */
export async function countEndedAttempts(
	learning: Learning,
	person: string,
	scenario: string
): Promise<number> {
	const learner = await findLearner(learning, person);
	if (!learner) return 0;
	const [row] = await endedByLearner(learning.private.read).execute({
		learner: learner.pseudonym(scopeOfScenario(scenario))
	});
	return row?.ended ?? 0;
}

/**
 * Begins an attempt, pinned to the version of the scenario given; an open one is left as it is, for
 * the person to compare with. Where the newest attempt is open and has no move yet, that one is given.
 */
export async function beginAttempt(
	learning: Learning,
	person: string,
	scenario: { slug: string; version: string },
	workplace: string | null,
	now: Date
): Promise<Attempt> {
	const own = await openLearner(learning, person);
	const learner = own.pseudonym(scopeOfScenario(scenario.slug));
	const owner = own.pseudonym(towardsBrowser);
	const house = workplace && houseOf(learning.secret, workplace);
	return learning.private.write(async (tx) => {
		const [latest] = await latestByLearner(tx).execute({ learner });
		if (latest?.state === 'open') {
			const unused = latest.version === scenario.version && !(await hasMoves(tx, latest.id));
			if (unused) return { ...latest, state: 'open' as const, moves: [], owner };
			await tx.update(attempts).set({ state: 'left' }).where(eq(attempts.id, latest.id));
		}
		const attempt = {
			id: newPrivateId(),
			scenario: scenario.slug,
			version: scenario.version,
			ordinal: (latest?.ordinal ?? 0) + 1,
			state: 'open' as const
		};
		await tx.insert(attempts).values({ ...attempt, learner, house, month: monthOf(now) });
		return { ...attempt, moves: [], owner };
	});
}

async function hasMoves(tx: Writer<'private'>, attempt: string): Promise<boolean> {
	return (await listMoves(tx, attempt)).length > 0;
}

const attemptById = (read: Reader<'private'>) =>
	prepared(read, 'attempt_by_id', (handle) =>
		handle
			.select({ version: attempts.version, state: attempts.state })
			.from(attempts)
			.where(and(eq(attempts.id, given('id')), eq(attempts.learner, given('learner'))))
			.prepare('attempt_by_id')
	);

/**
 * The version a person's own attempt is pinned to.
 *
 * @throws {DomainError} `not-found` where there is no such attempt, or it is another person's.
 */
export async function findVersionOfAttempt(
	learning: Learning,
	person: string,
	scenario: string,
	attempt: string
): Promise<string> {
	const learner = await findLearner(learning, person);
	const [row] = learner
		? await attemptById(learning.private.read).execute({
				id: attempt,
				learner: learner.pseudonym(scopeOfScenario(scenario))
			})
		: [];
	if (!row) throw new DomainError('not-found', 'attempt');
	return row.version;
}

const insertMove = (tx: Writer<'private'>) =>
	prepared(tx, 'insert_move', (handle) =>
		handle
			.insert(moves)
			.values({
				attempt: sql.placeholder('attempt'),
				position: sql.placeholder('position'),
				move: sql.placeholder('move')
			})
			.prepare('insert_move')
	);

const endAttempt = (tx: Writer<'private'>) =>
	prepared(tx, 'end_attempt', (handle) =>
		handle
			.update(attempts)
			.set({ state: 'ended' })
			.where(eq(attempts.id, given('attempt')))
			.prepare('end_attempt')
	);

/**
 * Records a move of an attempt that the caller has found to be the person's own, after replaying it
 * from the beginning; true when it has ended the story. Durable when it resolves. The same move at
 * the same position again is success.
 *
 * @throws {DomainError} `conflict` where another move stands at that position, a move before it is
 * missing, or the move is not offered there; nothing is changed.
 */
export async function recordMove(
	learning: Learning,
	scenario: Scenario,
	attempt: string,
	position: number,
	move: string
): Promise<boolean> {
	return learning.private.write(async (tx) => {
		const made = await listMoves(tx, attempt);
		if (position < made.length) {
			if (made[position] !== move) throw new DomainError('conflict', 'another-move-stands');
			return hasEnded(scenario, made);
		}
		if (position > made.length) throw new DomainError('conflict', 'a-move-is-missing');
		const after = replayKnown(scenario, [...made, move]);
		if (!after.fits) throw new DomainError('conflict', 'not-offered');
		await insertMove(tx).execute({ attempt, position, move });
		const ended = after.run.ending !== undefined;
		if (ended) await endAttempt(tx).execute({ attempt });
		return ended;
	});
}

function hasEnded(scenario: Scenario, made: readonly string[]): boolean {
	return replayKnown(scenario, made).run.ending !== undefined;
}
