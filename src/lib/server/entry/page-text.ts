/** The entry and the built app each bring this module along; by a shared name they still mean the same. */
const name = Symbol.for('holdepunkt.page-text');

type Taking = (...parts: readonly string[]) => void;

/** A request as Node knows it. */
interface Waiting {
	[name]?: Taking;
}

/** The entry's side: `take` is given the text of the page in parts, where the answer is to be one. */
export function awaitText(request: object, take: Taking): void {
	(request as Waiting)[name] = take; // a name of our own
}

/**
 * The app's side: a function that hands the text of a page straight to the entry, which sends it as the
 * body of the answer. Through Kit it would be hashed, encoded, and read piece by piece from a stream.
 * Undefined where no entry waits for it, as in development.
 */
export function findTaker(request: object | undefined): Taking | undefined {
	return (request as Waiting | undefined)?.[name]; // as above
}
