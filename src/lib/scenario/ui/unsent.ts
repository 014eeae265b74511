import { unsentPrefix } from '#lib/ui/live/sign-out.ts';

/** A way through a story of which the server has not acknowledged every move. */
export interface Unsent {
	attempt: string;
	/** All of it, from the beginning. */
	moves: readonly string[];
}

/** What becomes of a way that waited, beside what the server has. */
export type Waiting =
	| { readonly fate: 'nothing' }
	/** It goes on from there: the rest is to be sent. */
	| { readonly fate: 'goes-on'; readonly moves: readonly string[] }
	/** Another way came first: this one can become an attempt of its own. */
	| { readonly fate: 'parted'; readonly moves: readonly string[] };

/** What a tab keeps for itself; `sessionStorage` in a browser. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * The unsent way through one scenario as this tab keeps it, so that it outlives a reload. It is bound to
 * a person and their attempt: whoever else signs in here has another name and finds nothing.
 */
export class UnsentMoves {
	readonly #key: string;
	readonly #shelf: Shelf | undefined;

	/** `owner` is what the server calls the person towards this tab: nothing that tells who it is. */
	constructor(owner: string, scenario: string, shelf: Shelf | undefined = findShelf()) {
		this.#key = `${unsentPrefix}${owner}:${scenario}`;
		this.#shelf = shelf;
	}

	/** What became of the way that waited, now that the server tells what it has. */
	settle({ attempt, moves }: Unsent): Waiting {
		const waiting = this.#read();
		if (!waiting) return { fate: 'nothing' };
		if (begins(moves, waiting.moves)) {
			this.forget();
			return { fate: 'nothing' };
		}
		const goesOn = waiting.attempt === attempt && begins(waiting.moves, moves);
		return { fate: goesOn ? 'goes-on' : 'parted', moves: waiting.moves };
	}

	/** Keeps a way of which something waits, in place of what waited before. */
	keep(unsent: Unsent): void {
		try {
			this.#shelf?.setItem(this.#key, JSON.stringify(unsent));
		} catch {
			// A tab that keeps nothing still sends what it holds.
		}
	}

	/** Nothing waits any more, and no trace stays. */
	forget(): void {
		try {
			this.#shelf?.removeItem(this.#key);
		} catch {
			// Then nothing was kept either.
		}
	}

	#read(): Unsent | undefined {
		try {
			return readUnsent(JSON.parse(this.#shelf?.getItem(this.#key) ?? 'null'));
		} catch {
			return undefined;
		}
	}
}

/** Whether a way begins with another. */
function begins(way: readonly string[], beginning: readonly string[]): boolean {
	return beginning.every((move, index) => way[index] === move);
}

function findShelf(): Shelf | undefined {
	try {
		return globalThis.sessionStorage;
	} catch {
		return undefined;
	}
}

function readUnsent(kept: unknown): Unsent | undefined {
	if (typeof kept !== 'object' || kept === null) return undefined;
	if (!('attempt' in kept) || typeof kept.attempt !== 'string') return undefined;
	if (!('moves' in kept) || !Array.isArray(kept.moves)) return undefined;
	const { attempt, moves } = kept;
	return moves.every((move) => typeof move === 'string') ? { attempt, moves } : undefined;
}
