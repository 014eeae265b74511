import type { Scenario } from '../model.ts';
import { tellAsIs } from '../run.ts';
import { findScene, isEnding } from '../scenes.ts';

/** Passages are 100 wide and high; Twine shows the map in steps of 25. */
const columnWidth = 150;
const rowHeight = 125;
/** Left of the scenes stand the passages around them. */
const margin = 250;

/**
 * Where the passages of a scenario stand on Twine's map: scenes in columns by how many moves they are
 * away from the beginning, the passages of their choices in the columns between. No two overlap;
 * scenes that nothing leads to stand in the last column.
 */
export function layOut(scenario: Scenario): ReadonlyMap<string, { x: number; y: number }> {
	const depths = measureDepths(scenario);
	const deepest = Math.max(0, ...depths.values());
	const places = new Map<string, { x: number; y: number }>();
	const rows = new Map<number, number>();
	const put = (name: string, column: number) => {
		const row = rows.get(column) ?? 0;
		rows.set(column, row + 1);
		places.set(name, { x: margin + column * columnWidth, y: 50 + row * rowHeight });
	};
	for (const [id, scene] of Object.entries(scenario.scenes)) {
		const column = 3 * (depths.get(id) ?? deepest + 1);
		put(id, column);
		if (scene.flag) put(`${id}/${tellAsIs}`, column + 1);
		if (isEnding(scene)) continue;
		for (const choice of Object.keys(scene.choices)) put(`${id}/${choice}`, column + 2);
	}
	return places;
}

function measureDepths(scenario: Scenario): Map<string, number> {
	const depths = new Map([[scenario.start, 0]]);
	// A map is gone through in the order in which it is filled, also with what comes in meanwhile.
	for (const [id, depth] of depths) {
		for (const next of listNext(scenario, id)) {
			if (!depths.has(next)) depths.set(next, depth + 1);
		}
	}
	return depths;
}

function listNext(scenario: Scenario, id: string): string[] {
	const scene = findScene(scenario, id);
	if (scene === undefined) return [];
	const gentler = scene.flag ? [scene.flag.alternative] : [];
	if (isEnding(scene)) return gentler;
	return [
		...gentler,
		...(scene.auto ?? []).map(({ to }) => to),
		...Object.values(scene.choices).map(({ to }) => to)
	];
}
