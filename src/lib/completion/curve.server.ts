import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { findPlace } from '#lib/workplaces/tree.server.ts';
import { findViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import type { ViewPolicy } from '#lib/workplaces/view-policy.ts';
import { fillMonths, type CurvePoint } from './curve.ts';
import { publishIfMissing } from './publish.server.ts';
import { monthsKept } from './published.ts';
import { readPublishedCounts } from './published.server.ts';
import { settleForPage } from './stale.server.ts';
import { tallyMonths } from './tables.server.ts';
import { isAskedFor } from './team-units.server.ts';

export interface Curve {
	points: readonly CurvePoint[];
	/** The day of the numbers of this month, where they are not of today. */
	asOf: string | null;
}

/** Whether a leader sees numbers as they are now, and not only what is published. */
export function isLive({ shows, since }: Pick<ViewPolicy, 'shows' | 'since'>): boolean {
	return shows === 'names' && since === null;
}

/**
 * How a workplace has come along in a course, month by month: itself alone, beside no other.
 *
 * @throws {DomainError} `forbidden` to who leads nothing, `not-found` for a workplace out of reach.
 */
export async function readCurve(
	app: App,
	actor: Actor,
	workplace: string,
	course: string
): Promise<Curve> {
	authorise(actor, 'team.read', await findPlace(app.db.read, workplace));
	await settleForPage(app);
	const today = dayOf(app.now());
	const policy = await findViewPolicy(app.db.read, actor.organisation, today);
	if (!isLive(policy)) await publishIfMissing(app, actor.organisation);
	return readCurveOf(app.db.read, { ...actor, workplace, course, today, isLive: isLive(policy) });
}

/** The same for who has seen to the right, and to what is published. */
export async function readCurveOf(
	read: Reader,
	of: { organisation: string; workplace: string; course: string; today: string; isLive: boolean }
): Promise<Curve> {
	const { workplace, course, today } = of;
	const month = today.slice(0, 7);
	if (!of.isLive) {
		const published = (await readPublishedCounts(read, [workplace], course)).get(workplace);
		const known = Object.entries(published?.months ?? {}).map(([at, numbers]) => ({
			month: at,
			...numbers
		}));
		return { points: fillMonths(known, month, monthsKept), asOf: published?.asOf ?? null };
	}
	const rows = await read
		.select({ month: tallyMonths.month, valid: tallyMonths.valid, total: tallyMonths.total })
		.from(tallyMonths)
		.where(and(eq(tallyMonths.workplace, workplace), eq(tallyMonths.course, course)));
	const isAsked = await isAskedFor(read, of.organisation, course);
	const known = rows.map((row) => ({ ...row, total: isAsked ? row.total : null }));
	return { points: fillMonths(known, month, monthsKept), asOf: null };
}
