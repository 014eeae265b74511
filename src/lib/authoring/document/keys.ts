import { makeKebab } from '#lib/scenario/formats/kebab-names.ts';

/** What somebody typed as the name of a scene or choice, in the form that the file wants; empty stays empty. */
export function tidyKey(wish: string): string {
	return wish.trim() === '' ? '' : makeKebab(wish.trim(), 'x');
}

/**
 * The names that parts get, by id, none twice: each the one it wishes for, in kebab-case. Of several
 * that wish for the same the one with the first id has it, whatever their order, and the others get a
 * number behind it, so that everybody who has the same document sees the same names.
 */
export function giveKeys(
	parts: readonly { id: string; wish: string }[],
	otherwise: string
): ReadonlyMap<string, string> {
	const wishes = parts
		.map(({ id, wish }) => ({ id, name: makeKebab(wish, otherwise) }))
		.toSorted((a, b) => (a.id < b.id ? -1 : 1));
	const keys = new Map<string, string>();
	const taken = new Set<string>();
	const late: typeof wishes = [];
	for (const one of wishes) {
		if (taken.has(one.name)) {
			late.push(one);
		} else {
			taken.add(one.name);
			keys.set(one.id, one.name);
		}
	}
	const next = new Map<string, number>();
	for (const { id, name } of late) {
		let number = next.get(name) ?? 2;
		while (taken.has(`${name}-${number}`)) number += 1;
		next.set(name, number + 1);
		taken.add(`${name}-${number}`);
		keys.set(id, `${name}-${number}`);
	}
	return keys;
}
