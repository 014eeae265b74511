import type { Place } from '../document/place.ts';

/** Somebody else who is in the draft now. */
export interface Present {
	readonly name: string;
	readonly role: string;
	/** Tells apart people of one name, and knows two tabs of one person for what they are. */
	readonly mark: number;
	/** Null while they look at it as a whole. */
	readonly place: Place | null;
}

/** What is whispered of somebody; nothing else that is heard is taken for it. */
export interface Whispered extends Present {
	readonly tab: string;
	readonly gone: boolean;
	readonly asks: boolean;
}

/** Who has not been heard of for so many milliseconds has gone without a word. */
const heldFor = 50_000;

/** Who is in a draft, as a tab hears it. Two tabs of one person are that person where they were last. */
export class Presences {
	readonly #tab: string;
	readonly #heard = new Map<string, Whispered & { at: number }>();
	#own: number | undefined;

	constructor(tab: string) {
		this.#tab = tab;
	}

	/** Takes in a whisper; true where somebody wants to know who is here. */
	hear(data: unknown, now: number): boolean {
		const whispered = readWhisper(data);
		if (!whispered) return false;
		if (whispered.tab === this.#tab) {
			this.#own = whispered.mark;
			return false;
		}
		if (whispered.gone) this.#heard.delete(whispered.tab);
		else this.#heard.set(whispered.tab, { ...whispered, at: now });
		return whispered.asks;
	}

	/** The others, by name. */
	list(now: number): Present[] {
		const people = new Map<number, Whispered & { at: number }>();
		for (const one of this.#heard.values()) {
			const known = people.get(one.mark);
			if (now - one.at < heldFor && one.mark !== this.#own && (!known || known.at <= one.at)) {
				people.set(one.mark, one);
			}
		}
		return [...people.values()]
			.map(({ name, role, mark, place }) => ({ name, role, mark, place }))
			.toSorted((a, b) => a.name.localeCompare(b.name, 'da') || a.mark - b.mark);
	}

	/** Nobody is known to be here any more: the line was gone. */
	forget(): void {
		this.#heard.clear();
	}
}

function readWhisper(data: unknown): Whispered | undefined {
	if (typeof data !== 'object' || data === null) return undefined;
	const { kind, tab, name, role, mark, place, gone, asks } = data as Record<string, unknown>;
	if (kind !== 'presence' || typeof tab !== 'string' || typeof name !== 'string') return undefined;
	if (typeof role !== 'string' || typeof mark !== 'number') return undefined;
	const at = typeof place === 'string' ? place : null;
	return { tab, name, role, mark, place: at, gone: gone === true, asks: asks === true };
}
