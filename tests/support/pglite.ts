import { PGlite } from '@electric-sql/pglite';
import type { PgAnswer, PgClient, PgQuery, PgServer } from '#lib/server/db/postgres.ts';

/** One engine for all stores of a process: each has a schema of its own, since it has only one database. */
let starting: Promise<PGlite> | undefined;
let last: Promise<unknown> = Promise.resolve();
let path: string | undefined;

/** One after the other, also across stores. */
function inTurn<T>(schema: string, work: (engine: PGlite) => Promise<T>): Promise<T> {
	const turn = last.then(async () => {
		const engine = await (starting ??= start());
		if (path !== schema) await engine.exec(`SET search_path TO ${schema}`);
		path = schema;
		return work(engine);
	});
	last = turn.catch(() => undefined);
	return turn;
}

/** What is no transaction that says otherwise only reads. */
async function start(): Promise<PGlite> {
	const engine = await PGlite.create({ relaxedDurability: true });
	await engine.exec("SET TimeZone = 'UTC'; SET default_transaction_read_only = on");
	return engine;
}

async function ask(
	engine: PGlite,
	query: PgQuery | string,
	values: readonly unknown[] = []
): Promise<PgAnswer> {
	if (typeof query === 'string') return (await engine.exec(query)).at(-1) ?? { rows: [] };
	const { text, rowMode, types } = query;
	const asIs = (value: string) => value;
	const answer = await engine.query(text, [...values], {
		...(rowMode && { rowMode }),
		// What Drizzle reads for itself: the kinds of time.
		...(types && { parsers: { 1082: asIs, 1114: asIs, 1184: asIs, 1186: asIs } })
	});
	return { rows: answer.rows, rowCount: answer.affectedRows ?? answer.rows.length };
}

let made = 0;
const free = new Map<string, string[]>();

/** A database in this process, in the order of the folder's migrations; one that is closed is used again. */
export function openPglite(name: string): PgServer {
	const schema = free.get(name)?.pop() ?? `${name}_${(made += 1)}`;
	const isNew = schema === `${name}_${made}`;
	let ready: Promise<unknown> = inTurn('public', async (engine) => {
		if (isNew) await engine.exec(`BEGIN READ WRITE; CREATE SCHEMA IF NOT EXISTS ${schema}; COMMIT`);
	});
	const use = async <T>(work: (engine: PGlite) => Promise<T>): Promise<T> => {
		await ready;
		return inTurn(schema, work);
	};
	return {
		reading: { query: (query, values) => use((engine) => ask(engine, query, values)) },
		writers: 1,
		hold: (work) => use((engine) => work(clientOf(engine, schema))),
		async close() {
			ready = Promise.reject(new Error('Connection terminated'));
			ready.catch(() => undefined);
			await inTurn(schema, (engine) => empty(engine, schema));
			free.set(name, [...(free.get(name) ?? []), schema]);
		}
	};
}

const clients = new Map<string, PgClient>();

function clientOf(engine: PGlite, schema: string): PgClient {
	let client = clients.get(schema);
	if (!client)
		clients.set(schema, (client = { query: (query, values) => ask(engine, query, values) }));
	return client;
}

/** Takes out every row; triggers and foreign keys rest meanwhile. */
async function empty(engine: PGlite, schema: string): Promise<void> {
	const { rows } = await engine.query<{ name: string }>(
		'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 AND tablename <> $2',
		[schema, 'migrations']
	);
	await engine.exec(
		[
			'BEGIN READ WRITE',
			'SET LOCAL session_replication_role = replica',
			...rows.map(({ name }) => `DELETE FROM "${name}"`),
			'COMMIT'
		].join(';')
	);
}
