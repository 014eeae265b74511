/** The entry and the built app each bring this module along; by a shared name they still mean the same. */
const name = Symbol.for('holdepunkt.answer-text');

/** Where the text of an answer can be left. */
export interface TextTaker {
	/** Keeps the text, in parts, until the answer is sent. */
	takeText(parts: readonly string[]): void;
}

/** A request as Node knows it. */
interface Waiting {
	[name]?: TextTaker;
}

/** The entry's side: `taker` is given the text of the answer where the app hands it over. */
export function awaitText(request: object, taker: TextTaker): void {
	(request as Waiting)[name] = taker; // a name of our own
}

/**
 * The app's side: who takes the text of an answer straight to the entry, which sends it as the body of the
 * answer. Through Kit it would be hashed, encoded, and read piece by piece from a stream.
 * Undefined where no entry waits for it, as in development.
 */
export function findTaker(request: object | undefined): TextTaker | undefined {
	return (request as Waiting | undefined)?.[name]; // as above
}
