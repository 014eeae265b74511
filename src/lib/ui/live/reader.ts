/** How somebody wants to read and steer on this device. */
export interface ReaderWishes {
	/** Index into the sizes. */
	size: number;
	/** More room between letters, words and lines. */
	isSpaced: boolean;
	/** Single keys do something: P pauses, 1 to 4 choose. */
	hasKeys: boolean;
}

/** Text sizes as a share of what the device asks for. */
export const readerSizes = [1, 1.15, 1.3] as const;

const place = 'reader';
const changed = 'readerchange';
const usual: ReaderWishes = { size: 0, isSpaced: false, hasKeys: true };

/** What the reader has asked for on this device; what is usual where nothing is kept. */
export function recallWishes(): ReaderWishes {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
		if (typeof kept !== 'object' || kept === null) return usual;
		return {
			size: 'size' in kept && readerSizes[Number(kept.size)] ? Number(kept.size) : usual.size,
			isSpaced: 'isSpaced' in kept && kept.isSpaced === true,
			hasKeys: !('hasKeys' in kept) || kept.hasKeys !== false
		};
	} catch {
		return usual;
	}
}

/** Keeps the wishes on this device alone, shows the page in them, and tells who listens. */
export function keepWishes(wishes: ReaderWishes): void {
	showWishes(wishes);
	try {
		localStorage.setItem(place, JSON.stringify(wishes));
	} catch {
		// A browser that keeps nothing still shows the page as wished.
	}
	document.dispatchEvent(new CustomEvent(changed, { detail: wishes }));
}

/** Calls `tell` with each change of the wishes; the result ends that. */
export function followWishes(tell: (wishes: ReaderWishes) => void): () => void {
	const listen = (event: Event) => tell((event as CustomEvent<ReaderWishes>).detail);
	document.addEventListener(changed, listen);
	return () => document.removeEventListener(changed, listen);
}

/** Shows the page in the size and spacing that are wished. */
export function showWishes({ size, isSpaced }: ReaderWishes): void {
	const { style } = document.documentElement;
	const set = (name: string, value: string | number) => style.setProperty(name, String(value));
	set('--reader-scale', readerSizes[size] ?? 1);
	set('--reader-letter', isSpaced ? '0.06em' : '0em');
	set('--reader-word', isSpaced ? '0.16em' : '0em');
	set('--reader-leading', isSpaced ? '1.8' : 'var(--leading)');
}
