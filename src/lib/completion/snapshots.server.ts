import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { organisations } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import { workplaces } from '#lib/workplaces/tables.server.ts';
import { findPlace, type Workplace } from '#lib/workplaces/tree.server.ts';
import { findViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import { describeCoverage } from './coverage.server.ts';
import { isLive, readCurveOf } from './curve.server.ts';
import { publishIfMissing } from './publish.server.ts';
import { readPublishedCounts } from './published.server.ts';
import { leastCounted } from './shown-groups.ts';
import type { SnapshotBody, SnapshotCourse, SnapshotCoverage } from './snapshot.ts';
import { settleForPage } from './stale.server.ts';
import { noStates, states, type Counts } from './state.ts';
import { headcounts, snapshots, tallies } from './tables.server.ts';
import { columnOf } from './tally.server.ts';
import { countStanding, isAskedFor } from './team-units.server.ts';

export interface Snapshot {
	id: string;
	madeOn: string;
	body: SnapshotBody;
}

const byDanishName = new Intl.Collator('da');

/** Where an actor may read of a workplace, the workplace. */
async function findOwn(app: App, actor: Actor, workplace: string): Promise<Workplace> {
	const place = await findPlace(app.db.read, workplace);
	authorise(actor, 'team.read', place);
	if (!place) throw new DomainError('not-found', 'team.read');
	return place.workplace;
}

/**
 * Keeps how a workplace stands today, for its board. `id` is made by who asks, so that asking twice
 * makes one.
 *
 * @throws {DomainError} `forbidden` to who leads nothing, `not-found` for a workplace out of reach,
 * `conflict` for an id that another workplace's has.
 */
export async function makeSnapshot(
	app: App,
	actor: Actor,
	workplace: string,
	id: string
): Promise<void> {
	const own = await findOwn(app, actor, workplace);
	await settleForPage(app);
	await publishIfMissing(app, actor.organisation);
	const madeOn = dayOf(app.now());
	const body = await describeToday(app, own, madeOn);
	await app.db.write(async (tx) => {
		const [there] = await tx
			.select({ workplace: snapshots.workplace })
			.from(snapshots)
			.where(eq(snapshots.id, id));
		if (there && there.workplace !== workplace) throw new DomainError('conflict', 'snapshot');
		if (there) return;
		await tx.insert(snapshots).values({ id, workplace, madeOn, madeBy: actor.person, body });
		await writeAudit(tx, app.now(), { event: 'snapshot.made', actor, workplace });
	});
}

/**
 * What was kept of a workplace, newest first.
 *
 * @throws {DomainError} as {@link makeSnapshot}.
 */
export async function listSnapshots(
	app: App,
	actor: Actor,
	workplace: string
): Promise<{ workplace: Workplace; snapshots: { id: string; madeOn: string }[] }> {
	const own = await findOwn(app, actor, workplace);
	const rows = await app.db.read
		.select({ id: snapshots.id, madeOn: snapshots.madeOn })
		.from(snapshots)
		.where(eq(snapshots.workplace, workplace))
		.orderBy(desc(snapshots.madeOn), desc(snapshots.id));
	return { workplace: own, snapshots: rows };
}

/**
 * One of them, as it was made.
 *
 * @throws {DomainError} as {@link makeSnapshot}, and `not-found` where the workplace has none of that id.
 */
export async function readSnapshot(
	app: App,
	actor: Actor,
	workplace: string,
	id: string
): Promise<Snapshot> {
	await findOwn(app, actor, workplace);
	const [row] = await app.db.read
		.select({ madeOn: snapshots.madeOn, body: snapshots.body })
		.from(snapshots)
		.where(and(eq(snapshots.id, id), eq(snapshots.workplace, workplace)));
	if (!row) throw new DomainError('not-found', 'snapshot');
	return { id, madeOn: row.madeOn, body: row.body as SnapshotBody }; // only ever written above
}

async function describeToday(app: App, own: Workplace, today: string): Promise<SnapshotBody> {
	const { read } = app.db;
	const policy = await findViewPolicy(read, own.organisation, today);
	const [organisation] = await read
		.select({ name: organisations.name })
		.from(organisations)
		.where(eq(organisations.id, own.organisation));
	const below = await read
		.select({ id: workplaces.id, name: workplaces.name })
		.from(workplaces)
		.where(and(eq(workplaces.parent, own.id), isNull(workplaces.closedOn)));
	const units = below.toSorted((a, b) => byDanishName.compare(a.name, b.name));
	const counting: Counting = { own, units, today, isLive: isLive(policy) };
	const courses: SnapshotCourse[] = [];
	for (const { slug, title } of app.library.catalogue.courses)
		courses.push({ title, ...(await countCourse(read, slug, counting)) });
	return {
		version: 1,
		workplace: own.name,
		organisation: organisation?.name ?? '',
		shows: counting.isLive ? 'names' : 'counts',
		courses,
		coverage: await coverToday(app, own.id)
	};
}

interface Counting {
	own: Workplace;
	units: readonly { id: string; name: string }[];
	today: string;
	isLive: boolean;
}

/**
 * The numbers of today, or the published ones where leaders see no others. A board sees no count of fewer
 * than five, and a unit only where its numbers could be published, also where the leader sees names.
 */
async function countCourse(
	read: Reader,
	course: string,
	{ own, units, today, isLive: live }: Counting
): Promise<Omit<SnapshotCourse, 'title'>> {
	const all = [own.id, ...units.map(({ id }) => id)];
	const published = await readPublishedCounts(read, all, course);
	const current = live ? await readCurrent(read, own.organisation, all, course) : null;
	const numbersOf = (id: string) => (current ? current.get(id) : published.get(id)?.counts) ?? null;
	const isAsked = await isAskedFor(read, own.organisation, course);
	const of = { workplace: own.id, course, today, isAsked, isLive: live };
	const counts = numbersOf(own.id);
	return {
		counts: counts && counts.total >= leastCounted ? counts : null,
		asOf: live ? today : (published.get(own.id)?.asOf ?? today),
		units: units.flatMap(({ id, name }) => {
			const unit = published.has(id) ? numbersOf(id) : null;
			return unit && unit.total >= leastCounted ? [{ name, counts: unit }] : [];
		}),
		curve: (await readCurveOf(read, of)).points
	};
}

/** How many stand where now: of those who are asked, or of everybody where nobody is. */
async function readCurrent(
	read: Reader,
	organisation: string,
	ids: readonly string[],
	course: string
): Promise<ReadonlyMap<string, Counts>> {
	const rows = await read
		.select()
		.from(tallies)
		.where(
			and(
				inArray(tallies.workplace, [...ids]),
				eq(tallies.course, course),
				eq(tallies.role, 'staff')
			)
		);
	const heads = await read
		.select({ workplace: headcounts.workplace, people: headcounts.people })
		.from(headcounts)
		.where(and(inArray(headcounts.workplace, [...ids]), eq(headcounts.role, 'staff')));
	const isAsked = await isAskedFor(read, organisation, course);
	const rowOf = new Map(rows.map((row) => [row.workplace, row]));
	return new Map(
		heads.map(({ workplace, people }) => {
			const row = rowOf.get(workplace);
			const byState = noStates();
			for (const state of states) byState[state] = row?.[columnOf[state]] ?? 0;
			return [workplace, countStanding(byState, row?.valid ?? 0, people, isAsked)];
		})
	);
}

async function coverToday(app: App, workplace: string): Promise<SnapshotCoverage | null> {
	const coverage = await describeCoverage(app, workplace);
	if (!coverage) return null;
	const { asOf, people, levels } = coverage;
	return {
		asOf,
		people,
		levels: levels.map(({ title, shares, areas }) => ({
			title,
			shares,
			outcomes: areas.flatMap(({ outcomes }) => outcomes)
		}))
	};
}
