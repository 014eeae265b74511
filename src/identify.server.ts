import type { Actor } from '#lib/access/actor.ts';
import { mayBeDemanded, type Demand } from '#lib/access/factor-policy.ts';
import type { App } from '#lib/app.ts';
import { findAwaited } from '#lib/identity/second-step.server.ts';
import { limitsFor } from '#lib/identity/session-limits.ts';
import type { PeekedSession, Session } from '#lib/identity/session-store.server.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';
import { readDemand } from '#lib/workplaces/factor-policies.server.ts';

/** Who asks, and by which session. */
export interface Identified {
	actor: Actor;
	session: Session;
	/** What is asked of them that they have not set up yet: nothing, or something that can wait. */
	demand: Exclude<Demand, 'now'>;
}

/** What can be said of who a live session is of. */
export type Recognised =
	| { outcome: 'in'; actor: Actor; demand: Exclude<Demand, 'now'> }
	| { outcome: 'nobody' }
	/** They have become an administrator since, whose sessions are shorter. */
	| { outcome: 'too-long' }
	/** A second factor is demanded of them that they have not shown. */
	| { outcome: 'second-step'; actor: Actor };

/** Whom a live session lets in by now, as it was begun; nothing is changed by asking. */
export async function recognise(app: App, session: PeekedSession): Promise<Recognised> {
	const actor = await findActor(app.db.read, session.person);
	if (!actor) return { outcome: 'nobody' };
	if (exceedsLimits(actor, session)) return { outcome: 'too-long' };
	const demand = await demandOf(app, actor, session);
	return demand === 'now' ? { outcome: 'second-step', actor } : { outcome: 'in', actor, demand };
}

/**
 * Who asks, by the token of their session; null where it is nobody's, or no longer.
 *
 * @throws {StoreUnavailable} when the store cannot be read.
 */
export async function identify(app: App, token: string): Promise<Identified | null> {
	const session = await app.sessions.read(token);
	if (!session) return null;
	const seen = await recognise(app, session);
	if (seen.outcome === 'in') return { actor: seen.actor, session, demand: seen.demand };
	// They sign in again, for a shorter session.
	if (seen.outcome === 'too-long') await app.sessions.end(token);
	// They come in once they have shown a second factor, or set one up.
	if (seen.outcome === 'second-step')
		await app.sessions.hold(token, (await findAwaited(app, seen.actor.person)) ?? 'setup');
	return null;
}

/** What is demanded of who has shown no second factor; for most people nobody has to be asked. */
async function demandOf(app: App, actor: Actor, { factor }: PeekedSession): Promise<Demand> {
	if (factor !== null || app.demonstration || !mayBeDemanded(actor)) return 'none';
	return readDemand(app, actor);
}

function exceedsLimits({ grants }: Actor, { isShared, idleMinutes }: PeekedSession): boolean {
	const isAdministrator = grants.some(({ role }) => role === 'administrator');
	return idleMinutes > limitsFor({ isAdministrator, isShared }).idleMinutes;
}
