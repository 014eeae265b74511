/** Chance that is the same each time: a small generator (sfc32) that begins with a text. */
export class Chance {
	readonly #state: Uint32Array;

	constructor(seed: string) {
		this.#state = new Uint32Array(4);
		let hash = 1779033703 ^ seed.length;
		for (let round = 0; round < 4; round += 1) {
			for (let at = 0; at < seed.length; at += 1) {
				hash = Math.imul(hash ^ seed.charCodeAt(at), 3432918353);
				hash = (hash << 13) | (hash >>> 19);
			}
			hash = Math.imul(hash ^ (hash >>> 16), 2246822507) ^ round;
			this.#state[round] = hash;
		}
		for (let warm = 0; warm < 12; warm += 1) this.bits();
	}

	/** 32 bits. */
	bits(): number {
		const s = this.#state as unknown as [number, number, number, number]; // it has four
		const sum = (s[0] + s[1] + s[3]) >>> 0;
		s[3] += 1;
		s[0] = s[1] ^ (s[1] >>> 9);
		s[1] = s[2] + (s[2] << 3);
		s[2] = ((s[2] << 21) | (s[2] >>> 11)) + sum;
		return sum;
	}

	/** From 0 to just below 1. */
	next(): number {
		return this.bits() / 0x1_0000_0000;
	}

	/** A whole number from 0 to just below `count`. */
	below(count: number): number {
		return Math.floor(this.next() * count);
	}

	/** A whole number, both ends included. */
	between(least: number, most: number): number {
		return least + this.below(most - least + 1);
	}

	/** True in so many of a hundred cases. */
	percent(share: number): boolean {
		return this.next() * 100 < share;
	}

	pick<T>(list: readonly T[]): T {
		const found = list[this.below(list.length)];
		if (found === undefined) throw new RangeError('there is nothing to pick from');
		return found;
	}

	/** Mostly small, now and then large, 1 in the middle. */
	skewed(): number {
		return Math.exp((this.next() + this.next() + this.next() - 1.5) * 1.6);
	}
}

const fourDigits = Array.from({ length: 0x1_0000 }, (_, value) =>
	value.toString(16).padStart(4, '0')
);
const hexOf = (value: number) => fourDigits[value & 0xffff] ?? '';

/** A UUID of this version whose first 48 bits are given and whose others are chance. */
function makeId(chance: Chance, version: 4 | 7, head: number): string {
	const high = Math.floor(head / 0x1_0000);
	const [a, b, c] = [chance.bits(), chance.bits(), chance.bits()];
	return (
		`${hexOf(high >>> 16)}${hexOf(high)}-${hexOf(head % 0x1_0000)}-` +
		`${hexOf((version << 12) | (a & 0xfff))}-${hexOf(0x8000 | ((a >>> 16) & 0x3fff))}-` +
		`${hexOf(b >>> 16)}${hexOf(b)}${hexOf(c)}`
	);
}

/** An id as `newId` makes them, of a moment in milliseconds. */
export function timedId(chance: Chance, moment: number): string {
	return makeId(chance, 7, moment);
}

/** Ids that tell nothing, as `newPrivateId` makes them, but in the order of their letters. */
export function* orderedIds(chance: Chance, count: number): Generator<string> {
	const span = 0x1_0000_0000_0000 / count;
	for (let at = 0; at < count; at += 1)
		yield makeId(chance, 4, Math.floor((at + chance.next()) * span));
}

/** The numbers below `count` in an order of chance. */
export function shuffled(chance: Chance, count: number): Uint32Array {
	const order = Uint32Array.from({ length: count }, (_, at) => at);
	for (let at = count - 1; at > 0; at -= 1) {
		const other = chance.below(at + 1);
		const kept = order[at] ?? 0;
		order[at] = order[other] ?? 0;
		order[other] = kept;
	}
	return order;
}
