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
const usual: ReaderWishes = { size: 0, isSpaced: false, hasKeys: true };
const wishes = $state({ ...usual });

/** The wishes of who reads here; kept on this device alone, and shown at once. */
export const reader = {
	get size() {
		return wishes.size;
	},
	get isSpaced() {
		return wishes.isSpaced;
	},
	get hasKeys() {
		return wishes.hasKeys;
	},
	set(changed: Partial<ReaderWishes>): void {
		Object.assign(wishes, changed);
		show();
		try {
			localStorage.setItem(place, JSON.stringify(wishes));
		} catch {
			// A browser that keeps nothing still shows the page as wished.
		}
	}
};

function show(): void {
	const { style } = document.documentElement;
	const set = (name: string, value: string | number) => style.setProperty(name, String(value));
	set('--reader-scale', readerSizes[wishes.size] ?? 1);
	set('--reader-letter', wishes.isSpaced ? '0.06em' : '0em');
	set('--reader-word', wishes.isSpaced ? '0.16em' : '0em');
	set('--reader-leading', wishes.isSpaced ? '1.8' : 'var(--leading)');
}

function recall(): void {
	try {
		const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
		if (typeof kept !== 'object' || kept === null) return;
		if ('size' in kept && readerSizes[Number(kept.size)]) wishes.size = Number(kept.size);
		if ('isSpaced' in kept) wishes.isSpaced = kept.isSpaced === true;
		if ('hasKeys' in kept) wishes.hasKeys = kept.hasKeys !== false;
	} catch {
		return;
	}
	show();
}

if (typeof document !== 'undefined') recall();
