import { fold } from '#lib/identity/fold.ts';

/** A workplace as an import finds it. */
export interface KnownWorkplace {
	id: string;
	parent: string | null;
	name: string;
	setting: string | null;
	externalId: string | null;
	closedOn: string | null;
}

/** What a cell can mean; a name may be several workplaces'. */
export type Found = { id: string } | 'unknown' | 'ambiguous';

/** Finds workplaces by what a file calls them. */
export interface Places {
	find(text: string): Found;
}

const foldName = (text: string) => fold(text).replace(/\s+/g, ' ');

/** The names of a path, the innermost last. */
export function splitPath(text: string): string[] {
	return text
		.split(/\s*[/>\\]\s*/)
		.map(foldName)
		.filter((part) => part !== '');
}

/**
 * Indexes workplaces by external id and by name; a path of names, the innermost last, tells those apart
 * that have one name. A path need not begin at the top, but it leaves none out.
 */
export function indexPlaces(all: readonly KnownWorkplace[]): Places {
	const byId = new Map(all.map((each) => [each.id, each]));
	const byExternalId = new Map<string, string>();
	const byName = new Map<string, KnownWorkplace[]>();
	for (const each of all) {
		if (each.externalId !== null) byExternalId.set(foldName(each.externalId), each.id);
		const name = foldName(each.name);
		const alike = byName.get(name);
		if (alike) alike.push(each);
		else byName.set(name, [each]);
	}

	const isBelow = (workplace: KnownWorkplace, path: readonly string[]): boolean => {
		let at: KnownWorkplace | undefined = workplace;
		for (const name of path.toReversed()) {
			if (!at || foldName(at.name) !== name) return false;
			at = at.parent === null ? undefined : byId.get(at.parent);
		}
		return true;
	};

	const choose = (found: readonly KnownWorkplace[]): Found => {
		const [first, second] = found;
		if (!first) return 'unknown';
		return second ? 'ambiguous' : { id: first.id };
	};

	return {
		find(text) {
			const id = byExternalId.get(foldName(text));
			if (id !== undefined) return { id };
			const named = byName.get(foldName(text));
			if (named) return choose(named);
			const path = splitPath(text);
			const innermost = path.at(-1);
			if (path.length < 2 || innermost === undefined) return 'unknown';
			return choose((byName.get(innermost) ?? []).filter((each) => isBelow(each, path)));
		}
	};
}
