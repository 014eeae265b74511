import { and, eq, inArray } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/store.ts';
import type { PublishGroup } from './publish-groups.ts';
import {
	earliest,
	type CountsBody,
	type GroupBody,
	type PublishedCounts,
	type PublishedCoverage
} from './published.ts';
import { sumCounts } from './release.ts';
import type { Counts } from './state.ts';
import { published, publishedGroups } from './tables.server.ts';

/** How many workplaces are read at a time. */
const atOnce = 500;

/** A group whose people are counted together, as it was published last. */
export interface GroupRow extends Omit<PublishGroup, 'people'> {
	course: string;
	body: GroupBody;
}

/** Every group of an organisation. */
export async function readGroups(read: Reader, organisation: string): Promise<GroupRow[]> {
	const rows = await read
		.select()
		.from(publishedGroups)
		.where(eq(publishedGroups.organisation, organisation));
	return rows.map(({ id, course, workplaces, size, body }) => ({
		id,
		course,
		size,
		// Only ever written as such.
		workplaces: workplaces as string[],
		body: body as GroupBody
	}));
}

/**
 * What is published of these workplaces in a course, by workplace; one that has too few people is not
 * there. Whoever shows it has seen to {@link publishIfMissing}.
 */
export async function readPublishedCounts(
	read: Reader,
	workplaces: readonly string[],
	course: string
): Promise<ReadonlyMap<string, PublishedCounts>> {
	const found = new Map<string, PublishedCounts>();
	for (let from = 0; from < workplaces.length; from += atOnce) {
		const rows = await read
			.select({ workplace: published.workplace, body: published.body })
			.from(published)
			.where(
				and(
					inArray(published.workplace, workplaces.slice(from, from + atOnce)),
					eq(published.kind, 'counts')
				)
			);
		for (const { workplace, body } of rows) {
			const one = (body as CountsBody).courses[course]; // only ever written as such
			if (one) found.set(workplace, one);
		}
	}
	return found;
}

/**
 * What is published of several workplaces of an organisation together, everybody once; null where it is
 * of nobody.
 */
export async function readPublishedWhole(
	read: Reader,
	organisation: string,
	workplaces: readonly string[],
	course: string
): Promise<{ asOf: string; counts: Counts } | null> {
	const wanted = new Set(workplaces);
	const own = (await readGroups(read, organisation)).flatMap(({ workplaces: places, body }) => {
		const one = body.counts[course];
		return one && places.some((place) => wanted.has(place)) ? [one] : [];
	});
	if (own.length === 0) return null;
	return { asOf: earliest(own), counts: sumCounts(own.map(({ counts }) => counts)) };
}

/** How far a workplace is covered, as it is published; null where it has too few people. */
export async function readPublishedCoverage(
	read: Reader,
	workplace: string
): Promise<PublishedCoverage | null> {
	const [row] = await read
		.select({ body: published.body })
		.from(published)
		.where(and(eq(published.workplace, workplace), eq(published.kind, 'coverage')));
	return row ? (row.body as PublishedCoverage) : null; // only ever written as such
}
