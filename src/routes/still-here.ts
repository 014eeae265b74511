import type { Actor } from '#lib/access/actor.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';

/**
 * Who listens to a stream, as they are now: null once their session has ended. Asking does not put the
 * end of a session off, as a request does: a page that stands open is no sign of anybody.
 */
export async function findListener({
	app,
	actor,
	sessionFacts
}: App.Locals): Promise<Actor | null> {
	if (!actor || !sessionFacts) return null;
	const own = await app.sessions.list(actor.person);
	if (!own.some(({ handle }) => handle === sessionFacts.handle)) return null;
	return findActor(app.db.read, actor.person);
}
