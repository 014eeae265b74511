/** The entry and the built app each bring this module along; by a shared name they still mean the same. */
const name = Symbol.for('holdepunkt.answer-text');

type Taking = (...parts: readonly string[]) => void;

/** A request as Node knows it. */
interface Waiting {
	[name]?: Taking;
}

/** The entry's side: `take` is given the text of the answer in parts, where the app hands it over. */
export function awaitText(request: object, take: Taking): void {
	(request as Waiting)[name] = take; // a name of our own
}

/**
 * The app's side: a function that hands the text of an answer straight to the entry, which sends it as the
 * body of the answer. Through Kit it would be hashed, encoded, and read piece by piece from a stream.
 * Undefined where no entry waits for it, as in development.
 */
export function findTaker(request: object | undefined): Taking | undefined {
	return (request as Waiting | undefined)?.[name]; // as above
}
