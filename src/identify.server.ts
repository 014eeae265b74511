import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { limitsFor } from '#lib/identity/session-limits.ts';
import type { Session } from '#lib/identity/session-store.server.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';

/** Who asks, and by which session. */
export interface Identified {
	actor: Actor;
	session: Session;
}

/**
 * Who asks, by the token of their session; null where it is nobody's, or no longer.
 *
 * @throws {StoreUnavailable} when the store cannot be read.
 */
export async function identify(app: App, token: string): Promise<Identified | null> {
	const session = await app.sessions.read(token);
	if (!session) return null;
	const actor = await findActor(app.db.read, session.person);
	if (!actor) return null;
	if (!exceedsLimits(actor, session)) return { actor, session };
	// They have become an administrator since: they sign in again, for a shorter session.
	await app.sessions.end(token);
	return null;
}

function exceedsLimits({ grants }: Actor, { isShared, idleMinutes }: Session): boolean {
	const isAdministrator = grants.some(({ role }) => role === 'administrator');
	return idleMinutes > limitsFor({ isAdministrator, isShared }).idleMinutes;
}
