import { and, count, eq, exists, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { canAnywhere, placesWhere } from '#lib/access/rights.ts';
import type { Permission } from '#lib/access/roles.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import type { KnownWorkplace } from './places.server.ts';
import { grants, memberships, workplaceReach, workplaces } from './tables.server.ts';
import { orderAsTree, type Placed } from './tree-order.ts';
import { listWorkplacesWhere } from './tree.server.ts';

/** A workplace in the tree, with who leads it and how many work right there. */
export type TreeLine = Placed<KnownWorkplace> & { people: number; leaders: string[] };

/**
 * The workplaces that the actor may change, closed ones too, as a tree.
 *
 * @throws {DomainError} `forbidden` to who may change none.
 */
export async function listTree(app: App, actor: Actor): Promise<TreeLine[]> {
	if (!canAnywhere(actor, 'workplaces.manage'))
		throw new DomainError('forbidden', 'workplaces.manage');
	const { read } = app.db;
	const known = await listKnown(read, placesWhere(actor, 'workplaces.manage'));
	const working = await countPeople(read, actor.organisation);
	const leading = await listLeaders(read, actor.organisation);
	return orderAsTree(known).map((one) => ({
		...one,
		people: working.get(one.id) ?? 0,
		leaders: (leading.get(one.id) ?? []).map(({ name }) => name).toSorted(byDanishName.compare)
	}));
}

/** The open workplaces at which the actor may do this, as a tree to choose from. */
export async function listChoices(
	app: App,
	actor: Actor,
	permission: Permission
): Promise<{ id: string; name: string; depth: number }[]> {
	const places = await listWorkplacesWhere(app.db.read, actor, permission);
	return orderAsTree(places).map(({ id, name, depth }) => ({ id, name, depth }));
}

const byDanishName = new Intl.Collator('da');

async function listKnown(read: Reader, held: readonly string[]): Promise<KnownWorkplace[]> {
	return read
		.select({
			id: workplaces.id,
			organisation: workplaces.organisation,
			parent: workplaces.parent,
			name: workplaces.name,
			setting: workplaces.setting,
			closedOn: workplaces.closedOn
		})
		.from(workplaces)
		.where(
			exists(
				read
					.select({ below: workplaceReach.below })
					.from(workplaceReach)
					.where(
						and(eq(workplaceReach.below, workplaces.id), inArray(workplaceReach.above, [...held]))
					)
			)
		);
}

/** How many people work right at each workplace. */
async function countPeople(
	read: Reader,
	organisation: string
): Promise<ReadonlyMap<string, number>> {
	const rows = await read
		.select({ workplace: memberships.workplace, count: count() })
		.from(memberships)
		.innerJoin(people, eq(people.id, memberships.person))
		.where(and(eq(people.organisation, organisation), isNull(people.closedOn)))
		.groupBy(memberships.workplace);
	return new Map(rows.map((row) => [row.workplace, row.count]));
}

async function listLeaders(read: Reader, organisation: string) {
	const rows = await read
		.select({ workplace: grants.workplace, name: people.name })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.person))
		.where(
			and(eq(grants.role, 'leader'), eq(people.organisation, organisation), isNull(people.closedOn))
		);
	return Map.groupBy(rows, ({ workplace }) => workplace);
}
