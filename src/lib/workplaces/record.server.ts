import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { permissionToGive } from '#lib/access/naming.ts';
import { authorise, can, findRight } from '#lib/access/rights.ts';
import type { Role } from '#lib/access/roles.ts';
import type { App } from '#lib/app.ts';
import { isReadKnown, writeRecordRead } from '#lib/audit/record-reads.server.ts';
import { DomainError } from '#lib/errors.ts';
import { passwords, people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { listAbsences, type Absence } from './absences.server.ts';
import { findPersonPlace, listAbove } from './places.server.ts';
import { listHeldRoles, reachesAsFar } from './roles.server.ts';
import { memberships, workplaces } from './tables.server.ts';
import { readWhere } from './where.server.ts';

/** What the organisation keeps of a person: nothing of what they learn. */
export interface PersonRecord {
	id: string;
	name: string;
	email: string | null;
	username: string | null;
	employeeId: string | null;
	locale: 'da' | 'en' | null;
	closedOn: string | null;
	erasedOn: string | null;
	/** True once they have chosen a password, so that no invitation is needed. */
	hasPassword: boolean;
	/** Those in reach of who looks. */
	workplaces: { id: string; name: string; isOpen: boolean }[];
	/** True where they also work somewhere that who looks does not reach. */
	worksElsewhere: boolean;
	/** Those held in reach of who looks. */
	roles: {
		id: string;
		role: Role;
		workplace: { id: string; name: string };
		mayWithdraw: boolean;
	}[];
	/** Today or later. */
	absences: Absence[];
	/** Whether who looks may invite them and end their access. */
	isWithinReach: boolean;
}

/**
 * A person's record with the organisation. That it was looked at is written down, once a day.
 *
 * @throws {DomainError} `forbidden` to who may look at nobody's, `not-found` for a person out of reach.
 */
export async function readRecord(app: App, actor: Actor, person: string): Promise<PersonRecord> {
	const { read } = app.db;
	const place = await findPersonPlace(read, person);
	authorise(actor, 'people.read', place);
	const right = place && findRight(actor, 'people.read', place);
	const look = {
		actor,
		subject: person,
		role: right?.role ?? null,
		workplace: right?.workplace ?? null
	};
	if (!(await isReadKnown(read, app.now(), look)))
		await app.db.write((tx) => writeRecordRead(tx, app.now(), look));
	const [found] = await read
		.select({
			id: people.id,
			name: people.name,
			email: people.email,
			username: people.username,
			employeeId: people.employeeId,
			locale: people.locale,
			closedOn: people.closedOn,
			erasedOn: people.erasedOn,
			password: passwords.person
		})
		.from(people)
		.leftJoin(passwords, eq(passwords.person, people.id))
		.where(eq(people.id, person));
	if (!found) throw new DomainError('not-found', 'people.read');
	const { password, locale, ...own } = found;
	const places = await listPlaces(read, person);
	const reached = places.filter(({ reachedFrom }) => can(actor, 'people.read', { reachedFrom }));
	return {
		...own,
		locale: locale === 'da' || locale === 'en' ? locale : null,
		hasPassword: password !== null,
		workplaces: reached.map(({ id, name, isOpen }) => ({ id, name, isOpen })),
		worksElsewhere: reached.length < places.length,
		roles: await listRoles(read, actor, person),
		absences: await listAbsences(read, person, dayOf(app.now())),
		isWithinReach: await reachesAsFar(read, actor, person)
	};
}

async function listPlaces(read: Reader, person: string) {
	const rows = await read
		.select({ id: workplaces.id, name: workplaces.name, closedOn: workplaces.closedOn })
		.from(memberships)
		.innerJoin(workplaces, eq(workplaces.id, memberships.workplace))
		.where(eq(memberships.person, person))
		.orderBy(asc(workplaces.id));
	return Promise.all(
		rows.map(async ({ id, name, closedOn }) => ({
			id,
			name,
			isOpen: closedOn === null,
			reachedFrom: await listAbove(read, id)
		}))
	);
}

async function listRoles(read: Reader, actor: Actor, person: string) {
	const roles: PersonRecord['roles'] = [];
	for (const held of await listHeldRoles(read, person)) {
		const place = { reachedFrom: await listAbove(read, held.workplace) };
		if (!can(actor, 'people.read', place)) continue;
		const role = held.role as Role; // only ever written as one
		roles.push({
			id: held.id,
			role,
			workplace: { id: held.workplace, name: held.workplaceName },
			mayWithdraw: can(actor, permissionToGive(role), place)
		});
	}
	return roles;
}

/**
 * The workplace at or below which a person works, for a page about them there.
 *
 * @throws {DomainError} `forbidden` to who may look at nobody's record, `not-found` for a workplace out
 * of reach and for a person who works elsewhere.
 */
export async function readMembership(
	app: App,
	actor: Actor,
	workplace: string,
	person: string
): Promise<{ id: string; name: string }> {
	const where = await readWhere(app, actor, 'people.read', workplace);
	const place = await findPersonPlace(app.db.read, person);
	const isHere =
		place?.organisation === actor.organisation && place.reachedFrom.includes(workplace);
	if (!isHere) throw new DomainError('not-found', 'people.read');
	return where;
}
