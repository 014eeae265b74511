import { eq, max } from 'drizzle-orm';
import { newId } from '#lib/id.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { agreements } from './tables.server.ts';

/** What a room has agreed on: "here we …", the most backed first, and one small change. */
export interface Agreed {
	hereWe: readonly string[];
	change: {
		body: string;
		/** Who sees to it, as the room wrote it; null where nobody was named. */
		owner: string | null;
		/** By which day. */
		due: string | null;
	} | null;
}

/** As many sentences as a house can remember: more would not be read on a poster. */
export const mostKept = 7;

/**
 * Keeps what a room agreed on as the house's own, after what stands there already. A session keeps once
 * however often it is called, and a rehearsal never.
 *
 * @param day the day on which it was agreed.
 */
export async function keepAgreements(
	tx: Writer,
	session: { id: string; workplace: string; rehearsal: boolean },
	{ hereWe, change }: Agreed,
	day: string
): Promise<void> {
	if (session.rehearsal) return;
	const [kept] = await tx
		.select({ id: agreements.id })
		.from(agreements)
		.where(eq(agreements.session, session.id))
		.limit(1);
	if (kept) return;
	const { id, workplace } = session;
	let position = await findNextPosition(tx, workplace);
	const about = { workplace, session: id, agreedOn: day, outcome: null, outcomeOn: null };
	const sentences = hereWe.map((body) => body.trim()).filter((body) => body !== '');
	for (const body of sentences.slice(0, mostKept)) {
		const own = { id: newId(), kind: 'here-we', body, owner: null, due: null };
		await tx.insert(agreements).values({ ...about, ...own, position });
		position += 1;
	}
	const body = change?.body.trim();
	if (!change || !body) return;
	const { owner, due } = change;
	const own = { id: newId(), kind: 'change', body, owner: owner?.trim() || null, due };
	await tx.insert(agreements).values({ ...about, ...own, position });
}

/** The place after the last of a house's agreements. */
export async function findNextPosition(tx: Writer, workplace: string): Promise<number> {
	const [last] = await tx
		.select({ position: max(agreements.position) })
		.from(agreements)
		.where(eq(agreements.workplace, workplace));
	return (last?.position ?? 0) + 1;
}
