import { and, count, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { findKnownPlace } from './places.server.ts';
import { keepsAdministrator, takeRole } from './roles.server.ts';
import { grants, memberships, workplaces } from './tables.server.ts';

/** What must be done before a workplace can close. */
export interface ClosingHindrances {
	/** How many people still work there. */
	people: number;
	/** How many open workplaces lie right below it. */
	below: number;
}

/** What stands in the way of closing a workplace: both 0 where nothing does. */
export async function findHindrances(read: Reader, workplace: string): Promise<ClosingHindrances> {
	const [working] = await read
		.select({ count: count() })
		.from(memberships)
		.innerJoin(people, eq(people.id, memberships.person))
		.where(and(eq(memberships.workplace, workplace), isNull(people.closedOn)));
	const [open] = await read
		.select({ count: count() })
		.from(workplaces)
		.where(and(eq(workplaces.parent, workplace), isNull(workplaces.closedOn)));
	return { people: working?.count ?? 0, below: open?.count ?? 0 };
}

/**
 * Closes a workplace where nobody works any more and nothing open lies below. Roles that were held
 * there end with it; its plans and what people completed stay. Returns what stands in the way instead.
 *
 * @throws {DomainError} `forbidden` to who may not change the tree, `not-found` for a workplace out of
 * reach, `conflict` for the top of the tree and where the organisation would lose its last
 * administrator.
 */
export async function closeWorkplace(
	app: App,
	actor: Actor,
	workplace: string
): Promise<ClosingHindrances | null> {
	const place = await findKnownPlace(app.db.read, workplace);
	authorise(actor, 'workplaces.manage', place);
	const parent = place?.workplace.parent ?? null;
	if (parent === null) throw new DomainError('conflict', 'top');
	authorise(actor, 'workplaces.manage', await findKnownPlace(app.db.read, parent));
	return app.db.write(async (tx) => {
		const found = await findHindrances(tx, workplace);
		if (found.people > 0 || found.below > 0) return found;
		const now = await findKnownPlace(tx, workplace);
		if (!now || now.workplace.closedOn !== null) return null;
		const held = await tx
			.select({ id: grants.id, person: grants.person, role: grants.role })
			.from(grants)
			.where(eq(grants.workplace, workplace));
		for (const grant of held) {
			if (!(await keepsAdministrator(tx, actor.organisation, { without: grant })))
				throw new DomainError('conflict', 'last-administrator');
			await takeRole(tx, app.now(), actor, { ...grant, workplace });
		}
		const closedOn = dayOf(app.now());
		await tx.update(workplaces).set({ closedOn }).where(eq(workplaces.id, workplace));
		await writeAudit(tx, app.now(), { event: 'workplace.closed', actor, workplace });
		return null;
	});
}

/**
 * Opens a workplace that was closed. Nobody holds a role there until somebody gives it.
 *
 * @throws {DomainError} `forbidden` to who may not change the tree, `not-found` for a workplace out of
 * reach, `conflict` while what it stands under is closed.
 */
export async function reopenWorkplace(app: App, actor: Actor, workplace: string): Promise<void> {
	const place = await findKnownPlace(app.db.read, workplace);
	authorise(actor, 'workplaces.manage', place);
	await app.db.write(async (tx) => {
		const now = await findKnownPlace(tx, workplace);
		if (!now || now.workplace.closedOn === null) return;
		const { parent } = now.workplace;
		const above = parent && (await findKnownPlace(tx, parent));
		if (above && above.workplace.closedOn !== null)
			throw new DomainError('conflict', 'closed-above');
		await tx.update(workplaces).set({ closedOn: null }).where(eq(workplaces.id, workplace));
		await writeAudit(tx, app.now(), {
			event: 'workplace.changed',
			actor,
			workplace,
			detail: { reopened: true }
		});
	});
}
