/**
 * What the built app has to say to whoever starts it. The app is bundled and the server is not, so the
 * two meet on the global object.
 */
const key = Symbol.for('holdepunkt.said-at-start');
const shared = globalThis as typeof globalThis & { [key]?: string[] }; // ours alone, by its symbol
const said = (shared[key] ??= []);

/** Has the server print a sentence once it answers. */
export function sayAtStart(sentence: string): void {
	said.push(sentence);
}

/** What has been said so far. */
export function listSaid(): readonly string[] {
	return said;
}
