import { and, asc, eq } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import type { Locale } from '#lib/content/localised.ts';
import { DomainError } from '#lib/errors.ts';
import { findScenarioVersion } from '#lib/scenario/versions.server.ts';
import { tellPath, type RoomPath } from './path.ts';
import type { SessionRow } from './session-rows.server.ts';
import { plenaryEvents } from './tables.server.ts';

/** The way that the room of a session took through its story, move by move. */
export async function readWay(app: App, id: string): Promise<string[]> {
	const rows = await app.db.read
		.select({ data: plenaryEvents.data })
		.from(plenaryEvents)
		.where(and(eq(plenaryEvents.session, id), eq(plenaryEvents.kind, 'choose')))
		.orderBy(asc(plenaryEvents.n));
	return rows.map(({ data }) => (data as { move: string }).move); // only ever written as such
}

/**
 * The way that the room of a session took, as it was played; null where it chose nothing, played no story,
 * or its story is no longer there.
 */
export async function findPath(
	app: App,
	{ id, scenario, hash }: Pick<SessionRow, 'id' | 'scenario' | 'hash'>,
	locale: Locale
): Promise<RoomPath | null> {
	if (scenario === null || hash === null) return null;
	const moves = await readWay(app, id);
	if (moves.length === 0) return null;
	try {
		const { presented } = await findScenarioVersion(app, scenario, hash);
		return tellPath(presented[locale], moves);
	} catch (thrown) {
		// Withdrawn by who wrote it: the agreements stay, the story does not.
		if (thrown instanceof DomainError) return null;
		throw thrown;
	}
}
