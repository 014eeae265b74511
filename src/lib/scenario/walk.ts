import {
	arrive,
	asIs,
	decodeGauges,
	encodeGauges,
	endless,
	gently,
	layOut,
	nowhere,
	readDigits,
	takeEffect,
	withinLimits,
	type Board,
	type BoardChoice,
	type Room
} from './board.ts';
import type { Gauges, Scenario } from './model.ts';

/**
 * How many states (scene × gauge values, and once more before a flagged scene) a walk visits at
 * most. A scenario with more is too large to be vouched for.
 */
export const stateLimit = 200_000;

/** Stands for a state beyond the limit. */
export const unseen = -3;

/** A state of a story: what is shown, and the gauges. */
export interface StoryPosition {
	scene: string;
	/** True before a flagged scene, while one chooses how it is told. */
	telling: boolean;
	gauges: Gauges;
}

/**
 * Every state that can be reached, in the order of their distance from the start, so that the way by
 * which each was found first is a shortest one.
 */
export class Walk {
	readonly board: Board;
	/** False when there were more states than the limit; what was not seen may still be reachable. */
	readonly complete: boolean;
	/** What the entry into the first scene leads to: 0, or `nowhere` or `endless`. */
	readonly opening: number;
	/** Number of states. */
	readonly size: number;
	/** The edges that leave state `p` are those from `edgeStart[p]` to before `edgeStart[p + 1]`. */
	readonly edgeStart: Int32Array;
	/** For each edge the state it leads to, or `nowhere`, `endless` or `unseen`. */
	readonly edgeTo: Int32Array;
	/** For each edge the position of a choice in its scene, `asIs` or `gently`. */
	readonly edgeMove: Int32Array;
	/** The moves that lead nowhere or round in a ring for ever, by the states where they are made. */
	readonly strays: readonly { from: number; move: number; to: number }[];
	readonly #entered: Uint8Array;
	/** For each scene and each of its choices. */
	readonly #offered: readonly Uint8Array[];
	/** For each state the scene that is shown, or on top of all scenes the one before which the telling is chosen. */
	readonly #slots: Int32Array;
	/** For each state the gauges as the board counts them. */
	readonly #values: Float64Array;
	/** For each state but the first the edge that found it. */
	readonly #foundFrom: Int32Array;
	readonly #positions: Positions;

	constructor(board: Board, limit: number) {
		this.board = board;
		const { rooms, span } = board;
		const possible = 2 * rooms.length * span;
		const entered = new Uint8Array(rooms.length);
		const enter = (scene: number) => {
			entered[scene] = 1;
		};
		const offered = rooms.map(({ choices }) => new Uint8Array(choices.length));
		const strays: Walk['strays'][number][] = [];
		const slots = new Column();
		const values = new WideColumn();
		const foundFrom = new Column();
		const edgeStart = new Column();
		const edgeTo = new Column();
		const edgeMove = new Column();
		const positions = makePositions(possible);
		let complete = Number.isSafeInteger(possible);

		const find = (slot: number, value: number): number => {
			const state = slot * span + value;
			const known = positions.get(state);
			if (known >= 0) return known;
			if (slots.length >= limit) {
				complete = false;
				return unseen;
			}
			positions.set(state, slots.length);
			foundFrom.push(edgeTo.length);
			values.push(value);
			slots.push(slot);
			return slots.length - 1;
		};
		/** Where one comes to rest in a scene without automatic transitions, as most are; else `nowhere`. */
		const rests = Int32Array.from(rooms, ({ autos, alternative }, scene) => {
			if (autos.length > 0) return nowhere;
			return alternative === undefined ? scene : scene + rooms.length;
		});
		const settle = (scene: number, value: number): number => {
			const rest = rests[scene] ?? nowhere;
			if (rest >= 0) {
				entered[scene] = 1;
				return find(rest, value);
			}
			const state = arrive(board, scene, value, enter);
			if (state < 0) return state;
			const slot = Math.floor(state / span);
			return find(slot, state - slot * span);
		};
		const link = (from: number, move: number, to: number) => {
			if (to === nowhere || to === endless) strays.push({ from, move, to });
			edgeTo.push(to);
			edgeMove.push(move);
		};

		this.opening = complete ? settle(board.start, board.startValue) : unseen;
		const digits: number[] = [];
		for (let here = 0; here < slots.length; here += 1) {
			edgeStart.push(edgeTo.length);
			const slot = slots.at(here);
			const value = values.at(here);
			const isTelling = slot >= rooms.length;
			const scene = isTelling ? slot - rooms.length : slot;
			const room = rooms[scene];
			if (room === undefined) continue;
			if (isTelling) {
				link(here, asIs, find(scene, value));
				link(here, gently, settle(room.alternative ?? nowhere, value));
				continue;
			}
			readDigits(board.dials, value, digits);
			const { choices } = room;
			const marks = offered[scene];
			for (let move = 0; move < choices.length; move += 1) {
				const choice = choices[move];
				if (choice === undefined || !withinLimits(choice.when, digits)) continue;
				link(here, move, settle(choice.to, takeEffect(choice, value, digits)));
				if (marks !== undefined) marks[move] = 1;
			}
		}
		edgeStart.push(edgeTo.length);

		this.complete = complete;
		this.strays = strays;
		this.#entered = entered;
		this.#offered = offered;
		this.size = slots.length;
		this.#slots = slots.trim();
		this.#values = values.trim();
		this.edgeStart = edgeStart.trim();
		this.edgeTo = edgeTo.trim();
		this.edgeMove = edgeMove.trim();
		this.#foundFrom = foundFrom.trim();
		this.#positions = positions;
	}

	/** Whether a scene is entered, be it only to be left at once by an automatic transition. */
	isEntered(scene: number): boolean {
		return this.#entered[scene] === 1;
	}

	/** Whether a choice is offered in some state. */
	isOffered(scene: number, choice: number): boolean {
		return this.#offered[scene]?.[choice] === 1;
	}

	/** Index of the scene that a state belongs to. */
	sceneAt(position: number): number {
		const slot = this.#slotAt(position);
		const { length } = this.board.rooms;
		return slot < length ? slot : slot - length;
	}

	/** Whether the telling is being chosen in a state. */
	isTelling(position: number): boolean {
		return this.#slotAt(position) >= this.board.rooms.length;
	}

	/** The structure of the scene that a state belongs to. */
	roomAt(position: number): Room {
		const room = this.board.rooms[this.sceneAt(position)];
		if (room === undefined) throw new RangeError(`The walk has no state ${position}.`);
		return room;
	}

	/** Whether the story is over in a state. */
	isEndingAt(position: number): boolean {
		return !this.isTelling(position) && this.roomAt(position).ending;
	}

	/** Whether no move can be made in a state, be it that the story is over. */
	offersNothing(position: number): boolean {
		return this.edgeStart[position] === this.edgeStart[position + 1];
	}

	/** The choice that a move from a state stands for; undefined where the telling is chosen. */
	choiceAt(position: number, move: number): BoardChoice | undefined {
		return move < 0 ? undefined : this.roomAt(position).choices[move];
	}

	/** The move as the run takes it: the name of a choice, `:as-is` or `:gently`. */
	nameMove(position: number, move: number): string {
		if (move === asIs) return ':as-is';
		if (move === gently) return ':gently';
		return this.choiceAt(position, move)?.id ?? '';
	}

	/** A shortest sequence of moves from the start to a state. */
	wayTo(position: number): string[] {
		const way: string[] = [];
		let here = position;
		while (here > 0) {
			const edge = this.#foundFrom[here] ?? 0;
			here = this.#ownerOf(edge);
			way.push(this.nameMove(here, this.edgeMove[edge] ?? asIs));
		}
		return way.reverse();
	}

	/** The state from which a state was found first; undefined at the start. */
	foundFrom(position: number): number | undefined {
		return position === 0 ? undefined : this.#ownerOf(this.#foundFrom[position] ?? 0);
	}

	/** The gauges of a state as the board counts them. */
	valueAt(position: number): number {
		return this.#values[position] ?? 0;
	}

	/** What a state is, in the words of the scenario. */
	describe(position: number): StoryPosition {
		return {
			scene: this.board.sceneIds[this.sceneAt(position)] ?? '',
			telling: this.isTelling(position),
			gauges: decodeGauges(this.board.dials, this.valueAt(position))
		};
	}

	/** Where the walk met a state; undefined if it did not. */
	positionOf({ scene, telling, gauges }: StoryPosition): number | undefined {
		const index = this.board.sceneIds.indexOf(scene);
		if (index < 0) return undefined;
		const slot = telling ? index + this.board.rooms.length : index;
		const state = slot * this.board.span + encodeGauges(this.board.dials, gauges);
		const position = this.#positions.get(state);
		return position < 0 ? undefined : position;
	}

	#slotAt(position: number): number {
		return this.#slots[position] ?? 0;
	}

	// Edges are numbered in the order of the states they leave.
	#ownerOf(edge: number): number {
		let low = 0;
		let high = this.size - 1;
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if ((this.edgeStart[middle] ?? 0) <= edge) low = middle;
			else high = middle - 1;
		}
		return low;
	}
}

/** Visits every state that can be reached, at most `limit` of them. */
export function walkScenario<T>(
	scenario: Scenario<T>,
	{ limit = stateLimit }: { limit?: number } = {}
): Walk {
	return new Walk(layOut(scenario), limit);
}

/** Whole numbers below 2^31, one after another: several times faster than a list where there are many. */
class Column {
	length = 0;
	#values = new Int32Array(16_384);

	push(value: number): void {
		if (this.length === this.#values.length) {
			const wider = new Int32Array(4 * this.length);
			wider.set(this.#values);
			this.#values = wider;
		}
		this.#values[this.length] = value;
		this.length += 1;
	}

	at(position: number): number {
		return this.#values[position] ?? 0;
	}

	trim(): Int32Array {
		return this.#values.subarray(0, this.length);
	}
}

/** The same for numbers of any size. */
class WideColumn {
	length = 0;
	#values = new Float64Array(16_384);

	push(value: number): void {
		if (this.length === this.#values.length) {
			const wider = new Float64Array(4 * this.length);
			wider.set(this.#values);
			this.#values = wider;
		}
		this.#values[this.length] = value;
		this.length += 1;
	}

	at(position: number): number {
		return this.#values[position] ?? 0;
	}

	trim(): Float64Array {
		return this.#values.subarray(0, this.length);
	}
}

interface Positions {
	/** Negative for a state that was not met. */
	get(state: number): number;
	set(state: number, position: number): void;
}

const largestTable = 4_000_000;

// A table is several times faster than a map, and most scenarios are small enough for one.
function makePositions(states: number): Positions {
	return states > largestTable ? new PositionMap() : new PositionTable(states);
}

class PositionTable implements Positions {
	/** Counted from 1, so that a new table says of every state that it was not met. */
	readonly #positions: Int32Array;

	constructor(states: number) {
		this.#positions = new Int32Array(states);
	}

	get(state: number): number {
		return (this.#positions[state] ?? 0) - 1;
	}

	set(state: number, position: number): void {
		this.#positions[state] = position + 1;
	}
}

class PositionMap implements Positions {
	readonly #positions = new Map<number, number>();

	get(state: number): number {
		return this.#positions.get(state) ?? nowhere;
	}

	set(state: number, position: number): void {
		this.#positions.set(state, position);
	}
}
