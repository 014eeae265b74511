import { randomInt } from 'node:crypto';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { findLedSession, planSession } from './sessions.server.ts';
import { makeSecret, seatOf, voterOf } from './seat.server.ts';
import { plenarySeats, plenaryVotes } from './tables.server.ts';

/** How many phones a rehearsal has besides those that the facilitator brings. */
export const simulatedPhones = 12;

/**
 * Makes a rehearsal of a session, for the facilitator alone: the same plan, with simulated phones.
 * Nothing of it stays or counts. Returns its id.
 *
 * @throws {DomainError} as `findLedSession` and `planSession`; `conflict` where the plan no longer stands.
 */
export async function planRehearsal(app: App, actor: Actor, id: string): Promise<string> {
	const session = await findLedSession(app, actor, id);
	const planned = await planSession(app, actor, {
		id: newId(),
		kind: session.kind,
		title: session.title,
		workplace: session.workplace,
		others: [],
		scenario: session.scenario,
		modules: session.modules,
		runSheet: session.runSheet,
		startsAt: app.now(),
		minutes: session.minutes,
		place: session.place,
		locale: session.locale,
		follows: null,
		helpers: [],
		rehearsal: true
	});
	if (planned.fault !== null) throw new DomainError('conflict', planned.fault);
	return planned.id;
}

/** Puts the simulated phones into the room. */
export async function simulateRoom(tx: Writer, session: string): Promise<void> {
	for (let phone = 0; phone < simulatedPhones; phone++)
		await tx.insert(plenarySeats).values({ session, seat: seatOf(makeSecret(), session) });
}

/** Has the simulated phones answer, each by chance. */
export async function simulateAnswers(
	tx: Writer,
	session: string,
	round: number,
	choices: readonly string[]
): Promise<void> {
	if (choices.length === 0) return;
	for (let phone = 0; phone < simulatedPhones; phone++) {
		const choice = choices[randomInt(choices.length)] ?? '';
		const voter = voterOf(makeSecret(), session, round);
		await tx.insert(plenaryVotes).values({ session, round, voter, choice });
	}
}
