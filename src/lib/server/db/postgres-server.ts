import type { Client, Pool, PoolClient, PoolConfig } from 'pg';
import type { PgClient, PgQuery, PgServer } from './postgres.ts';

/** How many connections read, and how many write, for one store of one process. */
const readers = 8;
/** More gain little: what writes at the same time often has to be done again. */
const writers = 4;

/** A connection that cannot be had in this time is not waited for; in milliseconds. */
const patience = 10_000;

/** What every connection has, whatever the server's own settings say. */
const always = [
	'-c TimeZone=UTC',
	'-c client_encoding=UTF8',
	'-c default_transaction_isolation=serializable',
	// A machine that has vanished holds nothing for longer than this.
	'-c idle_in_transaction_session_timeout=60000',
	'-c tcp_keepalives_idle=10',
	'-c tcp_keepalives_interval=5',
	'-c tcp_keepalives_count=3'
];

/**
 * A PostgreSQL database at `url`: two pools, of which the one for reading cannot write. Nothing is
 * connected before it is asked.
 */
export async function connectPostgres(url: string): Promise<PgServer> {
	const { default: pg } = await import('pg');
	const configure = (max: number, options: readonly string[]): PoolConfig => ({
		connectionString: url,
		max,
		options: [...always, ...options].join(' '),
		connectionTimeoutMillis: patience,
		idleTimeoutMillis: 60_000,
		keepAlive: true,
		application_name: 'holdepunkt',
		allowExitOnIdle: true
	});
	const reading = new pg.Pool(
		configure(readers, [
			'-c default_transaction_read_only=on',
			'-c default_transaction_isolation=read\\ committed'
		])
	);
	const writing = new pg.Pool(configure(writers, []));
	// An idle connection that breaks is replaced; whoever asks next is told where that fails.
	for (const pool of [reading, writing]) pool.on('error', () => undefined);
	return {
		reading: asClient(reading),
		writers,
		hold: (work) => holdOne(writing, work),
		async close() {
			await Promise.all([reading.end(), writing.end()]);
		}
	};
}

function asClient(pool: Pool | Client | PoolClient): PgClient {
	return {
		query: (query: PgQuery | string, values?: readonly unknown[]) =>
			pool.query(query as never, values as never) as never // as the drivers are typed, with overloads
	};
}

/** One after the other on each connection, which is all that it can do. */
const known = new WeakMap<PoolClient, PgClient>();

async function holdOne<T>(pool: Pool, work: (client: PgClient) => Promise<T>): Promise<T> {
	const connection = await pool.connect();
	let client = known.get(connection);
	if (!client) known.set(connection, (client = inTurn(asClient(connection))));
	let broken: Error | undefined;
	const onError = (error: Error) => (broken = error);
	connection.on('error', onError);
	try {
		return await work(client);
	} finally {
		connection.off('error', onError);
		connection.release(broken);
	}
}

function inTurn(client: PgClient): PgClient {
	let last: Promise<unknown> = Promise.resolve();
	return {
		query(query, values) {
			const answer = last.then(() => client.query(query, values));
			last = answer.catch(() => undefined);
			return answer;
		}
	};
}
