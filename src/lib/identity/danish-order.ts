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

/**
 * A text by which names are put in Danish alphabetical order by plain comparison, which is many times
 * cheaper for thousands of them than a collator. Case and other accents make no difference.
 */
export function danishKey(name: string): string {
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
