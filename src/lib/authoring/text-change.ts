/** One piece of a text taken out and another put in its place. */
export interface TextChange {
	/** Where, in UTF-16 units. */
	at: number;
	removed: number;
	inserted: string;
}

/**
 * The one change that makes a text from another, undefined where they are the same. Where several
 * would do, as with letters that stand twice, it is the one that ends at the caret, which is where
 * somebody typed. Never parts a character of two units.
 */
export function findChange(before: string, after: string, caret?: number): TextChange | undefined {
	if (before === after) return undefined;
	const most = Math.min(before.length, after.length);
	const tail = caret === undefined ? most : Math.min(most, Math.max(0, after.length - caret));
	let same = 0;
	while (same < tail && before.at(-1 - same) === after.at(-1 - same)) same += 1;
	let at = 0;
	while (at < most - same && before[at] === after[at]) at += 1;
	if (splitsPair(before, at) || splitsPair(after, at)) at -= 1;
	if (splitsPair(before, before.length - same) || splitsPair(after, after.length - same)) same -= 1;
	return {
		at,
		removed: before.length - same - at,
		inserted: after.slice(at, after.length - same)
	};
}

/**
 * Where a caret stands after a change that somebody else has made: with the letters it stood between;
 * in what was taken out, at its beginning.
 */
export function moveCaret(caret: number, { at, removed, inserted }: TextChange): number {
	if (caret <= at) return caret;
	if (caret >= at + removed) return caret + inserted.length - removed;
	return at;
}

function splitsPair(text: string, at: number): boolean {
	const before = text.charCodeAt(at - 1);
	const after = text.charCodeAt(at);
	return before >= 0xd800 && before < 0xdc00 && after >= 0xdc00 && after < 0xe000;
}
