/** What comes after z in the Danish alphabet, as characters that do. */
const afterZ: Readonly<Record<string, string>> = {
	æ: '{',
	ä: '{',
	ø: '|',
	ö: '|',
	å: '}',
	aa: '}',
	ü: 'y'
};

/** Keys that were made before: the same workplaces and people are put in order over and over. */
const known = new Map<string, string>();
const mostKnown = 10_000;

/**
 * A text by which names are put in Danish alphabetical order by plain comparison, which is many times
 * cheaper for thousands of them than a collator. Case and other accents make no difference.
 */
export function danishKey(name: string): string {
	const before = known.get(name);
	if (before !== undefined) return before;
	const key = writeKey(name);
	if (known.size >= mostKnown) known.clear();
	known.set(name, key);
	return key;
}

function writeKey(name: string): string {
	return name
		.toLowerCase()
		.replace(/aa|[æäøöåü]/g, (letter) => afterZ[letter] ?? letter)
		.normalize('NFD')
		.replace(/\p{M}/gu, '');
}

/** Compares two texts by their characters. */
export function compareKeys(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
