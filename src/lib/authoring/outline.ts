/** A scene as the outline sees it: its name and where one can go from it. */
export interface OutlineScene {
	id: string;
	/** In the order of the scene; a way that leads nowhere yet is left out. */
	leadsTo: readonly string[];
}

/** A scene at one place of the outline. */
export interface Branch {
	id: string;
	/**
	 * `first`: the scene itself, with all that follows from it. `rejoins`: it stands elsewhere in the
	 * outline, on a way that is no longer. `loops`: it is one of those that led here.
	 */
	as: 'first' | 'rejoins' | 'loops';
	branches: readonly Branch[];
}

export interface Outline {
	/** From where the story begins; undefined while no scene is named as the start. */
	tree: Branch | undefined;
	/** Scenes that no way leads to, each with what can be reached from them alone. */
	unreached: readonly Branch[];
}

/**
 * The scenes of a story as a tree. Each stands exactly once with what follows from it, at the end of a
 * shortest way from the start; wherever else a way leads to it, only its name stands, marked as a place
 * where ways join again or go round in a loop. A scene stands once under another, however many ways lead there.
 */
export function layOutline(start: string | undefined, scenes: readonly OutlineScene[]): Outline {
	const known = new Map(scenes.map((scene) => [scene.id, scene]));
	const parents = new Map<string, string | undefined>();
	if (start !== undefined && known.has(start)) spread(start, known, parents);
	const tree = start !== undefined && parents.has(start) ? grow(start, known, parents) : undefined;
	const roots = findRoots(scenes, known, parents);
	return { tree, unreached: roots.map((root) => grow(root, known, parents)) };
}

type Known = ReadonlyMap<string, OutlineScene>;
/** Under which scene each one has its place; undefined for those that stand first. */
type Parents = Map<string, string | undefined>;

/** Gives every scene that can be reached, and has no place yet, its place on a shortest way. */
function spread(root: string, known: Known, parents: Parents): void {
	parents.set(root, undefined);
	const ring = [root];
	for (const id of ring) {
		for (const to of listTargets(id, known)) {
			if (parents.has(to)) continue;
			parents.set(to, id);
			ring.push(to);
		}
	}
}

/** Those from which all scenes without a place are reached; ones that nothing leads to come first. */
function findRoots(scenes: readonly OutlineScene[], known: Known, parents: Parents): string[] {
	const left = scenes.filter(({ id }) => !parents.has(id));
	const entered = new Set(
		left.flatMap(({ id }) => listTargets(id, known).filter((to) => to !== id))
	);
	const roots: string[] = [];
	const settle = ({ id }: OutlineScene) => {
		if (parents.has(id)) return;
		roots.push(id);
		spread(id, known, parents);
	};
	for (const scene of left) if (!entered.has(scene.id)) settle(scene);
	for (const scene of left) settle(scene);
	return roots;
}

function grow(root: string, known: Known, parents: Parents): Branch {
	const above: string[] = [];
	const build = (id: string): Branch => {
		above.push(id);
		const branches = listTargets(id, known).map((to): Branch => {
			if (above.includes(to)) return { id: to, as: 'loops', branches: [] };
			return parents.get(to) === id ? build(to) : { id: to, as: 'rejoins', branches: [] };
		});
		above.pop();
		return { id, as: 'first', branches };
	};
	return build(root);
}

function listTargets(id: string, known: Known): string[] {
	const leadsTo = known.get(id)?.leadsTo ?? [];
	return [...new Set(leadsTo)].filter((to) => known.has(to));
}
