import { Graph, layout } from '@dagrejs/dagre';
import type { Draft } from '../document/draft.ts';

/** How large the card of a scene is drawn, in pixels. */
export const card = { width: 220, height: 96 } as const;

/** A way from one scene to another; several of one sort stand once. */
export interface MapWay {
	readonly id: string;
	readonly from: string;
	readonly to: string;
	/** By choosing, by itself, or told more gently. */
	readonly by: 'choice' | 'auto' | 'gentle';
	readonly count: number;
}

export interface MapSpot {
	readonly id: string;
	/** Of the upper left corner. */
	readonly x: number;
	readonly y: number;
}

/** All ways of a draft that lead somewhere. */
export function listMapWays({ scenes }: Draft): MapWay[] {
	const known = new Set(scenes.map(({ id }) => id));
	const ways = new Map<string, MapWay>();
	const add = (from: string, to: string | null, by: MapWay['by']) => {
		if (to === null || !known.has(to)) return;
		const id = `${by} ${from} ${to}`;
		ways.set(id, { id, from, to, by, count: (ways.get(id)?.count ?? 0) + 1 });
	};
	for (const { id, ending, choices, auto, flag } of scenes) {
		add(id, flag?.alternative ?? null, 'gentle');
		if (ending !== null) continue;
		for (const { to } of choices) add(id, to, 'choice');
		for (const { to } of auto) add(id, to, 'auto');
	}
	return [...ways.values()];
}

/** Where each scene is drawn, from above to below, so that ways cross seldom. */
export function layMap({ scenes }: Draft, ways: readonly MapWay[]): MapSpot[] {
	const graph = new Graph();
	graph.setGraph({ rankdir: 'TB', nodesep: 32, ranksep: 64 });
	graph.setDefaultEdgeLabel(() => ({}));
	for (const { id } of scenes) graph.setNode(id, { ...card });
	for (const { from, to } of ways) if (from !== to) graph.setEdge(from, to);
	layout(graph);
	return scenes.map(({ id }) => {
		const { x = 0, y = 0 } = graph.node(id) as { x?: number; y?: number }; // what the layout has set
		return { id, x: x - card.width / 2, y: y - card.height / 2 };
	});
}
