import { and, desc, eq, isNotNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import type { HelperRole } from './session-plan.ts';
import { findSession } from './sessions.server.ts';
import { plenaryHelpers, plenarySessions } from './tables.server.ts';

/** What somebody who helped or looked on tells who led: for them alone. */
export interface Feedback {
	/** What worked. */
	good: string;
	/** What could be tried next time. */
	next: string;
}

/** Bounds of each field. */
export const mostFeedback = 1000;

/**
 * Keeps what a helper tells who led, over what they told before; two empty fields take it back.
 *
 * @throws {DomainError} as {@link findSession}, `forbidden` to who did not help, `conflict` before the
 * session has ended, `invalid` for more than fits.
 */
export async function giveFeedback(
	app: App,
	actor: Actor,
	id: string,
	{ good, next }: Feedback
): Promise<void> {
	const { state } = await findSession(app, actor, id);
	if (state !== 'ended') throw new DomainError('conflict', 'session-not-ended');
	if (Math.max(good.length, next.length) > mostFeedback) throw new DomainError('invalid', 'long');
	const told = { good: good.trim(), next: next.trim() };
	const feedback = told.good === '' && told.next === '' ? null : told;
	const changed = await app.db.write((tx) =>
		tx
			.update(plenaryHelpers)
			.set({ feedback })
			.where(and(eq(plenaryHelpers.session, id), eq(plenaryHelpers.person, actor.person)))
			.returning({ person: plenaryHelpers.person })
	);
	if (changed.length === 0) throw new DomainError('forbidden', 'helper');
}

/** What one has told oneself about a session; null for nothing, undefined for who did not help. */
export async function findOwnFeedback(
	read: Reader,
	session: string,
	person: string
): Promise<Feedback | null | undefined> {
	const [row] = await read
		.select({ feedback: plenaryHelpers.feedback })
		.from(plenaryHelpers)
		.where(and(eq(plenaryHelpers.session, session), eq(plenaryHelpers.person, person)));
	return row && (row.feedback as Feedback | null); // only ever written above
}

/**
 * What the helpers have told who led: nobody else reads it.
 *
 * @throws {DomainError} as {@link findSession}.
 */
export async function readFeedback(
	app: App,
	actor: Actor,
	id: string
): Promise<({ name: string; role: HelperRole } & Feedback)[]> {
	const { own } = await findSession(app, actor, id);
	if (own !== 'facilitator') return [];
	const rows = await app.db.read
		.select({ name: people.name, role: plenaryHelpers.role, feedback: plenaryHelpers.feedback })
		.from(plenaryHelpers)
		.innerJoin(people, eq(people.id, plenaryHelpers.person))
		.where(and(eq(plenaryHelpers.session, id), isNotNull(plenaryHelpers.feedback)));
	return rows
		.map(({ name, role, feedback }) => ({
			name,
			role: role as HelperRole, // only ever written as one
			...(feedback as Feedback) // as above
		}))
		.filter(({ good, next }) => good !== undefined && next !== undefined);
}

/** The day of the latest session that somebody has led to its end; null where there is none. */
export async function findLedDay(read: Reader, person: string): Promise<string | null> {
	const [row] = await read
		.select({ day: plenarySessions.heldOn })
		.from(plenarySessions)
		.where(
			and(
				eq(plenarySessions.facilitator, person),
				eq(plenarySessions.state, 'ended'),
				eq(plenarySessions.rehearsal, false),
				isNotNull(plenarySessions.heldOn)
			)
		)
		.orderBy(desc(plenarySessions.startsAt))
		.limit(1);
	return row?.day ?? null;
}
