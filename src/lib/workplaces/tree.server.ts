import { and, asc, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor, Grant } from '#lib/access/actor.ts';
import { placesWhere, type Place } from '#lib/access/rights.ts';
import type { Permission, Role } from '#lib/access/roles.ts';
import { people } from '#lib/identity/tables.server.ts';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { grants, memberships, workplaceReach, workplaces } from './tables.server.ts';

export interface Workplace {
	id: string;
	organisation: string;
	parent: string | null;
	name: string;
	setting: string | null;
}

/** Adds a workplace below its parent, which must be there already. */
export async function insertWorkplace(tx: Writer, workplace: Workplace): Promise<void> {
	await tx.insert(workplaces).values(workplace);
	const above = workplace.parent
		? await tx
				.select({ above: workplaceReach.above })
				.from(workplaceReach)
				.where(eq(workplaceReach.below, workplace.parent))
		: [];
	await tx.insert(workplaceReach).values(
		[...above.map(({ above }) => above), workplace.id].map((above) => ({
			above,
			below: workplace.id
		}))
	);
}

/** Makes a person belong to a workplace; belonging twice is belonging once. */
export async function addMember(tx: Writer, workplace: string, person: string): Promise<void> {
	await tx.insert(memberships).values({ workplace, person }).onConflictDoNothing();
}

/** Grants a role at a workplace; granting it twice is granting it once. */
export async function grantRole(
	tx: Writer,
	grant: { id: string; person: string; role: Role; workplace: string }
): Promise<void> {
	await tx.insert(grants).values(grant).onConflictDoNothing();
}

const grantsByPerson = (read: Reader) =>
	prepared(read, 'grants_by_person', (handle) =>
		handle
			.select({ role: grants.role, workplace: grants.workplace })
			.from(grants)
			.where(eq(grants.person, given('person')))
			.prepare('grants_by_person')
	);

/** The roles a person holds, and where. */
export async function listGrants(read: Reader, person: string): Promise<Grant[]> {
	const rows = await grantsByPerson(read).execute({ person });
	return rows as Grant[]; // roles are only ever written through `grantRole`
}

/** The workplaces a person belongs to, oldest first. */
export async function listMemberships(read: Reader, person: string): Promise<Workplace[]> {
	return read
		.select({
			id: workplaces.id,
			organisation: workplaces.organisation,
			parent: workplaces.parent,
			name: workplaces.name,
			setting: workplaces.setting
		})
		.from(memberships)
		.innerJoin(workplaces, eq(workplaces.id, memberships.workplace))
		.where(eq(memberships.person, person))
		.orderBy(asc(workplaces.id));
}

const openWorkplace = (read: Reader) =>
	prepared(read, 'open_workplace', (handle) =>
		handle
			.select({
				id: workplaces.id,
				organisation: workplaces.organisation,
				parent: workplaces.parent,
				name: workplaces.name,
				setting: workplaces.setting
			})
			.from(workplaces)
			.where(and(eq(workplaces.id, given('workplace')), isNull(workplaces.closedOn)))
			.prepare('open_workplace')
	);

const reachAbove = (read: Reader) =>
	prepared(read, 'reach_above', (handle) =>
		handle
			.select({ above: workplaceReach.above })
			.from(workplaceReach)
			.where(eq(workplaceReach.below, given('workplace')))
			.prepare('reach_above')
	);

/** A workplace as rights see it, or null where there is none of that id. */
export async function findPlace(
	read: Reader,
	workplace: string
): Promise<(Place & { workplace: Workplace }) | null> {
	const [found] = await openWorkplace(read).execute({ workplace });
	if (!found) return null;
	const above = await reachAbove(read).execute({ workplace });
	return { workplace: found, reachedFrom: above.map(({ above }) => above) };
}

/**
 * The open workplaces at which the actor may do this: the query form of the rule that
 * {@link can} states in boolean form.
 */
export async function listWorkplacesWhere(
	read: Reader,
	actor: Actor,
	permission: Permission
): Promise<Workplace[]> {
	const held = placesWhere(actor, permission);
	if (held.length === 0) return [];
	return read
		.selectDistinct({
			id: workplaces.id,
			organisation: workplaces.organisation,
			parent: workplaces.parent,
			name: workplaces.name,
			setting: workplaces.setting
		})
		.from(workplaceReach)
		.innerJoin(workplaces, eq(workplaces.id, workplaceReach.below))
		.where(and(inArray(workplaceReach.above, [...held]), isNull(workplaces.closedOn)))
		.orderBy(asc(workplaces.id));
}

/** Everybody who belongs to one of these workplaces and still works there, with the workplace. */
export async function listMembers(
	read: Reader,
	workplaceIds: readonly string[]
): Promise<{ person: string; name: string; workplace: string }[]> {
	if (workplaceIds.length === 0) return [];
	return read
		.select({ person: people.id, name: people.name, workplace: memberships.workplace })
		.from(memberships)
		.innerJoin(people, eq(people.id, memberships.person))
		.where(and(inArray(memberships.workplace, [...workplaceIds]), isNull(people.closedOn)))
		.orderBy(asc(people.id));
}
