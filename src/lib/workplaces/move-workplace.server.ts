import { and, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { findKnownPlace, listAbove, listBelow } from './places.server.ts';
import { workplaceReach, workplaces } from './tables.server.ts';
import { findPlace } from './tree.server.ts';

/** As many rows as one statement is given; an engine takes a limited number of values. */
const atOnce = 500;

/**
 * Moves a workplace with everything below it under another one.
 *
 * @throws {DomainError} `forbidden` to who may not change the tree, `not-found` where the workplace,
 * what it stands under now or what it is to stand under is out of reach, `conflict` for the top of the
 * tree and for a place below the workplace itself.
 */
export async function moveWorkplace(
	app: App,
	actor: Actor,
	workplace: string,
	parent: string
): Promise<void> {
	const place = await findPlace(app.db.read, workplace);
	authorise(actor, 'workplaces.manage', place);
	authorise(actor, 'workplaces.manage', await findPlace(app.db.read, parent));
	const from = place?.workplace.parent ?? null;
	if (from === null) throw new DomainError('conflict', 'top');
	// Moving takes the workplace from those who reach it now: that is for who reaches as far.
	authorise(actor, 'workplaces.manage', await findKnownPlace(app.db.read, from));
	await app.db.write(async (tx) => {
		const now = await findKnownPlace(tx, workplace);
		if (!now || now.workplace.parent === parent) return;
		const isBelow = (await listBelow(tx, workplace)).includes(parent);
		if (isBelow) throw new DomainError('conflict', 'into-itself');
		await hangUnder(tx, workplace, parent);
		await writeAudit(tx, app.now(), {
			event: 'workplace.moved',
			actor,
			workplace,
			detail: { from: now.workplace.parent, to: parent }
		});
	});
}

/** Hangs a workplace with all below it under another, and writes anew who reaches what of it. */
export async function hangUnder(tx: Writer, workplace: string, parent: string): Promise<void> {
	const below = await listBelow(tx, workplace);
	const before = (await listAbove(tx, workplace)).filter((id) => id !== workplace);
	const above = await listAbove(tx, parent);
	await tx.update(workplaces).set({ parent }).where(eq(workplaces.id, workplace));
	for (const some of cut(below)) {
		await tx
			.delete(workplaceReach)
			.where(and(inArray(workplaceReach.below, some), inArray(workplaceReach.above, before)));
	}
	const rows = below.flatMap((one) => above.map((each) => ({ above: each, below: one })));
	for (const some of cut(rows)) await tx.insert(workplaceReach).values(some);
}

function* cut<Row>(rows: readonly Row[]): Generator<Row[]> {
	for (let from = 0; from < rows.length; from += atOnce) yield rows.slice(from, from + atOnce);
}
