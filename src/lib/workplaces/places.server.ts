import { and, eq, isNull } from 'drizzle-orm';
import type { Place } from '#lib/access/rights.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { memberships, workplaceReach, workplaces } from './tables.server.ts';
import type { Workplace } from './tree.server.ts';

export interface KnownWorkplace extends Workplace {
	/** The day it was closed; null while it is open. */
	closedOn: string | null;
}

/** A workplace as rights see it, open or closed; null where there is none of that id. */
export async function findKnownPlace(
	read: Reader,
	workplace: string
): Promise<(Place & { workplace: KnownWorkplace }) | null> {
	const [found] = await read
		.select({
			id: workplaces.id,
			organisation: workplaces.organisation,
			parent: workplaces.parent,
			name: workplaces.name,
			setting: workplaces.setting,
			closedOn: workplaces.closedOn
		})
		.from(workplaces)
		.where(eq(workplaces.id, workplace));
	return found ? { workplace: found, reachedFrom: await listAbove(read, workplace) } : null;
}

/** The top of an organisation's tree, from which all of it is reached; null before there is one. */
export async function findTop(
	read: Reader,
	organisation: string
): Promise<(Place & { id: string }) | null> {
	const [found] = await read
		.select({ id: workplaces.id })
		.from(workplaces)
		.where(and(eq(workplaces.organisation, organisation), isNull(workplaces.parent)))
		.orderBy(workplaces.id)
		.limit(1);
	return found ? { id: found.id, reachedFrom: [found.id] } : null;
}

/** A person as rights see them: wherever they work, and always under the top of their organisation. */
export interface PersonPlace extends Place {
	id: string;
	organisation: string;
	/** The day access ended; null while it lasts. */
	closedOn: string | null;
}

export async function findPersonPlace(read: Reader, person: string): Promise<PersonPlace | null> {
	const [found] = await read
		.select({ id: people.id, organisation: people.organisation, closedOn: people.closedOn })
		.from(people)
		.where(eq(people.id, person));
	if (!found) return null;
	const above = await read
		.selectDistinct({ above: workplaceReach.above })
		.from(memberships)
		.innerJoin(workplaceReach, eq(workplaceReach.below, memberships.workplace))
		.where(eq(memberships.person, person));
	const top = await findTop(read, found.organisation);
	const reachedFrom = new Set(above.map((one) => one.above));
	if (top) reachedFrom.add(top.id);
	return { ...found, reachedFrom: [...reachedFrom] };
}

/** The workplace itself and each one above it. */
export async function listAbove(read: Reader, workplace: string): Promise<string[]> {
	const rows = await read
		.select({ above: workplaceReach.above })
		.from(workplaceReach)
		.where(eq(workplaceReach.below, workplace));
	return rows.map(({ above }) => above);
}

/** The workplace itself and each one below it. */
export async function listBelow(read: Reader, workplace: string): Promise<string[]> {
	const rows = await read
		.select({ below: workplaceReach.below })
		.from(workplaceReach)
		.where(eq(workplaceReach.above, workplace));
	return rows.map(({ below }) => below);
}
