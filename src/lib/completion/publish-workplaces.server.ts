import { and, eq, inArray } from 'drizzle-orm';
import type { App } from '#lib/app.ts';
import { insertMany } from '#lib/server/db/insert-many.ts';
import type { Breathe } from '#lib/server/slices.ts';
import { blendShares } from './coverage.ts';
import type { Grouping, PublishGroup } from './publish-groups.ts';
import {
	earliest,
	monthsKept,
	type CountsBody,
	type GroupBody,
	type PublishedCounts,
	type PublishedCoverage
} from './published.ts';
import { sumCounts } from './release.ts';
import type { Counts } from './state.ts';
import { published, publishedGroups } from './tables.server.ts';

/** How many workplaces are written at a time. */
const atOnce = 500;

/** What is to be published of a course: its groups, what is said of each, and who is to be counted where. */
export interface Result {
	course: string;
	grouping: Grouping;
	bodies: ReadonlyMap<string, GroupBody>;
	reach: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Writes what is published of every workplace: sums over the groups that are in its numbers. */
export async function writePublished(
	app: App,
	organisation: string,
	results: readonly Result[],
	{
		places,
		today,
		breathe
	}: { places: readonly { id: string; depth: number }[]; today: string; breathe: Breathe }
): Promise<void> {
	const ids = places.map(({ id }) => id);
	const groups = results.flatMap(({ course, grouping, bodies }) =>
		grouping.groups.map(({ id, workplaces, size }) => ({
			id,
			organisation,
			course,
			workplaces,
			size,
			body: bodies.get(id) ?? { counts: {}, reached: null }
		}))
	);
	const counts = new Map<string, CountsBody>(ids.map((id) => [id, { courses: {} }]));
	const coverage = new Map<string, PublishedCoverage>();
	const before = new Map<string, CountsBody>();
	for (const id of ids) {
		const [row] = await app.db.read
			.select({ body: published.body })
			.from(published)
			.where(and(eq(published.workplace, id), eq(published.kind, 'counts')));
		if (row) before.set(id, row.body as CountsBody);
		await breathe();
	}
	for (const result of results) {
		const inside = new Map<string, { group: PublishGroup; body: GroupBody }[]>();
		for (const group of result.grouping.groups) {
			const body = result.bodies.get(group.id);
			if (!body) continue;
			for (const place of group.workplaces) {
				const known = inside.get(place);
				if (known) known.push({ group, body });
				else inside.set(place, [{ group, body }]);
			}
		}
		const works = countReach(result.reach.values());
		for (const [place, own] of inside) {
			const people = own.flatMap(({ group }) => group.people);
			const here = people.filter((person) => result.reach.get(person)?.has(place)).length;
			const isWhole = here === people.length && here === works.get(place);
			for (const course of Object.keys(own[0]?.body.counts ?? {})) {
				const parts = own.flatMap(({ body }) => body.counts[course] ?? []);
				const sum = sumCounts(parts.map((one) => one.counts));
				const body = counts.get(place);
				if (!body || parts.length === 0) continue;
				body.courses[course] = {
					asOf: earliest(parts),
					counts: sum,
					isWhole,
					months: keepMonths(before.get(place)?.courses[course]?.months, today, sum)
				};
			}
			const reached = own.flatMap(({ group, body }) =>
				body.reached ? [{ people: group.size, ...body.reached }] : []
			);
			if (reached.length > 0)
				coverage.set(place, {
					asOf: earliest(reached),
					people: reached.reduce((sum, one) => sum + one.people, 0),
					shares: blendShares(reached)
				});
			await breathe();
		}
	}
	const rows = [
		...[...counts].map(([workplace, body]) => ({ workplace, kind: 'counts', day: today, body })),
		...[...coverage].map(([workplace, body]) => ({ workplace, kind: 'coverage', day: today, body }))
	];
	await app.db.writeMuch(async (tx, pause) => {
		await tx.delete(publishedGroups).where(eq(publishedGroups.organisation, organisation));
		await insertMany(tx, publishedGroups, groups, pause);
		for (let from = 0; from < ids.length; from += atOnce) {
			await tx
				.delete(published)
				.where(inArray(published.workplace, ids.slice(from, from + atOnce)));
			await pause();
		}
		await insertMany(tx, published, rows, pause);
	});
}

/** How many work in each workplace; people of the same places share one set. */
function countReach(all: Iterable<ReadonlySet<string>>): Map<string, number> {
	const bySet = new Map<ReadonlySet<string>, number>();
	for (const reach of all) bySet.set(reach, (bySet.get(reach) ?? 0) + 1);
	const works = new Map<string, number>();
	for (const [reach, some] of bySet)
		for (const place of reach) works.set(place, (works.get(place) ?? 0) + some);
	return works;
}

function keepMonths(
	before: PublishedCounts['months'] | undefined,
	today: string,
	{ valid, total }: Counts
): PublishedCounts['months'] {
	const all = { ...before, [today.slice(0, 7)]: { valid, total } };
	return Object.fromEntries(
		Object.entries(all)
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.slice(-monthsKept)
	);
}
