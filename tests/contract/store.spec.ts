import { eq } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { insertOrganisation } from '#lib/identity/people.server.ts';
import { organisations } from '#lib/identity/tables.server.ts';
import { isUniqueViolation } from '#lib/server/db/sqlite-faults.ts';
import { closeStores } from '#lib/server/db/stores.server.ts';
import type { Store } from '#lib/server/db/store.ts';
import { makeFolder } from '#tests/support/folder.ts';
import { isPglite, openTestStores } from '#tests/support/stores.ts';

function openPlatform(): Store {
	const stores = openTestStores(makeFolder());
	onTestFinished(() => closeStores(stores));
	return stores.platform;
}

const acme = (id = 'acme') => ({
	id,
	name: `House ${id}`,
	createdAt: new Date(0),
	isDemonstration: false
});

async function namesIn(store: Store): Promise<string[]> {
	const rows = await store.read.select({ id: organisations.id }).from(organisations);
	return rows.map(({ id }) => id).sort();
}

describe('a write', () => {
	test('is there for readers once it has resolved', async () => {
		const store = openPlatform();
		await store.write((tx) => insertOrganisation(tx, acme()));
		expect(await namesIn(store)).toEqual(['acme']);
	});

	test('that fails leaves nothing behind', async () => {
		const store = openPlatform();
		const failing = store.write(async (tx) => {
			await insertOrganisation(tx, acme());
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		expect(await namesIn(store)).toEqual([]);
	});

	test('sees what it has written itself', async () => {
		const store = openPlatform();
		const found = await store.write(async (tx) => {
			await insertOrganisation(tx, acme());
			return tx.select().from(organisations).where(eq(organisations.id, 'acme'));
		});
		expect(found).toMatchObject([acme()]);
	});

	test('is lost for none of those who count up the same number at once', async () => {
		const store = openPlatform();
		await store.write((tx) => insertOrganisation(tx, { ...acme(), name: '0' }));
		const isAcme = eq(organisations.id, 'acme');
		const countUp = () =>
			store.write(async (tx) => {
				const [row] = await tx.select().from(organisations).where(isAcme);
				const name = String(Number(row!.name) + 1);
				await tx.update(organisations).set({ name }).where(isAcme);
			});
		await Promise.all(Array.from({ length: 25 }, countUp));
		expect(await store.read.select().from(organisations)).toMatchObject([{ name: '25' }]);
	});

	test('that fails takes no other with it that came at the same time', async () => {
		const store = openPlatform();
		const outcomes = await Promise.allSettled([
			store.write((tx) => insertOrganisation(tx, acme('a'))),
			store.write(async (tx) => {
				await insertOrganisation(tx, acme('b'));
				throw new Error('no');
			}),
			store.write((tx) => insertOrganisation(tx, acme('c')))
		]);
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
		expect(await namesIn(store)).toEqual(['a', 'c']);
	});

	test('within a write is refused', async () => {
		const store = openPlatform();
		await expect(
			store.write(() => store.write((tx) => insertOrganisation(tx, acme())))
		).rejects.toThrow('a write within a write');
		expect(await namesIn(store)).toEqual([]);
	});

	test('of a key that is there already is told as such', async () => {
		const store = openPlatform();
		await store.write((tx) => insertOrganisation(tx, acme()));
		const again = await store
			.write((tx) => insertOrganisation(tx, acme()))
			.catch((error: unknown) => error);
		expect(isUniqueViolation(again)).toBe(true);
	});
});

describe('a write of much', () => {
	// An engine that has one connection in all has nobody else to let read.
	test.skipIf(isPglite)(
		'lets others read what was there before until all of it is there',
		async () => {
			const store = openPlatform();
			const seen: string[][] = [];
			await store.writeMuch(async (tx, breathe) => {
				await insertOrganisation(tx, acme('a'));
				await breatheDeeply(breathe);
				seen.push(await namesIn(store));
				await insertOrganisation(tx, acme('b'));
			});
			seen.push(await namesIn(store));
			expect(seen).toEqual([[], ['a', 'b']]);
		}
	);

	test('that fails after a breath leaves nothing behind, and nobody else with nothing', async () => {
		const store = openPlatform();
		const outcomes = await Promise.allSettled([
			store.write((tx) => insertOrganisation(tx, acme('before'))),
			store.writeMuch(async (tx, breathe) => {
				await insertOrganisation(tx, acme('much'));
				await breatheDeeply(breathe);
				throw new Error('no');
			}),
			store.write((tx) => insertOrganisation(tx, acme('after')))
		]);
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
		expect(await namesIn(store)).toEqual(['after', 'before']);
	});

	test('within a write is refused, and so is a write within it after a breath', async () => {
		const store = openPlatform();
		const nested = 'a write within a write';
		await expect(store.write(() => store.writeMuch(async () => undefined))).rejects.toThrow(nested);
		const within = store.writeMuch(async (_, breathe) => {
			await breatheDeeply(breathe);
			await store.write((tx) => insertOrganisation(tx, acme()));
		});
		await expect(within).rejects.toThrow(nested);
		expect(await namesIn(store)).toEqual([]);
	});
});

/** Breathes until others have had their turn. */
async function breatheDeeply(breathe: () => Promise<void>): Promise<void> {
	let hadTurns = false;
	setImmediate(() => (hadTurns = true));
	while (!hadTurns) await breathe();
}

describe('a reader', () => {
	test('cannot write, whatever its type is made to say', async () => {
		const store = openPlatform();
		const forced = store.read as unknown as Parameters<Parameters<Store['write']>[0]>[0];
		await expect(insertOrganisation(forced, acme())).rejects.toThrow();
		expect(await namesIn(store)).toEqual([]);
	});
});
