import type { Scenario } from '#lib/scenario/model.ts';
import { measureWaysOut } from '#lib/scenario/ways.ts';
import { walkScenario, type Walk } from '#lib/scenario/walk.ts';

/** One way through a story, from its beginning to an ending. */
export interface TourWalk {
	moves: readonly string[];
	/** What is met on it for the first time, as `scene` or `scene/move`. */
	covers: readonly string[];
}

/**
 * A small set of ways through a sound scenario on which everything is met that can be met: every scene that
 * one comes to rest in, every choice, and both ways of telling a flagged scene. Each way goes on for as long
 * as something new can be reached from where it is, always to what is nearest, and then out on the shortest
 * way; so another way is begun only for what could not be reached any more. The same scenario always gives
 * the same tour.
 */
export function planTour<T>(scenario: Scenario<T>): TourWalk[] {
	const walk = walkScenario(scenario);
	if (walk.opening < 0) return [];
	const out = measureWaysOut(walk);
	const left = listTargets(walk);
	const walks: TourWalk[] = [];
	while (left.size > 0) {
		const covers: string[] = [];
		const moves: string[] = [];
		const meet = (names: readonly string[]) => {
			for (const name of names) if (left.delete(name)) covers.push(name);
		};
		let here = walk.opening;
		meet([sceneName(walk, here)]);
		for (;;) {
			const way = findNearest(walk, here, left);
			if (way === undefined) break;
			for (const edge of way) {
				const move = walk.nameMove(here, walk.edgeMove[edge] ?? 0);
				moves.push(move);
				meet([`${sceneName(walk, here)}/${move}`]);
				here = walk.edgeTo[edge] ?? here;
				meet([sceneName(walk, here)]);
			}
		}
		while (!walk.isEndingAt(here) && (out.distance[here] ?? -1) >= 0) {
			moves.push(walk.nameMove(here, out.move[here] ?? 0));
			here = out.next[here] ?? here;
		}
		// What is left cannot be met from the beginning: the check has told of it.
		if (covers.length === 0) break;
		walks.push({ moves, covers });
	}
	return walks;
}

const sceneName = (walk: Walk, position: number) =>
	walk.board.sceneIds[walk.sceneAt(position)] ?? '';

/** Everything that some state of the walk shows or offers. */
function listTargets(walk: Walk): Set<string> {
	const targets = new Set<string>();
	for (let position = 0; position < walk.size; position += 1) {
		const scene = sceneName(walk, position);
		targets.add(scene);
		const end = walk.edgeStart[position + 1] ?? 0;
		for (let edge = walk.edgeStart[position] ?? end; edge < end; edge += 1)
			targets.add(`${scene}/${walk.nameMove(position, walk.edgeMove[edge] ?? 0)}`);
	}
	return targets;
}

/** The edges of a shortest way from a state that ends with something left; undefined where there is none. */
function findNearest(
	walk: Walk,
	start: number,
	left: ReadonlySet<string>
): readonly number[] | undefined {
	const foundBy = new Map<number, { edge: number; from: number } | undefined>([[start, undefined]]);
	const ring = [start];
	for (let at = 0; at < ring.length; at += 1) {
		const here = ring[at] ?? start;
		const scene = sceneName(walk, here);
		const end = walk.edgeStart[here + 1] ?? 0;
		for (let edge = walk.edgeStart[here] ?? end; edge < end; edge += 1) {
			const to = walk.edgeTo[edge] ?? -1;
			if (to < 0) continue;
			const isNew =
				left.has(`${scene}/${walk.nameMove(here, walk.edgeMove[edge] ?? 0)}`) ||
				left.has(sceneName(walk, to));
			if (isNew) return [...traceBack(foundBy, here), edge];
			if (foundBy.has(to)) continue;
			foundBy.set(to, { edge, from: here });
			ring.push(to);
		}
	}
	return undefined;
}

function traceBack(
	foundBy: ReadonlyMap<number, { edge: number; from: number } | undefined>,
	position: number
): number[] {
	const edges: number[] = [];
	for (let step = foundBy.get(position); step; step = foundBy.get(step.from)) edges.push(step.edge);
	return edges.reverse();
}
