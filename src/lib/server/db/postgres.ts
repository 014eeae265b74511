import { AsyncLocalStorage } from 'node:async_hooks';
import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import { createBreathe } from '../slices.ts';
import { explainFault, isOvertaken } from './postgres-faults.ts';
import { migratePostgres } from './postgres-migrate.ts';
import type { Reader, Store, StoreName, Writer } from './store.ts';

/** A query as `pg` takes it. */
export interface PgQuery {
	text: string;
	/** Under which the server keeps how it is answered. */
	name?: string;
	rowMode?: 'array';
	types?: { getTypeParser(type: number, format?: string): (value: string) => unknown };
}

export interface PgAnswer {
	rows: readonly unknown[];
	rowCount?: number | null;
}

/** What answers queries: a connection, or a pool of them. A bare text may hold several statements. */
export interface PgClient {
	query(query: PgQuery | string, values?: readonly unknown[]): Promise<PgAnswer>;
}

/** One database, and how it is reached. `pg` is one such way; tests bring an engine of their own. */
export interface PgServer {
	/** Only reads, for any number at a time. */
	readonly reading: PgClient;
	/** How many may hold a connection at a time. */
	readonly writers: number;
	/** Gives `work` a connection to itself, the same object whenever it is the same connection. */
	hold<T>(work: (client: PgClient) => Promise<T>): Promise<T>;
	close(): Promise<void>;
}

export interface PostgresOptions {
	server: PgServer | Promise<PgServer>;
	/** The folder with this store's migrations. */
	migrations: string;
}

/** How often a work that others overtake is tried beside them; after that it has the store to itself. */
const triesBeside = 4;
const triesAlone = 8;

/** Any number of our own: those who write share this lock, and who writes much holds it alone. */
const lock = 7_460_001;
const together = `BEGIN; SELECT pg_advisory_lock_shared(${lock}); COMMIT`;
const alone = `BEGIN; SELECT pg_advisory_lock(${lock}); COMMIT`;
const begin = 'BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE';
const commit = 'COMMIT; SELECT pg_advisory_unlock_all()';
const rollback = 'ROLLBACK; SELECT pg_advisory_unlock_all()';

/**
 * Opens one store in a PostgreSQL database and brings it up to date; whatever is asked before that is
 * done waits for it. Writes are serialisable transactions; one that another has overtaken runs again,
 * by chance a little later, and in the end alone. Reads go through connections that cannot write.
 */
export function openPostgres<Name extends StoreName>({
	server: given,
	migrations
}: PostgresOptions): Store<Name> {
	const opening = open(given, migrations);
	// Told to whoever asks first.
	opening.catch(() => undefined);

	const reader = handleOn<Reader<Name>>({
		async query(query, values) {
			return (await opening).reading.query(query, values);
		}
	});
	const writers = new WeakMap<PgClient, Writer<Name>>();
	const inside = new AsyncLocalStorage<true>();
	const turns = createTurns();
	const under = new Set<Promise<unknown>>();
	let closed = false;

	function writerOn(client: PgClient): Writer<Name> {
		let writer = writers.get(client);
		if (!writer) writers.set(client, (writer = handleOn<Writer<Name>>(client)));
		return writer;
	}

	async function transact<T>(work: (tx: Writer<Name>) => Promise<T>, isAlone: boolean): Promise<T> {
		const server = await opening;
		const lastTry = isAlone ? triesAlone : triesBeside + triesAlone;
		for (let tried = 1; ; tried += 1) {
			const hasAll = isAlone || tried > triesBeside;
			try {
				return await turns.take(server.writers, hasAll, () =>
					server.hold((client) => attempt(client, hasAll, () => work(writerOn(client))))
				);
			} catch (error) {
				if (!isOvertaken(error) || tried >= lastTry) throw error;
			}
			await wait(jitter(tried));
		}
	}

	function enqueue<T>(work: (tx: Writer<Name>) => Promise<T>, isAlone: boolean): Promise<T> {
		if (inside.getStore())
			return Promise.reject(new Error('a write within a write would wait for itself'));
		if (closed) return Promise.reject(new Error('the store is closed'));
		const written = transact((tx) => inside.run(true, () => work(tx)), isAlone).catch(
			(error: unknown) => {
				throw explainFault(error);
			}
		);
		under.add(written);
		const forget = () => void under.delete(written);
		written.then(forget, forget);
		return written;
	}

	return {
		read: reader,
		write: (work) => enqueue(work, false),
		writeMuch: (work) => enqueue((tx) => work(tx, createBreathe()), true),
		async ping() {
			try {
				await (await opening).reading.query('SELECT 1');
			} catch (error) {
				throw explainFault(error);
			}
		},
		// The log of this engine is its own to keep; see docs/postgresql.md.
		settle: async () => undefined,
		async close() {
			if (closed) return;
			closed = true;
			await Promise.allSettled(under);
			const server = await opening.catch(() => null);
			await (server ?? (await Promise.resolve(given).catch(() => null)))?.close();
		}
	};
}

async function open(given: PgServer | Promise<PgServer>, migrations: string): Promise<PgServer> {
	try {
		const server = await given;
		await server.hold((client) => migratePostgres(client, migrations));
		return server;
	} catch (error) {
		throw explainFault(error);
	}
}

/** Runs `work` in one transaction on this connection. */
async function attempt<T>(client: PgClient, hasAll: boolean, work: () => Promise<T>): Promise<T> {
	// In a transaction of its own, so that what this one sees is what stands there after the waiting.
	await client.query(hasAll ? alone : together);
	try {
		await client.query(begin);
		const result = await work();
		await client.query(commit);
		return result;
	} catch (error) {
		// Where the connection is gone the server has rolled back by itself.
		await client.query(rollback).catch(() => undefined);
		throw error;
	}
}

/** A way to ask through `client`, typed as one of ours. */
function handleOn<Handle>(client: PgClient): Handle {
	const handle = drizzle(client as never, { casing: 'snake_case' }); // asks nothing of it but `query`
	tellFaults(handle);
	return handle as unknown as Handle;
}

/** Drizzle wraps what the engine says in an error of its own; ours are told as they are. */
function tellFaults(handle: object): void {
	interface Asked {
		queryWithCache(text: string, values: unknown, ask: () => Promise<unknown>): Promise<unknown>;
	}
	interface Session {
		prepareQuery(...given: unknown[]): Asked;
	}
	const { session } = handle as { session: Session }; // PgDatabase in drizzle-orm 0.45
	const prepareQuery = session.prepareQuery.bind(session);
	session.prepareQuery = (...given) => {
		const asked = prepareQuery(...given);
		asked.queryWithCache = async (_text, _values, ask) => {
			try {
				return await ask();
			} catch (error) {
				// What runs again is recognised by the engine's own code.
				throw isOvertaken(error) ? error : explainFault(error);
			}
		};
		return asked;
	};
}

/** Milliseconds before the next try: up to twice as many each time, so that two do not meet again. */
function jitter(tried: number): number {
	return randomInt(Math.min(5 * 2 ** tried, 200));
}

/**
 * Whose turn it is within this process: several beside each other, or one with nobody beside it, in the
 * order in which they came. Among processes the lock above sees to the same.
 */
function createTurns() {
	const waiting: { isAlone: boolean; go(): void }[] = [];
	let under = 0;
	let isAloneUnder = false;

	function next(most: number) {
		for (;;) {
			const [first] = waiting;
			if (!first || isAloneUnder || under >= most || (first.isAlone && under > 0)) return;
			waiting.shift();
			under += 1;
			isAloneUnder = first.isAlone;
			first.go();
		}
	}

	return {
		async take<T>(most: number, isAlone: boolean, work: () => Promise<T>): Promise<T> {
			const { promise, resolve: go } = Promise.withResolvers<void>();
			waiting.push({ isAlone, go });
			next(most);
			await promise;
			try {
				return await work();
			} finally {
				under -= 1;
				isAloneUnder = false;
				next(most);
			}
		}
	};
}
