import { and, eq, lt, ne } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { dayOf } from '#lib/time.ts';
import { keepAgreements } from './agreements.server.ts';
import { clearRoom, readBodies } from './ballot.server.ts';
import { forgetRoom, happen, tellEverybody } from './rooms.server.ts';
import { findLedSession } from './sessions.server.ts';
import { plenaryEvents, plenarySessions } from './tables.server.ts';

/**
 * Ends a session: what the house takes home is kept, whatever came from phones is deleted, and of the
 * events only the way that the room took stays. A rehearsal goes altogether. Ending twice is once.
 *
 * @throws {DomainError} as `findLedSession`.
 */
export async function endRoom(app: App, actor: Actor, id: string): Promise<void> {
	const { state } = await findLedSession(app, actor, id);
	if (state === 'ended') return;
	await closeRoom(app, id, actor);
}

/** Ends an open session; by nobody, where it was forgotten. */
async function closeRoom(app: App, id: string, actor: Actor | null): Promise<void> {
	const today = dayOf(app.now());
	await happen(app, id, async () => ({
		event: { type: 'end' },
		write: async (tx, { session, state, n }) => {
			if (session.rehearsal) {
				await clearRoom(tx, id);
				await tx.delete(plenarySessions).where(eq(plenarySessions.id, id));
				return;
			}
			const { kept, change } = state.context;
			const hereWe = await readBodies(tx, id, kept);
			const agreed = change && {
				body: change.body,
				owner: change.owner || null,
				due: change.due || null
			};
			await keepAgreements(tx, session, { hereWe, change: agreed ?? null }, today);
			await clearRoom(tx, id);
			const { organisation, workplace } = session;
			await writeAudit(tx, app.now(), { event: 'plenary.held', actor, organisation, workplace });
			await tx
				.delete(plenaryEvents)
				.where(and(eq(plenaryEvents.session, id), ne(plenaryEvents.kind, 'choose')));
			await tx
				.update(plenarySessions)
				.set({ state: 'ended', heldOn: today, code: null, events: n })
				.where(eq(plenarySessions.id, id));
		}
	}));
	// What was deleted is not to stay in the log of writing either.
	await app.db.settle();
	forgetRoom(app, id);
	tellEverybody(id);
}

const day = 24 * 60 * 60 * 1000;

/**
 * Ends sessions that somebody forgot to end, so that nothing from a phone stays for much longer than a
 * day; rehearsals go with them.
 */
export async function endForgotten(app: App): Promise<void> {
	const before = new Date(app.now().getTime() - day);
	const rows = await app.db.read
		.select({ id: plenarySessions.id })
		.from(plenarySessions)
		.where(and(eq(plenarySessions.state, 'open'), lt(plenarySessions.startsAt, before)));
	for (const { id } of rows) await closeRoom(app, id, null);
	await app.db.write(async (tx) => {
		await tx
			.delete(plenarySessions)
			.where(and(eq(plenarySessions.rehearsal, true), lt(plenarySessions.startsAt, before)));
	});
}
