import { and, count, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise, can } from '#lib/access/rights.ts';
import type { Role } from '#lib/access/roles.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { findHindrances, type ClosingHindrances } from './close-workplace.server.ts';
import { listChoices } from './list-tree.server.ts';
import { findKnownPlace, listBelow } from './places.server.ts';
import { listRolesAt } from './roles.server.ts';
import { memberships, workplaces } from './tables.server.ts';

/** A workplace as who administers it sees it. */
export interface WorkplaceView {
	id: string;
	name: string;
	setting: string | null;
	closedOn: string | null;
	/** Those above it, the top first. */
	above: { id: string; name: string }[];
	/** Those right below it that are open. */
	below: { id: string; name: string }[];
	/** How many people work here or below. */
	people: number;
	roles: { id: string; role: Role; person: string; name: string }[];
	hindrances: ClosingHindrances;
	/** Where it may be moved to; empty where it may not be moved. */
	targets: { id: string; name: string; depth: number }[];
	/** Whether it may be closed and moved: not the top, nor by who administers it alone. */
	isPart: boolean;
}

/**
 * A workplace with what stands around it.
 *
 * @throws {DomainError} `forbidden` to who may not change the tree, `not-found` for a workplace out of
 * reach.
 */
export async function readWorkplace(
	app: App,
	actor: Actor,
	workplace: string
): Promise<WorkplaceView> {
	const { read } = app.db;
	const place = await findKnownPlace(read, workplace);
	authorise(actor, 'workplaces.manage', place);
	if (!place) throw new DomainError('not-found', 'workplaces.manage');
	const { id, name, setting, closedOn, parent } = place.workplace;
	const parentPlace = parent && (await findKnownPlace(read, parent));
	const isPart = Boolean(parentPlace && can(actor, 'workplaces.manage', parentPlace));
	const own = new Set(await listBelow(read, workplace));
	const choices = isPart && !closedOn ? await listChoices(app, actor, 'workplaces.manage') : [];
	const roles = await listRolesAt(read, workplace);
	return {
		id,
		name,
		setting,
		closedOn,
		above: await listPath(read, place.reachedFrom, workplace),
		below: await listChildren(read, workplace),
		people: await countWithin(read, [...own]),
		roles: roles.map((held) => ({ ...held, role: held.role as Role })), // only ever written as one
		hindrances: await findHindrances(read, workplace),
		targets: choices.filter((one) => !own.has(one.id) && one.id !== parent),
		isPart
	};
}

async function listPath(read: Reader, reachedFrom: readonly string[], workplace: string) {
	const above = reachedFrom.filter((id) => id !== workplace);
	if (above.length === 0) return [];
	const rows = await read
		.select({ id: workplaces.id, name: workplaces.name, parent: workplaces.parent })
		.from(workplaces)
		.where(inArray(workplaces.id, above));
	const path: { id: string; name: string }[] = [];
	let next = rows.find(({ parent }) => parent === null);
	while (next) {
		const { id, name } = next;
		path.push({ id, name });
		next = rows.find(({ parent }) => parent === id);
	}
	return path;
}

async function listChildren(read: Reader, workplace: string) {
	const rows = await read
		.select({ id: workplaces.id, name: workplaces.name })
		.from(workplaces)
		.where(and(eq(workplaces.parent, workplace), isNull(workplaces.closedOn)));
	const byDanishName = new Intl.Collator('da');
	return rows.toSorted((a, b) => byDanishName.compare(a.name, b.name));
}

async function countWithin(read: Reader, ids: string[]): Promise<number> {
	const working = read
		.selectDistinct({ person: memberships.person })
		.from(memberships)
		.where(inArray(memberships.workplace, ids));
	const [found] = await read
		.select({ count: count() })
		.from(people)
		.where(and(inArray(people.id, working), isNull(people.closedOn)));
	return found?.count ?? 0;
}
