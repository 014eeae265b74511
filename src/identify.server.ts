import type { Actor } from '#lib/access/actor.ts';
import { mayBeDemanded, type Demand } from '#lib/access/factor-policy.ts';
import type { App } from '#lib/app.ts';
import { findAwaited } from '#lib/identity/second-step.server.ts';
import { limitsFor } from '#lib/identity/session-limits.ts';
import type { Session } from '#lib/identity/session-store.server.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';
import { readDemand } from '#lib/workplaces/factor-policies.server.ts';

/** Who asks, and by which session. */
export interface Identified {
	actor: Actor;
	session: Session;
	/** What is asked of them that they have not set up yet: nothing, or something that can wait. */
	demand: Exclude<Demand, 'now'>;
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
	if (exceedsLimits(actor, session)) {
		// They have become an administrator since: they sign in again, for a shorter session.
		await app.sessions.end(token);
		return null;
	}
	const demand = await demandOf(app, actor, session);
	if (demand !== 'now') return { actor, session, demand };
	// They come in once they have shown a second factor, or set one up.
	await app.sessions.hold(token, (await findAwaited(app, actor.person)) ?? 'setup');
	return null;
}

/** What is demanded of who has shown no second factor; for most people nobody has to be asked. */
async function demandOf(app: App, actor: Actor, { factor }: Session): Promise<Demand> {
	if (factor !== null || app.demonstration || !mayBeDemanded(actor)) return 'none';
	return readDemand(app, actor);
}

function exceedsLimits({ grants }: Actor, { isShared, idleMinutes }: Session): boolean {
	const isAdministrator = grants.some(({ role }) => role === 'administrator');
	return idleMinutes > limitsFor({ isAdministrator, isShared }).idleMinutes;
}
