import type { Breathe } from '#lib/server/slices.ts';
import { countPerson, nobodyReached, type Gains } from './coverage.ts';
import type { Grouping, PublishGroup } from './publish-groups.ts';
import type { Kept, PersonNow } from './publish-people.server.ts';
import type { GroupBody } from './published.ts';
import type { GroupRow } from './published.server.ts';
import { isDueForRelease } from './release.ts';
import { noStates, type Counts, type State } from './state.ts';

/** How somebody stands, or stood when they were last seen here. */
function standOf(
	one: PersonNow | undefined,
	before: Kept | undefined,
	course: string
): [State, boolean] {
	const known = one?.isHere ? one.stands[course] : before?.body.stands[course];
	return known ?? ['not-started', false];
}

interface Releasing {
	grouping: Grouping;
	before: ReadonlyMap<string, GroupRow>;
	courses: readonly string[];
	coverage: { gains: Gains; outcomes: number } | null;
	now: ReadonlyMap<string, PersonNow>;
	kept: ReadonlyMap<string, Kept> | undefined;
	today: string;
	breathe: Breathe;
}

/** What is published of each group from now on: as it was, or as it is where that is due. */
export async function releaseGroups(releasing: Releasing): Promise<Map<string, GroupBody>> {
	const { grouping, before, courses, coverage, today, breathe } = releasing;
	const bodies = new Map<string, GroupBody>();
	for (const group of grouping.groups) {
		const known = before.get(group.id);
		// A group that has lost people is another group.
		const last = known?.size === group.size ? known.body : undefined;
		const counts: GroupBody['counts'] = {};
		for (const course of courses) {
			const old = last?.counts[course];
			const fresh = countGroup(group, course, releasing);
			counts[course] =
				old && !isDueForRelease(old, fresh, today) ? old : { on: today, counts: fresh };
			await breathe();
		}
		bodies.set(group.id, {
			counts,
			reached: coverage && reachGroup(group, last?.reached ?? null, coverage, releasing)
		});
		await breathe();
	}
	return bodies;
}

function countGroup(
	{ people, size }: PublishGroup,
	course: string,
	{ now, kept }: Releasing
): Counts {
	const byState = noStates();
	let valid = 0;
	for (const person of people) {
		const [state, isValid] = standOf(now.get(person), kept?.get(person), course);
		byState[state] += 1;
		if (isValid) valid += 1;
	}
	return { total: size, valid, byState };
}

function reachGroup(
	{ people }: PublishGroup,
	last: GroupBody['reached'],
	{ gains, outcomes }: { gains: Gains; outcomes: number },
	{ now, kept, today }: Releasing
): GroupBody['reached'] {
	// A framework that has changed is counted anew.
	const isSame = last?.reached.taught.length === outcomes;
	if (last && isSame && !isDueForRelease({ on: last.on, counts: nothing }, nothing, today))
		return last;
	const reached = nobodyReached(outcomes);
	for (const person of people) {
		const one = now.get(person);
		if (!one) continue;
		const valid = one.isHere ? one.refreshed : (kept?.get(person)?.body.refreshed ?? []);
		const modules = one.modules.map((key) => ({
			key,
			isValid: valid.includes(key.slice(0, key.indexOf('/')))
		}));
		countPerson(reached, modules, gains);
	}
	return { on: today, reached };
}

/** Coverage changes by the calendar alone. */
const nothing: Counts = { total: 0, valid: 0, byState: noStates() };
