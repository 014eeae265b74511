import { mostCharacters, mostWords } from '#lib/scenario/limits.ts';

/** How long a text may be. */
export interface Limit {
	readonly most: number;
	readonly unit: 'words' | 'characters';
}

/** The limits of the format, by the name of the text. */
export const limits = {
	...inUnit(mostWords, 'words'),
	...inUnit(mostCharacters, 'characters')
};

function inUnit<Name extends string>(
	numbers: Readonly<Record<Name, number>>,
	unit: Limit['unit']
): Record<Name, Limit> {
	const pairs = Object.entries<number>(numbers).map(([name, most]) => [name, { most, unit }]);
	return Object.fromEntries(pairs) as Record<Name, Limit>; // the same names
}
