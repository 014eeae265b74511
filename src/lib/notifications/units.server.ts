import { and, eq, isNull } from 'drizzle-orm';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { listOpenWorkplaces } from '#lib/workplaces/open-tree.server.ts';
import { grants, workplaces } from '#lib/workplaces/tables.server.ts';

/** Who leads what, in one organisation. */
export interface Units {
	/** Workplaces somebody leads directly, with who does. */
	led: ReadonlyMap<string, readonly string[]>;
	/** Who leads nearest to each workplace: there, or at the first one above with a leader. */
	nearest: ReadonlyMap<string, readonly string[]>;
}

/** Who leads the units of an organisation: whoever leads further up is told nothing of each house. */
export async function readUnits(read: Reader, organisation: string): Promise<Units> {
	const rows = await read
		.select({ workplace: grants.workplace, person: grants.person })
		.from(grants)
		.innerJoin(workplaces, eq(workplaces.id, grants.workplace))
		.innerJoin(people, eq(people.id, grants.person))
		.where(
			and(
				eq(workplaces.organisation, organisation),
				eq(grants.role, 'leader'),
				isNull(people.closedOn)
			)
		);
	const led = new Map<string, string[]>();
	for (const { workplace, person } of rows)
		led.set(workplace, [...(led.get(workplace) ?? []), person]);
	const open = await listOpenWorkplaces(read, organisation);
	const parents = new Map(open.map(({ id, parent }) => [id, parent]));
	const nearest = new Map<string, readonly string[]>();
	for (const { id } of open) {
		let at: string | null | undefined = id;
		while (at && !led.has(at)) at = parents.get(at);
		const leaders = at ? led.get(at) : undefined;
		if (leaders) nearest.set(id, leaders);
	}
	return { led, nearest };
}
