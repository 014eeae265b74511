import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { newPrivateId } from '#lib/id.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { isDay } from '#lib/time.ts';
import { happen, leadChannel, roomChannel, tellEverybody, tellSoon } from './rooms.server.ts';
import type { SmallChange } from './session.ts';
import { findLedSession } from './sessions.server.ts';
import { plenarySuggestions } from './tables.server.ts';

/** Bounds of what is written in the room. */
export const roomBounds = { suggestion: 140, change: 200, owner: 80, suggestions: 200 } as const;

/**
 * Writes down what the room says aloud, for rooms without phones and for who will not type.
 *
 * @throws {DomainError} as `steer`, `invalid` for nothing or too much.
 */
export async function noteSuggestion(
	app: App,
	actor: Actor,
	id: string,
	words: string
): Promise<void> {
	await findLedSession(app, actor, id);
	const body = readWords(words, roomBounds.suggestion);
	await happen(app, id, async () => ({
		event: { type: 'suggested' },
		write: (tx) => addSuggestion(tx, id, body)
	}));
	tellSoon(roomChannel(id));
	tellSoon(leadChannel(id));
}

/** Adds a suggestion under an id that tells nothing; the same words twice are one suggestion. */
export async function addSuggestion(tx: Writer, session: string, body: string): Promise<void> {
	const rows = await tx
		.select({ body: plenarySuggestions.body })
		.from(plenarySuggestions)
		.where(eq(plenarySuggestions.session, session));
	const isThere = rows.some((row) => row.body.toLowerCase() === body.toLowerCase());
	if (isThere || rows.length >= roomBounds.suggestions) return;
	await tx.insert(plenarySuggestions).values({ session, id: newPrivateId(), body, hidden: false });
}

/** Words as they are kept: on one line, without what cannot be seen. @throws {DomainError} `invalid`. */
export function readWords(words: string, most: number): string {
	const body = words.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
	if (body === '' || body.length > most) throw new DomainError('invalid', 'words');
	return body;
}

/**
 * Takes a suggestion off the wall and the phones, or puts it back.
 *
 * @throws {DomainError} as `steer`.
 */
export async function tidySuggestion(
	app: App,
	actor: Actor,
	id: string,
	suggestion: string,
	hidden: boolean
): Promise<void> {
	await findLedSession(app, actor, id);
	await happen(app, id, async () => ({
		event: { type: 'suggested' },
		write: async (tx) => {
			await tx
				.update(plenarySuggestions)
				.set({ hidden })
				.where(and(eq(plenarySuggestions.session, id), eq(plenarySuggestions.id, suggestion)));
		}
	}));
	tellEverybody(id);
}

/**
 * Chooses what the house takes home.
 *
 * @throws {DomainError} as `steer`.
 */
export async function keepSuggestions(
	app: App,
	actor: Actor,
	id: string,
	suggestions: readonly string[]
): Promise<void> {
	await findLedSession(app, actor, id);
	await happen(app, id, async () => ({ event: { type: 'keep', suggestions } }));
	tellEverybody(id);
}

/**
 * Writes down the one small change.
 *
 * @throws {DomainError} as `steer`, `invalid` for what no change can be.
 */
export async function agreeChange(
	app: App,
	actor: Actor,
	id: string,
	{ body, owner, due }: SmallChange
): Promise<void> {
	await findLedSession(app, actor, id);
	if (due !== '' && !isDay(due)) throw new DomainError('invalid', 'due');
	const change: SmallChange = {
		body: readWords(body, roomBounds.change),
		owner: owner.trim() === '' ? '' : readWords(owner, roomBounds.owner),
		due
	};
	await happen(app, id, async () => ({ event: { type: 'change', change } }));
	tellEverybody(id);
}
