import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import pg from 'pg';
import { connectPostgres } from '#lib/server/db/postgres-server.ts';
import { openPostgres, type PgServer } from '#lib/server/db/postgres.ts';
import type { StoreName } from '#lib/server/db/store.ts';

/** The address of a database on the same server. */
export function addressOf(cluster: string, database: string): string {
	const url = new URL(cluster);
	url.pathname = `/${database}`;
	return url.href;
}

/** Asks the server itself, outside of any store. */
export async function askCluster(cluster: string, statement: string): Promise<void> {
	const client = new pg.Client(cluster);
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}

const templates = new Map<StoreName, Promise<string>>();

/** A store that has been brought up to date once, to be copied. */
async function makeTemplate(cluster: string, name: StoreName): Promise<string> {
	const template = `t_${name}_${randomUUID().replaceAll('-', '')}`;
	await askCluster(cluster, `CREATE DATABASE ${template}`);
	const store = openPostgres({
		server: connectPostgres(addressOf(cluster, template)),
		migrations: resolve('drizzle', 'postgres', name)
	});
	await store.ping();
	await store.close();
	return template;
}

/** A database of the test's own on a PostgreSQL server; gone when it is closed. */
export async function makeDatabase(cluster: string, name: StoreName): Promise<PgServer> {
	let template = templates.get(name);
	if (!template) templates.set(name, (template = makeTemplate(cluster, name)));
	const database = `${name}_${randomUUID().replaceAll('-', '')}`;
	await askCluster(cluster, `CREATE DATABASE ${database} TEMPLATE ${await template}`);
	const server = await connectPostgres(addressOf(cluster, database));
	return {
		...server,
		async close() {
			await server.close();
			await askCluster(cluster, `DROP DATABASE ${database} WITH (FORCE)`);
		}
	};
}
