import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { permissionToGive, type GivenRole } from '#lib/access/naming.ts';
import { authorise, can, findRight, type Place } from '#lib/access/rights.ts';
import type { Permission, Role } from '#lib/access/roles.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { findKnownPlace, findPersonPlace, listAbove } from './places.server.ts';
import { grants, workplaces } from './tables.server.ts';
import { findPlace } from './tree.server.ts';

/** A role that somebody holds at a workplace, as it stands in the store. */
export interface HeldRole {
	id: string;
	person: string;
	role: string;
	workplace: string;
}

/**
 * Gives a role at a workplace; giving it twice is giving it once. A leader names contact staff, key
 * staff and peer supporters among their own people, an administrator gives every role, and nobody gives one above
 * their own reach.
 *
 * @throws {DomainError} `forbidden` to who may not give this role anywhere, `not-found` for a workplace
 * or a person out of reach, `conflict` for a person who has left.
 */
export async function giveRole(
	app: App,
	actor: Actor,
	person: string,
	{ role, workplace }: { role: GivenRole; workplace: string }
): Promise<void> {
	const place = await findPlace(app.db.read, workplace);
	const permission = permissionToGive(role);
	authorise(actor, permission, place);
	authorise(actor, 'people.read', await findPersonPlace(app.db.read, person));
	await app.db.write(async (tx) => {
		const whose = await findPersonPlace(tx, person);
		if (!whose || whose.closedOn !== null) throw new DomainError('conflict', 'has-left');
		const id = newId();
		const given = await tx
			.insert(grants)
			.values({ id, person, role, workplace })
			.onConflictDoNothing()
			.returning({ id: grants.id });
		if (given.length === 0) return;
		await writeAudit(tx, app.now(), {
			event: 'role.granted',
			actor,
			subject: person,
			workplace,
			role: place && (findRight(actor, permission, place)?.role ?? null),
			detail: { role }
		});
	});
}

/**
 * Takes a role from somebody; what they did with it stays. Taking one that is gone is success.
 *
 * @throws {DomainError} `forbidden` to who may not give this role anywhere, `not-found` where it is
 * held out of reach, `conflict` for the last administrator of an organisation.
 */
export async function withdrawRole(
	app: App,
	actor: Actor,
	person: string,
	grant: string
): Promise<void> {
	const held = await findHeldRole(app.db.read, person, grant);
	if (!held) return authorise(actor, 'roles.name', await findPersonPlace(app.db.read, person));
	const place = await findKnownPlace(app.db.read, held.workplace);
	authorise(actor, permissionToGive(held.role), place);
	await app.db.write(async (tx) => {
		const now = await findHeldRole(tx, person, grant);
		if (!now) return;
		if (!(await keepsAdministrator(tx, actor.organisation, { without: now })))
			throw new DomainError('conflict', 'last-administrator');
		await takeRole(tx, app.now(), actor, now);
	});
}

/** Takes a role out of the store and writes it into the log; without an actor it is told of whom. */
export async function takeRole(
	tx: Writer,
	at: Date,
	actor: Actor | null,
	{ id, person, role, workplace }: HeldRole,
	organisation: string | null = null
): Promise<void> {
	await tx.delete(grants).where(eq(grants.id, id));
	await writeAudit(tx, at, {
		event: 'role.withdrawn',
		actor,
		organisation,
		subject: person,
		workplace,
		detail: { role }
	});
}

/**
 * Whether an organisation still has somebody to administer all of it without this role, or without
 * this person. Who administers a part only counts where nobody administers the whole.
 */
export async function keepsAdministrator(
	read: Reader,
	organisation: string,
	{ without }: { without: { id: string; role: string } | { person: string } }
): Promise<boolean> {
	if ('role' in without && without.role !== 'administrator') return true;
	const held = await read
		.select({ id: grants.id, person: grants.person, parent: workplaces.parent })
		.from(grants)
		.innerJoin(workplaces, eq(workplaces.id, grants.workplace))
		.innerJoin(people, eq(people.id, grants.person))
		.where(
			and(
				eq(workplaces.organisation, organisation),
				eq(grants.role, 'administrator'),
				isNull(people.closedOn)
			)
		);
	const goes = (one: { id: string; person: string }) =>
		'role' in without ? one.id === without.id : one.person === without.person;
	if (!held.some(goes)) return true;
	const stay = held.filter((one) => !goes(one));
	return held.some(({ parent }) => parent === null)
		? stay.some(({ parent }) => parent === null)
		: stay.length > 0;
}

/**
 * Whether the actor reaches as far as a person does: every role the person holds is one that the actor
 * could give. Who does not may neither change how the person gets in nor end their access, or they
 * would come to hold what nobody has given them.
 */
export async function reachesAsFar(read: Reader, actor: Actor, person: string): Promise<boolean> {
	const held = await read
		.select({ role: grants.role, workplace: grants.workplace })
		.from(grants)
		.where(eq(grants.person, person));
	for (const { role, workplace } of held) {
		const place: Place = { reachedFrom: await listAbove(read, workplace) };
		if (!can(actor, permissionToGive(role as Role), place)) return false; // only ever written as one
	}
	return true;
}

/**
 * Lets the actor pass who may do this to a person, and reaches as far as they do.
 *
 * @throws {DomainError} as `authorise`, and `forbidden` for a person with roles above the actor's reach.
 */
export async function authoriseOver(
	read: Reader,
	actor: Actor,
	permission: Permission,
	person: string
): Promise<void> {
	authorise(actor, permission, await findPersonPlace(read, person));
	if (!(await reachesAsFar(read, actor, person))) throw new DomainError('forbidden', 'above-you');
}

/** The roles a person holds, with the workplaces and whether those are open. */
export async function listHeldRoles(read: Reader, person: string) {
	return read
		.select({
			id: grants.id,
			person: grants.person,
			role: grants.role,
			workplace: grants.workplace,
			workplaceName: workplaces.name
		})
		.from(grants)
		.innerJoin(workplaces, eq(workplaces.id, grants.workplace))
		.where(eq(grants.person, person))
		.orderBy(grants.id);
}

/** Who holds a role right at one of these workplaces and still works; those who lead, and others. */
export async function listRolesAt(read: Reader, workplace: string) {
	const rows = await read
		.select({ id: grants.id, role: grants.role, person: people.id, name: people.name })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.person))
		.where(and(eq(grants.workplace, workplace), isNull(people.closedOn), ne(grants.role, 'staff')))
		.orderBy(grants.id);
	const byDanishName = new Intl.Collator('da');
	return rows.toSorted((a, b) => byDanishName.compare(a.name, b.name));
}

async function findHeldRole(
	read: Reader,
	person: string,
	grant: string
): Promise<(HeldRole & { role: Role }) | null> {
	const [found] = await read
		.select({
			id: grants.id,
			person: grants.person,
			role: grants.role,
			workplace: grants.workplace
		})
		.from(grants)
		.where(and(eq(grants.id, grant), eq(grants.person, person)));
	return found ? { ...found, role: found.role as Role } : null; // only ever written as one
}
