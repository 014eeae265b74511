import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { eq } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { insertOrganisation } from '#lib/identity/people.server.ts';
import { organisations } from '#lib/identity/tables.server.ts';
import { createJobs } from '#lib/server/jobs/jobs.server.ts';
import { createLog } from '#lib/server/log.server.ts';
import { addressOf, askCluster } from '#tests/support/postgres-cluster.ts';
import { openPglite } from '#tests/support/pglite.ts';
import { migratePostgres } from './postgres-migrate.ts';
import { connectPostgres } from './postgres-server.ts';
import { openPostgres, type PgClient, type PgServer } from './postgres.ts';
import { StoreUnavailable, type Store } from './store.ts';

const migrations = resolve('drizzle', 'postgres', 'platform');
const cluster = process.env.TEST_POSTGRES;
const acme = { id: 'acme', name: '0', createdAt: new Date(0), isDemonstration: false };
const isAcme = eq(organisations.id, 'acme');

/** An engine that ends its first commits as one does that another has overtaken. */
async function openOvertaken(times: number) {
	const engine = openPglite('platform');
	const asked: string[] = [];
	let left = 0;
	const between = new WeakMap<PgClient, PgClient>();
	const overtake = (client: PgClient): PgClient => ({
		async query(query, values) {
			if (typeof query === 'string') asked.push(query);
			const isCommit = typeof query === 'string' && query.startsWith('COMMIT; SELECT');
			if (!isCommit || left === 0) return client.query(query, values);
			left -= 1;
			throw Object.assign(new Error('could not serialize access'), { code: '40001' });
		}
	});
	const server: PgServer = {
		...engine,
		hold: (work) =>
			engine.hold((client) => {
				const other = between.get(client) ?? overtake(client);
				between.set(client, other);
				return work(other);
			})
	};
	const store = openPostgres<'platform'>({ server, migrations });
	onTestFinished(() => store.close());
	await store.write((tx) => insertOrganisation(tx, acme));
	asked.length = 0;
	left = times;
	return { store, asked };
}

async function countUp(store: Store): Promise<string> {
	return store.write(async (tx) => {
		const [row] = await tx.select().from(organisations).where(isAcme);
		const name = String(Number(row!.name) + 1);
		await tx.update(organisations).set({ name }).where(isAcme);
		return name;
	});
}

const nameIn = async (store: Store) =>
	(await store.read.select().from(organisations).where(isAcme))[0]?.name;

describe('a write that another has overtaken', () => {
	test.each([1, 3, 6])('%i times runs again, and is kept once', async (times) => {
		const { store } = await openOvertaken(times);
		expect(await countUp(store)).toBe('1');
		expect(await nameIn(store)).toBe('1');
	});

	test('again and again has the store to itself in the end', async () => {
		const { store, asked } = await openOvertaken(5);
		await countUp(store);
		const locks = asked.filter((text) => text.includes('pg_advisory_lock'));
		expect(locks.slice(0, 4).every((text) => text.includes('lock_shared'))).toBe(true);
		expect(locks.slice(4).every((text) => text.includes('pg_advisory_lock('))).toBe(true);
	});

	test('without end is told as a store that is locked, and leaves nothing', async () => {
		const { store } = await openOvertaken(1000);
		const fault = await countUp(store).catch((error: unknown) => error);
		expect(fault).toBeInstanceOf(StoreUnavailable);
		expect((fault as StoreUnavailable).reason).toBe('locked');
		expect(await nameIn(store)).toBe('0');
	});

	test('is not tried again where its own work fails', async () => {
		const { store } = await openOvertaken(0);
		let tried = 0;
		const failing = store.write(async () => {
			tried += 1;
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		expect(tried).toBe(1);
	});
});

test('a server that is not there is told as such, to who reads and to who writes', async () => {
	const store = openPostgres<'platform'>({
		server: connectPostgres('postgres://nobody@127.0.0.1:1/nothing'),
		migrations
	});
	onTestFinished(() => store.close());
	for (const asked of [store.ping(), nameIn(store), countUp(store)]) {
		const fault = await asked.catch((error: unknown) => error);
		expect(fault).toBeInstanceOf(StoreUnavailable);
		expect((fault as StoreUnavailable).reason).toBe('unreachable');
	}
});

describe('a database', () => {
	test('that is up to date is left as it is', async () => {
		const server = openPglite('platform');
		onTestFinished(() => server.close());
		await server.hold((client) => migratePostgres(client, migrations));
		await server.hold((client) => migratePostgres(client, migrations));
	});

	test('of a newer version is left alone', async () => {
		const server = openPglite('other');
		onTestFinished(() => server.close());
		await server.hold((client) => migratePostgres(client, migrations));
		const older = resolve('drizzle', 'postgres', 'keys');
		const failing = server.hold((client) => migratePostgres(client, older));
		await expect(failing).rejects.toThrow('newer version');
	});
});

describe.runIf(cluster)('two nodes on one database', () => {
	async function openTwo(): Promise<[Store, Store]> {
		const database = `two_${randomUUID().replaceAll('-', '')}`;
		await askCluster(cluster!, `CREATE DATABASE ${database}`);
		const address = addressOf(cluster!, database);
		const open = () => openPostgres<'platform'>({ server: connectPostgres(address), migrations });
		const both: [Store, Store] = [open(), open()];
		onTestFinished(async () => {
			await Promise.all(both.map((store) => store.close()));
			await askCluster(cluster!, `DROP DATABASE ${database} WITH (FORCE)`);
		});
		await Promise.all(both.map((store) => store.ping()));
		return both;
	}

	test('lose nothing of what both count up at once', async () => {
		const [one, two] = await openTwo();
		await one.write((tx) => insertOrganisation(tx, acme));
		await Promise.all(Array.from({ length: 60 }, (_, at) => countUp(at % 2 ? one : two)));
		expect(await nameIn(two)).toBe('60');
	});

	test('wait for who writes much, and then see all of it', async () => {
		const [one, two] = await openTwo();
		await one.write((tx) => insertOrganisation(tx, acme));
		const begun = Promise.withResolvers<void>();
		const mayEnd = Promise.withResolvers<void>();
		let tried = 0;
		const much = one.writeMuch(async (tx) => {
			tried += 1;
			await tx.update(organisations).set({ name: '10' }).where(isAcme);
			begun.resolve();
			await mayEnd.promise;
		});
		await begun.promise;
		const after = countUp(two);
		expect(await nameIn(two)).toBe('0');
		mayEnd.resolve();
		await much;
		expect(await after).toBe('11');
		expect(tried).toBe(1);
	});

	test('do each job once', async () => {
		const both = await openTwo();
		const done: string[] = [];
		const workers = both.map((store) =>
			createJobs<string[]>({
				store,
				now: () => new Date('2026-03-14T12:00:00Z'),
				log: createLog('silent'),
				handlers: [
					{
						event: 'person.invited',
						subscriber: 'mail',
						handle: async (effects, { invitation }) => void effects.push(String(invitation))
					}
				]
			})
		);
		const ids = Array.from({ length: 40 }, (_, at) => `invitation ${at}`);
		await both[0].write(async (tx) => {
			for (const invitation of ids) await workers[0]!.publish(tx, 'person.invited', { invitation });
		});
		await Promise.all(workers.map((worker) => worker.runDue(done)));
		expect(done.sort()).toEqual(ids.sort());
	});
});
