import type { ChoiceKind, Effect, Gauges, Guard, Scenario } from './model.ts';
import { isEnding } from './scenes.ts';

/** An arrival where the target is no scene. */
export const nowhere = -1;
/** An arrival that never comes: automatic transitions lead round in a ring. */
export const endless = -2;
/** The moves before a flagged scene; choices are counted from 0. */
export const asIs = -1;
export const gently = -2;

/**
 * The structure of a scenario in whole numbers, for walking through all its states quickly. A state
 * is `slot * span + value`: the slot says which scene is shown (or, from `sceneIds.length` on, before
 * which one the telling is chosen), the value holds all gauges in mixed radix.
 */
export interface Board {
	sceneIds: readonly string[];
	rooms: readonly Room[];
	dials: readonly BoardDial[];
	/** How many values the gauges have together. */
	span: number;
	start: number;
	startValue: number;
}

export interface BoardDial {
	name: string;
	min: number;
	size: number;
	weight: number;
	/** The last value, counted from 0. */
	top: number;
}

export interface Room {
	ending: boolean;
	/** The scene that is told instead, `nowhere` if that is no scene, undefined without a flag. */
	alternative: number | undefined;
	autos: readonly { when: readonly Limit[]; to: number }[];
	choices: readonly BoardChoice[];
}

export interface BoardChoice {
	id: string;
	kind: ChoiceKind;
	when: readonly Limit[];
	effect: readonly Shift[];
	to: number;
}

/** What is added to one gauge, with what is needed to do so: its weight and its last value. */
interface Shift {
	dial: number;
	change: number;
	weight: number;
	top: number;
}

/** Bounds of one gauge, counted from its lowest value, both inclusive. */
interface Limit {
	dial: number;
	from: number;
	to: number;
}

/** Lays a scenario out. Guards and effects on gauges that do not exist are left out. */
export function layOut<T>(scenario: Scenario<T>): Board {
	const sceneIds = Object.keys(scenario.scenes);
	const indexes = new Map(sceneIds.map((id, index) => [id, index]));
	const indexOf = (id: string) => indexes.get(id) ?? nowhere;
	const dials = layDials(scenario);
	const positions = new Map(dials.map((dial, index) => [dial.name, index]));

	const rooms = Object.values(scenario.scenes).map((scene): Room => {
		const alternative = scene.flag === undefined ? undefined : indexOf(scene.flag.alternative);
		if (isEnding(scene)) return { ending: true, alternative, autos: [], choices: [] };
		return {
			ending: false,
			alternative,
			autos: (scene.auto ?? []).map((auto) => ({
				when: layGuard(auto.when, dials, positions),
				to: indexOf(auto.to)
			})),
			choices: Object.entries(scene.choices).map(([id, choice]) => ({
				id,
				kind: choice.kind,
				when: layGuard(choice.when, dials, positions),
				effect: layEffect(choice.effect, dials, positions),
				to: indexOf(choice.to)
			}))
		};
	});
	return {
		sceneIds,
		rooms,
		dials,
		span: dials.reduce((product, dial) => product * dial.size, 1),
		start: indexOf(scenario.start),
		startValue: encodeGauges(
			dials,
			Object.fromEntries(
				Object.entries(scenario.gauges).map(([name, gauge]) => [name, gauge.start])
			)
		)
	};
}

function layDials<T>(scenario: Scenario<T>): BoardDial[] {
	let weight = 1;
	return Object.entries(scenario.gauges).map(([name, { min, max }]) => {
		const size = Math.max(1, max - min + 1);
		const dial = { name, min, size, weight, top: size - 1 };
		weight *= size;
		return dial;
	});
}

function layGuard(
	guard: Guard | undefined,
	dials: readonly BoardDial[],
	positions: ReadonlyMap<string, number>
): Limit[] {
	return Object.entries(guard ?? {}).flatMap(([name, { min = -Infinity, max = Infinity }]) => {
		const dial = positions.get(name);
		if (dial === undefined) return [];
		const lowest = dials[dial]?.min ?? 0;
		return [{ dial, from: min - lowest, to: max - lowest }];
	});
}

function layEffect(
	effect: Effect | undefined,
	dials: readonly BoardDial[],
	positions: ReadonlyMap<string, number>
): Shift[] {
	return Object.entries(effect ?? {}).flatMap(([name, change]) => {
		const dial = positions.get(name) ?? nowhere;
		const { weight, top } = dials[dial] ?? { weight: 0, top: 0 };
		return dial === nowhere || change === 0 ? [] : [{ dial, change, weight, top }];
	});
}

/** The gauges as one number; values beyond a bound count as the bound. */
export function encodeGauges(dials: readonly BoardDial[], gauges: Gauges): number {
	return dials.reduce((value, dial) => {
		const digit = (gauges[dial.name] ?? dial.min) - dial.min;
		return value + dial.weight * Math.min(dial.top, Math.max(0, digit));
	}, 0);
}

/** The gauges that a number stands for. */
export function decodeGauges(dials: readonly BoardDial[], value: number): Gauges {
	const digits: number[] = [];
	readDigits(dials, value, digits);
	return Object.fromEntries(
		dials.map((dial, index) => [dial.name, dial.min + (digits[index] ?? 0)])
	);
}

/** Each gauge by itself, counted from its lowest value, written into a list with room for all. */
export function readDigits(dials: readonly BoardDial[], value: number, digits: number[]): void {
	let rest = value;
	for (let index = 0; index < dials.length; index += 1) {
		const size = dials[index]?.size ?? 1;
		const next = Math.floor(rest / size);
		digits[index] = rest - next * size;
		rest = next;
	}
}

/** Whether all limits hold. */
export function withinLimits(when: readonly Limit[], digits: readonly number[]): boolean {
	for (let index = 0; index < when.length; index += 1) {
		const limit = when[index];
		if (limit === undefined) continue;
		const digit = digits[limit.dial] ?? 0;
		if (digit < limit.from || digit > limit.to) return false;
	}
	return true;
}

/** The gauges after a choice; `digits` are those of the value. */
export function takeEffect(
	{ effect }: BoardChoice,
	value: number,
	digits: readonly number[]
): number {
	let after = value;
	for (let index = 0; index < effect.length; index += 1) {
		const shift = effect[index];
		if (shift === undefined) continue;
		const digit = digits[shift.dial] ?? 0;
		const wanted = digit + shift.change;
		const moved = wanted < 0 ? 0 : wanted > shift.top ? shift.top : wanted;
		after += shift.weight * (moved - digit);
	}
	return after;
}

/**
 * The state in which an entry into a scene ends, after automatic transitions; or `nowhere`, or
 * `endless`. Every scene entered on the way is told to `enter`.
 */
export function arrive(
	board: Board,
	scene: number,
	value: number,
	enter: (scene: number) => void
): number {
	let here = scene;
	for (let hops = 0; hops <= board.rooms.length; hops += 1) {
		const room = board.rooms[here];
		if (room === undefined) return nowhere;
		enter(here);
		const auto = room.autos.length === 0 ? undefined : findAuto(board, room, value);
		if (auto === undefined) {
			const slot = room.alternative === undefined ? here : here + board.rooms.length;
			return slot * board.span + value;
		}
		here = auto.to;
	}
	return endless;
}

function findAuto({ dials }: Board, { autos }: Room, value: number) {
	const digits: number[] = [];
	readDigits(dials, value, digits);
	return autos.find(({ when }) => withinLimits(when, digits));
}
