/** One stop on the way: how high the alarm stood there. */
export interface AlarmPoint {
	level: number;
	/** A decision was taken here; it is marked and numbered. */
	decision?: boolean;
}

/** A place in the drawing: both from 0 to 100, y downwards. */
export interface Place {
	x: number;
	y: number;
}

const top = 10;
const ground = 96;

/** How far down a level stands; levels outside 0..max are held at the edge. */
export function heightOf(level: number, max: number): number {
	const share = max > 0 ? Math.min(1, Math.max(0, level / max)) : 0;
	return round(ground - share * (ground - top));
}

/** The stops spread evenly from left to right; a single stop stands in the middle. */
export function placePoints(points: readonly AlarmPoint[], max: number): Place[] {
	const edge = 5;
	return points.map((point, index) => ({
		x: round(points.length < 2 ? 50 : edge + (index / (points.length - 1)) * (100 - 2 * edge)),
		y: heightOf(point.level, max)
	}));
}

/** A line through the places, from edge to edge, that bends softly and never swings beyond them. */
export function drawThrough(places: readonly Place[]): string {
	const [first, ...rest] = places;
	if (!first) return '';
	let path = `M0 ${first.y}L${first.x} ${first.y}`;
	let from = first;
	for (const to of rest) {
		const middle = round((from.x + to.x) / 2);
		path += `C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
		from = to;
	}
	return `${path}L100 ${from.y}`;
}

/**
 * Where on the drawn wave the present level stands: on its way up, or on its way down again.
 * The wave rises from 0 at x = 14 to the top at x = 50 and falls to 0 at x = 86.
 */
export function placeOnWave(level: number, max: number, way: 'up' | 'down'): Place {
	const y = heightOf(level, max);
	const share = (ground - y) / (ground - top);
	const along = Math.acos(1 - 2 * share) / Math.PI;
	return { x: round(way === 'up' ? 14 + 36 * along : 86 - 36 * along), y };
}

/** The still wave that a dot is placed on: everyday, rising, top, falling, everyday. */
export function drawWave(): string {
	const steps = 48;
	let path = `M0 ${ground}L14 ${ground}`;
	for (let step = 1; step <= steps; step += 1) {
		const along = step / steps;
		const share = (1 - Math.cos(2 * Math.PI * along)) / 2;
		path += `L${round(14 + 72 * along)} ${round(ground - share * (ground - top))}`;
	}
	return `${path}L100 ${ground}`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
