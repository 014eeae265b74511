import type { Actor } from '#lib/access/actor.ts';
import { DomainError } from '#lib/errors.ts';
import { recognise } from '../identify.server.ts';

/**
 * Whether who opened a stream may go on listening (ASVS 7.4.1): their session still lives and lets in as
 * for any request, and `ask`, which is given who they are by now, raises no {@link DomainError}. Asking
 * does not put the end of a session off, as a request does: a page that stands open is no sign of anybody.
 */
export async function mayStillListen(
	{ app, session }: Pick<App.Locals, 'app' | 'session'>,
	ask: (listener: Actor) => Promise<unknown>
): Promise<boolean> {
	const facts = session ? await app.sessions.peek(session) : null;
	const seen = facts && (await recognise(app, facts));
	if (seen?.outcome !== 'in') return false;
	try {
		await ask(seen.actor);
		return true;
	} catch (thrown) {
		if (thrown instanceof DomainError) return false;
		throw thrown;
	}
}
