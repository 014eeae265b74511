import { and, count, eq, gte, inArray, lt } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/store.ts';
import { createBreathe } from '#lib/server/slices.ts';
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

/**
 * The ids of a store in portions of the same size, since they are chance: the finest walk through
 * millions of rows that needs no index.
 */
export const portions: readonly (readonly [from: string, below: string])[] = Array.from(
	{ length: 256 },
	(_, at) => [
		at.toString(16).padStart(2, '0'),
		at === 255 ? 'g' : (at + 1).toString(16).padStart(2, '0')
	]
);

/** Rows from before a month within a portion. */
const isOld = (
	rows: (typeof byMonth)[keyof typeof byMonth][number],
	month: string,
	[from, below]: readonly [string, string]
) => and(gte(rows.id, from), lt(rows.id, below), lt(rows.month, month));

/** How many private rows of a class are from before a month; others are answered in between. */
export async function countPrivateBefore(
	read: Reader<'private'>,
	name: keyof typeof byMonth,
	month: string
): Promise<number> {
	let found = 0;
	const breathe = createBreathe();
	for (const rows of byMonth[name])
		for (const portion of portions) {
			const [old] = await read
				.select({ rows: count() })
				.from(rows)
				.where(isOld(rows, month, portion));
			found += old?.rows ?? 0;
			await breathe();
		}
	return found;
}

/** Deletes the private rows of a class that are from before a month, a portion at a time. */
export async function deletePrivateBefore(
	learning: Learning,
	name: keyof typeof byMonth,
	month: string
): Promise<void> {
	const { read } = learning.private;
	for (const rows of byMonth[name])
		for (const portion of portions) {
			const where = isOld(rows, month, portion);
			const [old] = await read.select({ id: rows.id }).from(rows).where(where).limit(1);
			if (old) await learning.private.write((tx) => tx.delete(rows).where(where));
		}
	await learning.private.settle();
}
