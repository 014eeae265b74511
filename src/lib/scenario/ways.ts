import { asIs } from './board.ts';
import type { Run } from './run.ts';
import { walkScenario, type Walk } from './walk.ts';

/** The number of decisions beyond which "at most" is not told: more would only weigh on the reader. */
const mostTold = 9;
/** Steps of the search for the longest way; more would be felt in the browser. */
const searchLimit = 20_000;

interface Ways {
	walk: Walk;
	/** For each state, decisions to the nearest ending; -1 where none can be reached. */
	distance: Int32Array;
	/** For each state, where the nearest ending lies: the next state and the move to it. */
	next: Int32Array;
	move: Int32Array;
}

const cache = new WeakMap<object, Ways>();

/**
 * How many decisions are left: on the way with the fewest, and on the longest that visits no scene
 * twice, neither told beyond 9. Choosing how a flagged scene is told is no decision. Both are 0 when
 * the story is over.
 */
export function decisionsToGo(run: Run): { atLeast: number; atMost: number } {
	const ways = waysOf(run);
	const position = locate(ways, run);
	if (position === undefined) return { atLeast: 0, atMost: mostTold };
	const atLeast = Math.min(mostTold, Math.max(0, ways.distance[position] ?? 0));
	return { atLeast, atMost: Math.max(atLeast, measureLongest(ways.walk, position)) };
}

/** The moves with the fewest decisions from where a run stands to an ending; undefined without any. */
export function wayOut(run: Run): string[] | undefined {
	const ways = waysOf(run);
	let here = locate(ways, run);
	if (here === undefined || (ways.distance[here] ?? -1) < 0) return undefined;
	const moves: string[] = [];
	while (!ways.walk.isEndingAt(here)) {
		moves.push(ways.walk.nameMove(here, ways.move[here] ?? 0));
		here = ways.next[here] ?? here;
	}
	return moves;
}

/**
 * For each state of a walk the fewest decisions to an ending (or whatever else counts as a goal), -1
 * where there is none, with the next state and the move on that way.
 */
export function measureWaysOut(
	walk: Walk,
	isGoal: (position: number) => boolean = (position) => walk.isEndingAt(position)
): Omit<Ways, 'walk'> {
	const distance = new Int32Array(walk.size).fill(-1);
	const next = new Int32Array(walk.size);
	const move = new Int32Array(walk.size);
	const { from, moves, first } = turnAround(walk);
	let ring: number[] = [];
	for (let position = 0; position < walk.size; position += 1) {
		if (!isGoal(position)) continue;
		distance[position] = 0;
		ring.push(position);
	}
	// Telling costs nothing, so its states join the ring that is being worked off.
	for (let decisions = 0; ring.length > 0; decisions += 1) {
		const further: number[] = [];
		for (let index = 0; index < ring.length; index += 1) {
			const here = ring[index] ?? 0;
			if (distance[here] !== decisions) continue;
			const end = first[here + 1] ?? 0;
			for (let edge = first[here] ?? end; edge < end; edge += 1) {
				const before = from[edge] ?? 0;
				const cost = (moves[edge] ?? 0) < 0 ? 0 : 1;
				const known = distance[before] ?? -1;
				if (known >= 0 && known <= decisions + cost) continue;
				distance[before] = decisions + cost;
				next[before] = here;
				move[before] = moves[edge] ?? 0;
				(cost === 0 ? ring : further).push(before);
			}
		}
		ring = further;
	}
	return { distance, next, move };
}

/** The edges of a walk by the state they lead to: those into state `p` from `first[p]` to before `first[p + 1]`. */
function turnAround({ size, edgeStart, edgeTo, edgeMove }: Walk) {
	const first = new Int32Array(size + 1);
	for (const to of edgeTo) if (to >= 0) first[to + 1] = (first[to + 1] ?? 0) + 1;
	for (let position = 0; position < size; position += 1) {
		first[position + 1] = (first[position + 1] ?? 0) + (first[position] ?? 0);
	}
	const free = first.slice();
	const from = new Int32Array(edgeTo.length);
	const moves = new Int32Array(edgeTo.length);
	for (let position = 0; position < size; position += 1) {
		const end = edgeStart[position + 1] ?? 0;
		for (let edge = edgeStart[position] ?? end; edge < end; edge += 1) {
			const to = edgeTo[edge] ?? -1;
			if (to < 0) continue;
			const place = free[to] ?? 0;
			free[to] = place + 1;
			from[place] = position;
			moves[place] = edgeMove[edge] ?? 0;
		}
	}
	return { from, moves, first };
}

/** Decisions on the longest way to an ending that shows no scene twice, at most `mostTold`. */
function measureLongest(walk: Walk, start: number): number {
	const shown = new Set<number>();
	let left = searchLimit;
	const search = (here: number, decisions: number): number => {
		if (walk.isEndingAt(here)) return decisions;
		if (decisions >= mostTold || left === 0) return mostTold;
		left -= 1;
		const scene = walk.sceneAt(here);
		const first = !shown.has(scene);
		shown.add(scene);
		let longest = 0;
		const end = walk.edgeStart[here + 1] ?? 0;
		for (let edge = walk.edgeStart[here] ?? end; edge < end && longest < mostTold; edge += 1) {
			const to = walk.edgeTo[edge] ?? -1;
			if (to < 0) continue;
			const isAsIs = walk.edgeMove[edge] === asIs;
			if (!isAsIs && shown.has(walk.sceneAt(to))) continue;
			const cost = (walk.edgeMove[edge] ?? 0) < 0 ? 0 : 1;
			longest = Math.max(longest, search(to, decisions + cost));
		}
		if (first) shown.delete(scene);
		return longest;
	};
	return search(start, 0);
}

function waysOf(run: Run): Ways {
	const known = cache.get(run.scenario);
	if (known !== undefined) return known;
	const walk = walkScenario(run.scenario);
	const ways = { walk, ...measureWaysOut(walk) };
	cache.set(run.scenario, ways);
	return ways;
}

function locate(ways: Ways, run: Run): number | undefined {
	return ways.walk.positionOf({
		scene: run.scene,
		telling: run.telling !== undefined,
		gauges: run.gauges
	});
}
