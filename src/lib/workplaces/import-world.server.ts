import { and, asc, eq, gt, inArray, isNotNull, isNull, ne } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { placesWhere } from '#lib/access/rights.ts';
import type { Role } from '#lib/access/roles.ts';
import { people } from '#lib/identity/tables.server.ts';
import { readMany } from '#lib/server/db/insert-many.ts';
import type { Reader } from '#lib/server/db/store.ts';
import type { Breathe } from '#lib/server/slices.ts';
import type { KnownWorkplace } from './import-places.ts';
import { sortGrants, type HeldGrant, type KnownPerson } from './import-person-plan.ts';
import { absences, grants, memberships, workplaceReach, workplaces } from './tables.server.ts';

/** How many people are read at a time. */
const portion = 400;

const personColumns = {
	id: people.id,
	name: people.name,
	email: people.email,
	username: people.username,
	employeeId: people.employeeId,
	locale: people.locale,
	closedOn: people.closedOn
};

type PersonRow = { id: string } & Omit<KnownPerson['state'], 'workplaces' | 'grants'>;

/** Everybody of an organisation, as an import compares them. */
export async function readAllPeople(
	read: Reader,
	organisation: string,
	breathe: Breathe
): Promise<KnownPerson[]> {
	const all: KnownPerson[] = [];
	for (let last = ''; ;) {
		const rows = await read
			.select(personColumns)
			.from(people)
			.where(and(eq(people.organisation, organisation), gt(people.id, last)))
			.orderBy(asc(people.id))
			.limit(portion);
		all.push(...(await addWork(read, rows)));
		await breathe();
		if (rows.length < portion) return all;
		last = rows.at(-1)?.id ?? '';
	}
}

/** Those people of an organisation, by id. */
export async function readPeopleById(
	read: Reader,
	organisation: string,
	ids: readonly string[],
	breathe: Breathe
): Promise<Map<string, KnownPerson>> {
	const found = await readMany(
		ids,
		async (some) =>
			addWork(
				read,
				await read
					.select(personColumns)
					.from(people)
					.where(and(eq(people.organisation, organisation), inArray(people.id, some)))
			),
		breathe
	);
	return new Map(found.map((person) => [person.id, person]));
}

async function addWork(read: Reader, rows: readonly PersonRow[]): Promise<KnownPerson[]> {
	const ids = rows.map(({ id }) => id);
	if (ids.length === 0) return [];
	const places = Map.groupBy(
		await read.select().from(memberships).where(inArray(memberships.person, ids)),
		({ person }) => person
	);
	const held = Map.groupBy(
		await read.select().from(grants).where(inArray(grants.person, ids)),
		({ person }) => person
	);
	const away = Map.groupBy(
		await read.select().from(absences).where(inArray(absences.person, ids)),
		({ person }) => person
	);
	return rows.map(({ id, ...person }) => ({
		id,
		state: {
			...person,
			workplaces: (places.get(id) ?? []).map(({ workplace }) => workplace).sort(),
			grants: sortGrants((held.get(id) ?? []).map(readGrant))
		},
		absences: (away.get(id) ?? []).map(({ id: absence, fromDay, untilDay }) => ({
			id: absence,
			from: fromDay,
			until: untilDay
		}))
	}));
}

function readGrant({
	id,
	role,
	workplace
}: {
	id: string;
	role: string;
	workplace: string;
}): HeldGrant {
	return { id, role: role as Role, workplace }; // roles are only ever written from the list
}

/** Every workplace of an organisation, closed ones too. */
export async function readAllWorkplaces(
	read: Reader,
	organisation: string
): Promise<KnownWorkplace[]> {
	return read
		.select({
			id: workplaces.id,
			parent: workplaces.parent,
			name: workplaces.name,
			setting: workplaces.setting,
			externalId: workplaces.externalId,
			closedOn: workplaces.closedOn
		})
		.from(workplaces)
		.where(eq(workplaces.organisation, organisation))
		.orderBy(asc(workplaces.id));
}

/** Ids of the workplaces at which the actor may bring lists, closed ones too. */
export async function readWithin(read: Reader, actor: Actor): Promise<Set<string>> {
	const held = placesWhere(actor, 'people.import');
	if (held.length === 0) return new Set();
	const rows = await read
		.selectDistinct({ below: workplaceReach.below })
		.from(workplaceReach)
		.where(inArray(workplaceReach.above, [...held]));
	return new Set(rows.map(({ below }) => below));
}

/** How many people who are still there work at each workplace of an organisation. */
export async function countStaff(read: Reader, organisation: string): Promise<Map<string, number>> {
	const rows = await read
		.select({ workplace: memberships.workplace })
		.from(memberships)
		.innerJoin(people, eq(people.id, memberships.person))
		.where(and(eq(people.organisation, organisation), isNull(people.closedOn)));
	const counts = new Map<string, number>();
	for (const { workplace } of rows) counts.set(workplace, (counts.get(workplace) ?? 0) + 1);
	return counts;
}

/**
 * What is taken by people of other organisations: those of the given addresses, and all user names.
 * Whose they are is not asked.
 */
export async function readTakenElsewhere(
	read: Reader,
	organisation: string,
	emails: readonly string[],
	breathe: Breathe
): Promise<Set<string>> {
	const isElsewhere = ne(people.organisation, organisation);
	const found = await readMany(
		emails,
		(some) =>
			read
				.select({ key: people.email })
				.from(people)
				.where(and(inArray(people.email, some), isElsewhere)),
		breathe
	);
	const taken = new Set(found.flatMap(({ key }) => key ?? []));
	for (let last = ''; ;) {
		const rows = await read
			.select({ key: people.username })
			.from(people)
			.where(and(isElsewhere, isNotNull(people.username), gt(people.username, last)))
			.orderBy(asc(people.username))
			.limit(1000);
		for (const { key } of rows) if (key !== null) taken.add(key);
		await breathe();
		if (rows.length < 1000) return taken;
		last = rows.at(-1)?.key ?? '';
	}
}
