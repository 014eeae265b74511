import { and, eq } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader } from '#lib/server/db/store.ts';
import type { ViewPolicy } from '#lib/workplaces/view-policy.ts';
import { fillMonths, type CurvePoint } from './curve.ts';
import { publishIfMissing } from './publish.server.ts';
import { monthsKept } from './published.ts';
import { readPublishedCounts } from './published.server.ts';
import { tallyMonths } from './tables.server.ts';
import type { Team } from './team.server.ts';

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
 * How one of the workplaces that a leader looks at has come along, month by month: itself alone, beside
 * no other.
 */
export async function readCurve(
	app: App,
	team: Team,
	{ id }: Team['tops'][number]
): Promise<Curve> {
	const live = isLive(team.policy);
	if (!live) await publishIfMissing(app, team.organisation);
	return readCurveOf(app.db.read, { ...team, workplace: id, isLive: live });
}

const monthsOf = (read: Reader) =>
	prepared(read, 'tally_months_of', (handle) =>
		handle
			.select({ month: tallyMonths.month, valid: tallyMonths.valid, total: tallyMonths.total })
			.from(tallyMonths)
			.where(
				and(eq(tallyMonths.workplace, given('workplace')), eq(tallyMonths.course, given('course')))
			)
			.prepare('tally_months_of')
	);

/** The same for who has seen to the right, and to what is published. */
export async function readCurveOf(
	read: Reader,
	of: { workplace: string; course: string; today: string; isAsked: boolean; isLive: boolean }
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
	const rows = await monthsOf(read).execute({ workplace, course });
	const known = rows.map((row) => ({ ...row, total: of.isAsked ? row.total : null }));
	return { points: fillMonths(known, month, monthsKept), asOf: null };
}
