import { and, eq, gt } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { newId } from '#lib/id.ts';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { findTop } from './places.server.ts';
import { viewPolicies } from './tables.server.ts';
import { holdPolicy, takesEffectOn, type Viewing, type ViewPolicy } from './view-policy.ts';

const policiesOf = (read: Reader) =>
	prepared(read, 'policies_of', (handle) =>
		handle
			.select({
				shows: viewPolicies.shows,
				announcedOn: viewPolicies.announcedOn,
				effectiveOn: viewPolicies.effectiveOn
			})
			.from(viewPolicies)
			.where(eq(viewPolicies.organisation, given('organisation')))
			.prepare('policies_of')
	);

/** What leaders of an organisation see of their staff on a day, and what is announced. */
export async function findViewPolicy(
	read: Reader,
	organisation: string,
	day: string
): Promise<ViewPolicy> {
	const rows = await policiesOf(read).execute({ organisation });
	const decisions = rows.map((row) => ({ ...row, shows: row.shows as Viewing })); // written below
	return holdPolicy(decisions, day);
}

/**
 * Decides what leaders see. Showing less holds at once; showing more is announced to staff and holds
 * after fourteen days. A decision that still lies ahead is dropped by deciding otherwise, and deciding
 * the same again leaves it.
 *
 * @throws {DomainError} `forbidden` to who decides nothing, `not-found` to who administers only a part
 * of the organisation.
 */
export async function decideViewPolicy(
	app: App,
	actor: Actor,
	shows: Viewing
): Promise<ViewPolicy> {
	const { organisation } = actor;
	authorise(actor, 'organisation.manage', await findTop(app.db.read, organisation));
	const today = dayOf(app.now());
	return app.db.write(async (tx) => {
		const before = await findViewPolicy(tx, organisation, today);
		const isDecided = (before.next?.shows ?? before.shows) === shows;
		if (isDecided) return before;
		await tx
			.delete(viewPolicies)
			.where(and(eq(viewPolicies.organisation, organisation), gt(viewPolicies.effectiveOn, today)));
		if (before.shows !== shows)
			await tx.insert(viewPolicies).values({
				id: newId(),
				organisation,
				shows,
				announcedOn: today,
				effectiveOn: takesEffectOn(shows, today),
				decidedBy: actor.person
			});
		const detail = { shows };
		await writeAudit(tx, app.now(), { event: 'policy.decided', actor, detail });
		return findViewPolicy(tx, organisation, today);
	});
}
