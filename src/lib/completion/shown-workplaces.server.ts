import type { Reader } from '#lib/server/db/store.ts';
import { listOpenMembers, listOpenWorkplaces } from '#lib/workplaces/open-tree.server.ts';
import { orderAsTree } from '#lib/workplaces/tree-order.ts';
import { chooseShown } from './shown-groups.ts';

/**
 * The workplaces of an organisation of which counts may be shown where leaders see counts only. It is
 * the same for everybody who looks, wherever they look from, so that no two pages give away together
 * what neither shows: see `chooseShown`. Wholes come before their parts, and parts in the order in which
 * they were made, which is the same on the next day.
 */
export async function listShownWorkplaces(
	read: Reader,
	organisation: string
): Promise<ReadonlySet<string>> {
	const workplaces = orderAsTree(await listOpenWorkplaces(read, organisation));
	const parentOf = new Map(workplaces.map(({ id, parent }) => [id, parent]));
	const peopleOf = new Map(workplaces.map(({ id }) => [id, new Set<string>()]));
	for (const { workplace, person } of await listOpenMembers(read, organisation)) {
		for (let at: string | null | undefined = workplace; at; at = parentOf.get(at))
			peopleOf.get(at)?.add(person);
	}
	const groups = workplaces.map(({ id, depth }) => {
		return { id, depth, people: peopleOf.get(id) ?? new Set<string>() };
	});
	return chooseShown(groups.toSorted((a, b) => a.depth - b.depth || a.id.localeCompare(b.id)));
}
