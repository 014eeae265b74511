import { and, inArray, ne } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { createBreathe } from '#lib/server/slices.ts';
import { counted } from './tables.server.ts';
import { requireNames, sinceOf, type Team } from './team.server.ts';
import { namePlaces, readMembers, type TeamMember } from './team-members.server.ts';
import { findMembers, mostTogether, order } from './team-people.server.ts';
import type { PeopleFilter } from './team-wish.ts';

/** A line of a list to keep: a person with the names of where they work and what they are there. */
export interface ExportRow extends TeamMember {
	places: readonly string[];
	/** Beside their work there. */
	roles: readonly string[];
}

/** A workbook is written in one piece, which others wait for: it holds so many people at most. */
export const mostInWorkbook = 1000;

/** So many people are read and handed on at once. */
const portion = 200;

/**
 * Everybody who fits, in the order wished, some at a time: who they are is gathered first, and where
 * they stand is read as it is asked for. That a list was made is written down.
 *
 * @throws {DomainError} `forbidden` where only counts are shown.
 */
export async function exportTeam(
	app: App,
	actor: Actor,
	team: Team,
	filter: PeopleFilter
): Promise<AsyncGenerator<ExportRow[]>> {
	requireNames(team);
	const { read } = app.db;
	const names = await namePlaces(read, team.tops);
	const members = await findMembers(app, team, filter);
	const sorted = members.length > mostTogether ? members : order(members, filter.sort, names);
	const ids = sorted.map(({ person }) => person);
	await app.db.write((tx) =>
		writeAudit(tx, app.now(), {
			event: 'data.exported',
			actor,
			workplace: team.workplace?.id ?? null,
			detail: { course: team.course, people: String(ids.length) }
		})
	);
	return readPortions(read, team, ids, names);
}

async function* readPortions(
	read: Reader,
	team: Team,
	ids: readonly string[],
	names: ReadonlyMap<string, string>
): AsyncGenerator<ExportRow[]> {
	const breathe = createBreathe();
	for (let from = 0; from < ids.length; from += portion) {
		const some = ids.slice(from, from + portion);
		const roles = await listRoles(read, some, names);
		const members = await readMembers(read, team, sinceOf(team), some, (id) => names.has(id));
		yield members.map((member) => ({
			...member,
			places: member.workplaces.flatMap((id) => names.get(id) ?? []),
			roles: [...(roles.get(member.person) ?? [])]
		}));
		await breathe();
	}
}

/** What these people are at the workplaces that are looked at, beside staff. */
async function listRoles(
	read: Reader,
	ids: readonly string[],
	names: ReadonlyMap<string, string>
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
	const rows = await read
		.select({ person: counted.person, workplace: counted.workplace, role: counted.role })
		.from(counted)
		.where(and(inArray(counted.person, [...ids]), ne(counted.role, 'staff')));
	const found = new Map<string, Set<string>>();
	for (const { person, workplace, role } of rows) {
		if (!names.has(workplace)) continue;
		const known = found.get(person);
		if (known) known.add(role);
		else found.set(person, new Set([role]));
	}
	return found;
}

/**
 * Everybody who fits at once, for a file that cannot be written a piece at a time.
 *
 * @throws {DomainError} `invalid` where they are more than a workbook holds.
 */
export async function gatherExport(rows: AsyncGenerator<ExportRow[]>): Promise<ExportRow[]> {
	const all: ExportRow[] = [];
	for await (const some of rows) {
		all.push(...some);
		if (all.length > mostInWorkbook) throw new DomainError('invalid', 'workbook');
	}
	return all;
}
