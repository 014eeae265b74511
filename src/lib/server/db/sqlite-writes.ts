import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import type SqliteDatabase from 'better-sqlite3';
import { isLocked } from './sqlite-faults.ts';

/** A piece of work that waits for its turn, and how its caller is told. */
interface Waiting {
	work(): Promise<unknown>;
	/** Shares its transaction with nobody, because it takes long. */
	isAlone: boolean;
	resolve(result: unknown): void;
	reject(error: unknown): void;
}

export interface SqliteWrites {
	/** Runs `work` inside a transaction; settles once what became of it is durable. */
	add<T>(work: () => Promise<T>, options?: { isAlone: boolean }): Promise<T>;
	/** Resolves when nothing waits any more. */
	finish(): Promise<void>;
}

/** How long to wait before asking again for a file that another program holds, in milliseconds. */
const pause = 10;

/**
 * The queue of everything that writes to one connection. Works run one after the other, and those
 * that have arrived by the time of a turn in one transaction, each behind a savepoint of its own: a
 * single flush to the disk serves them all, and one that fails leaves the others as they are. One that
 * takes long has a transaction to itself, so that those before it are told at once.
 *
 * Another program's lock is waited for without blocking, at most `busyTimeout` milliseconds, so that
 * what only reads goes on meanwhile.
 */
export function createSqliteWrites(
	database: SqliteDatabase.Database,
	busyTimeout: number
): SqliteWrites {
	database.pragma('busy_timeout = 0');
	const begin = database.prepare('BEGIN IMMEDIATE');
	const commit = database.prepare('COMMIT');
	const rollback = database.prepare('ROLLBACK');
	const mark = database.prepare('SAVEPOINT work');
	const undo = database.prepare('ROLLBACK TO work');
	const unmark = database.prepare('RELEASE work');

	const queue: Waiting[] = [];
	let draining: Promise<void> | null = null;

	async function drain() {
		while (queue.length > 0) {
			// Requests that arrived together are all read before this resolves.
			await nextTurn();
			await commitTogether(takeBatch());
		}
		draining = null;
	}

	/** Those in front that go together, or the one that goes alone. */
	function takeBatch(): Waiting[] {
		const alone = queue.findIndex(({ isAlone }) => isAlone);
		return queue.splice(0, alone < 0 ? queue.length : Math.max(alone, 1));
	}

	async function commitTogether(batch: readonly Waiting[]): Promise<void> {
		try {
			await beginWhenFree();
		} catch (error) {
			for (const { reject } of batch) reject(error);
			return;
		}
		const tellings: (() => void)[] = [];
		try {
			for (const one of batch) tellings.push(await attempt(one));
			commit.run();
		} catch (error) {
			if (database.inTransaction) rollback.run();
			return separate(batch, error);
		}
		for (const tell of tellings) tell();
	}

	/** How one work went, to be told later. Throws where the whole transaction is lost with it. */
	async function attempt({ work, resolve, reject }: Waiting): Promise<() => void> {
		mark.run();
		try {
			const result = await work();
			unmark.run();
			return () => resolve(result);
		} catch (error) {
			// Where the disk is full, for one, the engine takes everything back by itself.
			if (!database.inTransaction) throw error;
			undo.run();
			unmark.run();
			return () => reject(error);
		}
	}

	/** Nothing of the batch was kept: each tries alone, so that none fails for another's reasons. */
	async function separate(batch: readonly Waiting[], error: unknown): Promise<void> {
		if (batch.length === 1) return batch[0]?.reject(error);
		for (const one of batch) await commitTogether([one]);
	}

	async function beginWhenFree(): Promise<void> {
		const deadline = performance.now() + busyTimeout;
		for (;;) {
			try {
				begin.run();
				return;
			} catch (error) {
				if (!isLocked(error) || performance.now() >= deadline) throw error;
			}
			await wait(pause);
		}
	}

	return {
		add: <T>(work: () => Promise<T>, { isAlone } = { isAlone: false }) =>
			new Promise<T>((resolve, reject) => {
				// What the work gives is what its caller is told.
				queue.push({ work, isAlone, resolve: resolve as Waiting['resolve'], reject });
				draining ??= drain();
			}),
		async finish() {
			while (draining) await draining;
		}
	};
}
