import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import type { OwnSession } from './session-store.server.ts';

/** One's own live sessions, latest first; `here` is the handle of the one that asks. */
export async function listSessions(
	app: App,
	actor: Actor,
	here: string
): Promise<(OwnSession & { isThisOne: boolean })[]> {
	const sessions = await app.sessions.list(actor.person);
	return sessions.map((session) => ({ ...session, isThisOne: session.handle === here }));
}

/** Signs out there: ends one of one's own sessions. One that has ended already has ended. */
export async function endSession(app: App, actor: Actor, handle: string): Promise<void> {
	await app.sessions.endOne(actor.person, handle, (tx) =>
		writeAudit(tx, app.now(), { event: 'session.ended', actor, subject: actor.person })
	);
}

/** Signs out everywhere but here; returns how many sessions that ended. */
export async function endOtherSessions(app: App, actor: Actor, here: string): Promise<number> {
	return app.sessions.endAllOf(actor.person, here, (tx) =>
		writeAudit(tx, app.now(), { event: 'session.ended', actor, subject: actor.person })
	);
}
