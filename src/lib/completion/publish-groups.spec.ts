import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#lib/time.ts';
import { atOnce } from '#tests/support/at-once.ts';
import {
	noGrouping,
	regroupInSteps,
	restDays,
	waitDays,
	type Grouping,
	type PublishPlace
} from './publish-groups.ts';
import { leastCounted } from './shown-groups.ts';

const regroup = (...given: Parameters<typeof regroupInSteps>) => atOnce(regroupInSteps(...given));

const first = '2026-01-05';

/** A municipality, two areas, and two houses in each. */
const places: readonly PublishPlace[] = [
	{ id: 'top', depth: 0 },
	{ id: 'east', depth: 1 },
	{ id: 'west', depth: 1 },
	{ id: 'bay', depth: 2 },
	{ id: 'hill', depth: 2 },
	{ id: 'lake', depth: 2 },
	{ id: 'moor', depth: 2 }
];
const above: Readonly<Record<string, readonly string[]>> = {
	top: ['top'],
	east: ['top', 'east'],
	west: ['top', 'west'],
	bay: ['top', 'east', 'bay'],
	hill: ['top', 'east', 'hill'],
	lake: ['top', 'west', 'lake'],
	moor: ['top', 'west', 'moor']
};

type World = ReadonlyMap<string, readonly string[]>;

const reachOf = (world: World) =>
	new Map(
		[...world].map(([person, works]) => [person, new Set(works.flatMap((at) => above[at] ?? []))])
	);

function createGrouping() {
	let last = 0;
	let grouping = noGrouping;
	return (world: World, day: string): Grouping =>
		(grouping = regroup(grouping, reachOf(world), places, day, () => `g${(last += 1)}`));
}

const crowd = (name: string, size: number, ...works: string[]): [string, string[]][] =>
	Array.from({ length: size }, (_, index) => [`${name}${index}`, works]);

/** Who is in the numbers of a workplace. */
const countedAt = ({ groups }: Grouping, place: string) =>
	groups.filter(({ workplaces }) => workplaces.includes(place)).flatMap(({ people }) => people);

test('a new colleague is counted once five are new', () => {
	const on = createGrouping();
	const old = crowd('old', 9, 'bay');
	expect(countedAt(on(new Map(old), first), 'bay')).toHaveLength(9);
	const four = [...old, ...crowd('new', 4, 'bay')];
	expect(countedAt(on(new Map(four), addDays(first, 1)), 'bay')).toHaveLength(9);
	const five = [...old, ...crowd('new', 5, 'bay')];
	expect(countedAt(on(new Map(five), addDays(first, 2)), 'bay')).toHaveLength(14);
});

test('new colleagues of many houses are counted above them, once they have waited', () => {
	const on = createGrouping();
	const old = [...crowd('b', 9, 'bay'), ...crowd('h', 9, 'hill')];
	on(new Map(old), first);
	const more = new Map([...old, ...crowd('nb', 3, 'bay'), ...crowd('nh', 2, 'hill')]);
	expect(countedAt(on(more, addDays(first, 1)), 'top')).toHaveLength(18);
	const later = on(more, addDays(first, 1 + waitDays));
	expect(countedAt(later, 'top')).toHaveLength(23);
	expect(countedAt(later, 'bay')).toHaveLength(9);
});

test('who leaves is counted as they stood until five have left', () => {
	const on = createGrouping();
	const staff = crowd('a', 12, 'bay');
	on(new Map(staff), first);
	expect(countedAt(on(new Map(staff.slice(4)), addDays(first, 1)), 'bay')).toHaveLength(12);
	expect(countedAt(on(new Map(staff.slice(5)), addDays(first, 2)), 'bay')).toHaveLength(7);
});

test('where fewer than five would be left, nobody is counted, and after a year everybody again', () => {
	const on = createGrouping();
	const staff = crowd('a', 8, 'bay');
	on(new Map(staff), first);
	const few = staff.slice(4);
	expect(countedAt(on(new Map(few), addDays(first, 1)), 'top')).toEqual([]);
	const more = new Map([...few, ...crowd('b', 1, 'bay')]);
	expect(countedAt(on(more, addDays(first, restDays)), 'bay')).toEqual([]);
	expect(countedAt(on(more, addDays(first, restDays + 1)), 'bay')).toHaveLength(5);
});

test('a house that moves to another area takes its numbers along', () => {
	const on = createGrouping();
	const rest = [...crowd('h', 7, 'hill'), ...crowd('l', 7, 'lake')];
	on(new Map([...rest, ...crowd('b', 6, 'bay')]), first);
	const reach = reachOf(new Map(rest));
	for (let index = 0; index < 6; index += 1)
		reach.set(`b${index}`, new Set(['top', 'west', 'bay']));
	const before = on(new Map([...rest, ...crowd('b', 6, 'bay')]), first);
	const after = regroup(before, reach, places, addDays(first, 1), () => 'none');
	expect(countedAt(after, 'east')).toHaveLength(7);
	expect(countedAt(after, 'west')).toHaveLength(13);
	expect(countedAt(after, 'bay')).toHaveLength(6);
});

test('somebody who is erased takes their group with them', () => {
	const on = createGrouping();
	const before = on(new Map(crowd('a', 9, 'bay')), first);
	const erased = before.groups.map((group) => ({ ...group, people: group.people.slice(1) }));
	const world = reachOf(new Map(crowd('a', 9, 'bay').slice(1)));
	const after = regroup({ ...before, groups: erased }, world, places, first, () => 'none');
	expect(after.groups).toEqual([]);
});

/** People come, move, take a second job and go, a few at a time, on days some weeks apart. */
const event = fc.record({
	person: fc.nat({ max: 39 }),
	works: fc.uniqueArray(fc.constantFrom('top', 'east', 'bay', 'hill', 'lake', 'moor'), {
		maxLength: 2
	})
});
const days = fc.array(
	fc.record({ after: fc.nat({ max: 30 }), events: fc.array(event, { maxLength: 12 }) }),
	{
		minLength: 1,
		maxLength: 12
	}
);
const beginnings = fc.array(fc.constantFrom('top', 'east', 'bay', 'hill', 'lake', 'moor'), {
	minLength: 20,
	maxLength: 40
});

/**
 * Everything that sums and differences of all numbers, of all workplaces on all days of a year, can tell:
 * people who are in the same of them can be told apart by none, and are five or more.
 */
test('no arithmetic over workplaces and days tells about fewer than five people', () => {
	fc.assert(
		fc.property(beginnings, days, (start, steps) => {
			const on = createGrouping();
			const world = new Map<string, readonly string[]>(
				start.map((at, index) => [`p${index}`, [at]])
			);
			let day = first;
			/** The numbers each person was ever in, as text. */
			const seen = new Map<string, string>();
			const publish = () => {
				const { groups } = on(world, day);
				for (const { workplaces, people } of groups)
					for (const person of people)
						seen.set(person, `${seen.get(person) ?? ''} ${day} ${workplaces.join()}`);
			};
			publish();
			for (const { after, events } of steps) {
				day = addDays(day, 1 + after);
				if (day >= addDays(first, restDays)) break;
				for (const { person, works } of events) {
					if (works.length === 0) world.delete(`p${person}`);
					else world.set(`p${person}`, works);
				}
				publish();
			}
			for (const alike of Map.groupBy(seen, ([, numbers]) => numbers).values())
				expect(alike.length).toBeGreaterThanOrEqual(leastCounted);
		}),
		{ numRuns: 400 }
	);
});

test('doing it twice on a day is doing it once', () => {
	fc.assert(
		fc.property(beginnings, days, (start, steps) => {
			const on = createGrouping();
			const world = new Map<string, readonly string[]>(
				start.map((at, index) => [`p${index}`, [at]])
			);
			let day = first;
			on(world, day);
			for (const { after, events } of steps) {
				day = addDays(day, 1 + after);
				for (const { person, works } of events)
					world.set(`p${person}`, works.length ? works : ['top']);
				const once = on(world, day);
				expect(on(world, day)).toEqual(once);
			}
		}),
		{ numRuns: 100 }
	);
});
