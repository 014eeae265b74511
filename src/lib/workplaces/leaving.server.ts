import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { closePerson } from '#lib/identity/people.server.ts';
import { entryTokens, people, sessions } from '#lib/identity/tables.server.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { dayOf, isDay } from '#lib/time.ts';
import { findPersonPlace } from './places.server.ts';
import { authoriseOver, keepsAdministrator, listHeldRoles, takeRole } from './roles.server.ts';
import { absences, memberships } from './tables.server.ts';
import { addMember, findPlace } from './tree.server.ts';

export type LeavingFault = 'day-shape' | 'day-ahead';

/**
 * Ends a person's access, at once: their sessions end, ways in that lie about become void, and their
 * roles are taken. What they have completed stays. `day` is their last day at work, at the latest
 * today; what is private is erased a stated time after it.
 *
 * @throws {DomainError} `forbidden` to who may end nobody's access and for a person with roles above the
 * actor's reach, `not-found` for one out of reach, `conflict` for the last administrator.
 */
export async function endAccess(
	app: App,
	actor: Actor,
	person: string,
	day: string
): Promise<{ fault: LeavingFault | null }> {
	await authoriseOver(app.db.read, actor, 'people.add', person);
	if (!isDay(day)) return { fault: 'day-shape' };
	if (day > dayOf(app.now())) return { fault: 'day-ahead' };
	await app.db.write(async (tx) => {
		const now = await findPersonPlace(tx, person);
		if (!now || now.closedOn !== null) return;
		if (!(await keepsAdministrator(tx, now.organisation, { without: { person } })))
			throw new DomainError('conflict', 'last-administrator');
		await shutOut(tx, app.now(), actor, person, day);
	});
	return { fault: null };
}

/** Writes that a person has left, with all that follows at once. */
export async function shutOut(
	tx: Writer,
	at: Date,
	actor: Actor | null,
	person: string,
	day: string
): Promise<void> {
	for (const held of await listHeldRoles(tx, person)) await takeRole(tx, at, actor, held);
	await closePerson(tx, person, day);
	await tx.delete(sessions).where(eq(sessions.person, person));
	await tx
		.update(entryTokens)
		.set({ endedAt: at })
		.where(and(eq(entryTokens.person, person), isNull(entryTokens.endedAt)));
	await tx.delete(absences).where(eq(absences.person, person));
	await writeAudit(tx, at, { event: 'person.left', actor, subject: person, detail: { day } });
}

/**
 * Gives a person who had left their access again, at one workplace and without roles. What they had
 * completed is still theirs; what was erased is not brought back.
 *
 * @throws {DomainError} `forbidden` to who may add nobody, `not-found` for a person or a workplace out
 * of reach.
 */
export async function bringBack(
	app: App,
	actor: Actor,
	person: string,
	workplace: string
): Promise<void> {
	authorise(actor, 'people.add', await findPersonPlace(app.db.read, person));
	authorise(actor, 'people.add', await findPlace(app.db.read, workplace));
	await app.db.write(async (tx) => {
		const now = await findPersonPlace(tx, person);
		if (!now || now.closedOn === null) return;
		await tx.update(people).set({ closedOn: null, erasedOn: null }).where(eq(people.id, person));
		await tx.delete(memberships).where(eq(memberships.person, person));
		await addMember(tx, workplace, person);
		await writeAudit(tx, app.now(), {
			event: 'person.returned',
			actor,
			subject: person,
			workplace
		});
	});
}
