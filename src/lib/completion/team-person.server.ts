import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { can } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { findPersonPlace } from '#lib/workplaces/places.server.ts';
import { findViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import type { CompletionSource } from './completions.server.ts';
import type { By } from './renewal.ts';
import { settleForPage } from './stale.server.ts';
import type { State } from './state.ts';
import { courseCompletions, standings } from './tables.server.ts';
import { showSince, type Shown } from './team-since.ts';

/** What a leader may know of one person and one course: days, cycles and versions only. What they are
 * excused from is told by `waivers.server.ts` and `credits.server.ts`. */
export interface PersonCourse extends Shown {
	course: string;
	by: By;
	/** The oldest first. */
	completions: readonly {
		cycle: number;
		day: string;
		version: string;
		by: By;
		source: CompletionSource;
	}[];
}

/**
 * Where a person stands in the courses that they have anything to do with; null where who looks leads
 * nobody there, or leaders see counts only.
 */
export async function readTeamPerson(
	app: App,
	actor: Actor,
	person: string
): Promise<readonly PersonCourse[] | null> {
	const { read } = app.db;
	const place = await findPersonPlace(read, person);
	const isTheirs = place?.organisation === actor.organisation && can(actor, 'team.read', place);
	if (!isTheirs) return null;
	await settleForPage(app);
	const policy = await findViewPolicy(read, actor.organisation, dayOf(app.now()));
	if (policy.shows === 'counts') return null;
	const since = policy.since;
	const known = await readKnown(read, person);
	const courses = new Set(Object.values(known).flatMap((rows) => rows.map(({ course }) => course)));
	const shown = [...courses].map((course) => {
		const standing = known.standings.find((row) => row.course === course);
		const own = showSince(
			{
				state: (standing?.state ?? 'not-started') as State, // only ever written as one
				isValid: standing?.isValid ?? false,
				completedOn: standing?.completedOn ?? null,
				dueOn: standing?.dueOn ?? null,
				modulesCompleted: standing?.modulesCompleted ?? 0
			},
			since
		);
		const of = <Row extends { course: string }>(rows: readonly Row[]) =>
			rows.filter((row) => row.course === course);
		const isShown = ({ day }: { day: string }) => since === null || day >= since;
		return {
			course,
			by: (standing?.by ?? 'course') as By,
			...own,
			completions: of(known.completions)
				.filter(isShown)
				.map(({ cycle, day, version, by, source }) => ({
					cycle,
					day,
					version,
					// Both are written by `record.server.ts` and `completions.server.ts` alone.
					by: by as By,
					source: source as CompletionSource
				}))
		};
	});
	const { courses: order } = app.library.catalogue;
	return order.flatMap(({ slug }) => shown.find(({ course }) => course === slug) ?? []);
}

async function readKnown(read: Reader, person: string) {
	return {
		standings: await read.select().from(standings).where(eq(standings.person, person)),
		completions: await read
			.select()
			.from(courseCompletions)
			.where(eq(courseCompletions.person, person))
			.orderBy(asc(courseCompletions.course), asc(courseCompletions.cycle))
	};
}
