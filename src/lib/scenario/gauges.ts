import type { Auto, Effect, Gauge, Gauges, Guard } from './model.ts';

/** A gauge's bounds and start, as far as its values are concerned. */
type Dial = Pick<Gauge<unknown>, 'start' | 'min' | 'max'>;
type Dials = Readonly<Record<string, Dial>>;

/** The values with which a story begins. */
export function startingValues(dials: Dials): Gauges {
	return Object.fromEntries(Object.entries(dials).map(([name, dial]) => [name, dial.start]));
}

/** The values after an effect, each clamped to its bounds; gauges the effect does not name stay. */
export function applyEffect(dials: Dials, gauges: Gauges, effect: Effect | undefined): Gauges {
	if (effect === undefined) return gauges;
	const changed = { ...gauges };
	for (const [name, change] of Object.entries(effect)) {
		const dial = dials[name];
		const value = gauges[name];
		if (dial === undefined || value === undefined) continue;
		changed[name] = Math.min(dial.max, Math.max(dial.min, value + change));
	}
	return changed;
}

/** Whether every part of the guard holds, bounds included; no guard always holds. */
export function holds(guard: Guard | undefined, gauges: Gauges): boolean {
	if (guard === undefined) return true;
	return Object.entries(guard).every(([name, { min = -Infinity, max = Infinity }]) => {
		const value = gauges[name];
		return value !== undefined && value >= min && value <= max;
	});
}

/** The first automatic transition whose guard holds, or undefined. */
export function firstHolding(autos: readonly Auto[] | undefined, gauges: Gauges): Auto | undefined {
	return autos?.find((auto) => holds(auto.when, gauges));
}

/** The word that stands for a value: the first that reaches up to it, else the last. */
export function gaugeWord<T>(gauge: Gauge<T>, value: number): T {
	const found = gauge.words.find((entry) => value <= entry.upTo) ?? gauge.words.at(-1);
	if (found === undefined) throw new RangeError('A gauge has at least one word.');
	return found.word;
}
