import { eq } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { contentVersions } from './tables.server.ts';
import type { LibraryScenario } from './library.server.ts';

/** Versions that are known to be kept, and older ones that were read back, for each App. */
const kept = new WeakMap<App, Set<string>>();
const revived = new WeakMap<App, Map<string, LibraryScenario>>();

/**
 * Keeps the text of what somebody is about to begin, by its hash, so that it can be replayed when the
 * file has changed or gone. Keeping it twice is keeping it once.
 */
export async function keepVersion(
	app: App,
	version: { hash: string; kind: 'scenario' | 'course'; slug: string; body: string }
): Promise<void> {
	let known = kept.get(app);
	if (!known) kept.set(app, (known = new Set()));
	if (known.has(version.hash)) return;
	await app.db.write(async (tx) => {
		await tx.insert(contentVersions).values(version).onConflictDoNothing();
	});
	known.add(version.hash);
}

/**
 * Keeps the text of every short scenario before anybody meets one: kept at the first meeting, it would
 * tell that somebody had been given it.
 */
export async function keepEncounters(app: App): Promise<void> {
	for (const { hash, slug, source } of app.library.encounters)
		await keepVersion(app, { hash, kind: 'scenario', slug, body: source });
}

/** The text of a version that somebody began; null where none was kept. */
export async function readVersion(read: Reader, hash: string): Promise<string | null> {
	const [row] = await read
		.select({ body: contentVersions.body })
		.from(contentVersions)
		.where(eq(contentVersions.hash, hash));
	return row?.body ?? null;
}

/** Whether an author has withdrawn a version: nobody is shown any of it again. */
export function isWithdrawn(app: App, hash: string): boolean {
	return app.library.shelf.withdrawn.has(hash);
}

/**
 * A scenario as it was in a version that somebody began: the one in the library where it has not
 * changed, else the one that was kept.
 *
 * @throws {DomainError} `not-found` where that version is neither, or was withdrawn.
 */
export async function findScenarioVersion(
	app: App,
	slug: string,
	hash: string
): Promise<LibraryScenario> {
	if (isWithdrawn(app, hash)) throw new DomainError('not-found', 'withdrawn');
	const current = app.library.scenario(slug);
	if (current?.hash === hash) return current;
	let known = revived.get(app);
	if (!known) revived.set(app, (known = new Map()));
	const before = known.get(hash);
	if (before) return before;
	const body = await readVersion(app.db.read, hash);
	// It may have been withdrawn in the meantime.
	if (isWithdrawn(app, hash)) throw new DomainError('not-found', 'withdrawn');
	const scenario = body === null ? null : app.library.prepare(body, slug);
	if (!scenario) throw new DomainError('not-found', 'scenario version');
	known.set(hash, scenario);
	return scenario;
}
