import { count, eq, inArray, lt } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/store.ts';
import { learnerKeys } from './key-tables.server.ts';
import { findLearner, type Learning } from './learner.server.ts';
import { attempts, progress, reflections, refreshers } from './tables.server.ts';

/**
 * Erases a person's private side: their rows in these scopes, and the key. Without the key nothing that
 * a copy of the stores still holds can be joined to them or read again; what lies in scopes that no
 * longer exist goes by its month. Erasing twice is erasing once.
 */
export async function erasePrivate(
	learning: Learning,
	person: string,
	scopes: readonly string[]
): Promise<void> {
	const learner = await findLearner(learning, person);
	// Without a key there never was a private side: whoever comes in for the first time waits for nothing.
	if (!learner) return;
	const pseudonyms = scopes.map((scope) => learner.pseudonym(scope));
	await learning.private.write(async (tx) => {
		for (const rows of [progress, attempts, reflections, refreshers])
			await tx.delete(rows).where(inArray(rows.learner, pseudonyms));
	});
	learning.unwrapped.delete(person);
	await learning.keys.write(async (tx) => {
		await tx.delete(learnerKeys).where(eq(learnerKeys.person, person));
	});
	// The logs of writing would hold both for a while.
	await learning.private.settle();
	await learning.keys.settle();
}

const byMonth = { attempts: [attempts, progress, refreshers], reflections: [reflections] } as const;

/** How many private rows of a class are from before a month. */
export async function countPrivateBefore(
	read: Reader<'private'>,
	name: keyof typeof byMonth,
	month: string
): Promise<number> {
	let found = 0;
	for (const rows of byMonth[name]) {
		const [old] = await read.select({ rows: count() }).from(rows).where(lt(rows.month, month));
		found += old?.rows ?? 0;
	}
	return found;
}

/** Deletes the private rows of a class that are from before a month. */
export async function deletePrivateBefore(
	learning: Learning,
	name: keyof typeof byMonth,
	month: string
): Promise<void> {
	await learning.private.write(async (tx) => {
		for (const rows of byMonth[name]) await tx.delete(rows).where(lt(rows.month, month));
	});
	await learning.private.settle();
}
