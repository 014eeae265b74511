import { addDays } from '#lib/time.ts';
import { chooseShownInSteps, leastCounted } from './shown-groups.ts';

/**
 * People who are counted together wherever numbers are published, and never one without the others.
 *
 * Whatever is published, of any workplace on any day, is a sum over whole groups. So it stays the same
 * where two people of a group change places with all that they have ever done: nothing that is worked
 * out from it, by whatever sums and differences over workplaces and days, is a fact about fewer people
 * than a group has. That is why a group is made of five or more, why nobody is added to one or taken out
 * of one alone, and why all of this follows from where people work and from the calendar, never from
 * what they have learnt.
 */
export interface PublishGroup {
	id: string;
	/** In whose numbers the group is, itself a whole in each. */
	workplaces: readonly string[];
	/** Some of whom may work elsewhere by now. */
	people: readonly string[];
	/** How many it was made of; fewer people are left where somebody was erased. */
	size: number;
}

/** Who is counted with whom. */
export interface Grouping {
	groups: readonly PublishGroup[];
	/** In no group yet, with the day since which they wait for others. */
	waiting: ReadonlyMap<string, string>;
	/** Out of a group again, with the day on which they left it. */
	resting: ReadonlyMap<string, string>;
}

/** An open workplace, with how far below the top it lies. */
export interface PublishPlace {
	id: string;
	depth: number;
}

/** Every workplace in which somebody is to be counted, those above included. */
export type Reach = ReadonlyMap<string, ReadonlySet<string>>;

export const noGrouping: Grouping = { groups: [], waiting: new Map(), resting: new Map() };

/** Days that somebody waits for four others at the same workplace, before those of more count together. */
export const waitDays = 90;

/**
 * Days after which somebody who was counted elsewhere is as new: long enough for what was true of them
 * then to say little of them now.
 */
export const restDays = 365;

/**
 * Carries a grouping on to another day. Who is new waits until five can be counted together; who has
 * gone from where their group counts stays counted there until five can be taken out, leaving five.
 * Doing it twice on a day is doing it once. It yields where it may be interrupted, since a nation takes
 * seconds.
 *
 * @param places wholes before their parts, always in the same order.
 */
export function* regroupInSteps(
	before: Grouping,
	reach: Reach,
	places: readonly PublishPlace[],
	today: string,
	makeId: () => string
): Generator<void, Grouping> {
	const resting = new Map([...before.resting].filter(([, day]) => addDays(day, restDays) > today));
	const kept: PublishGroup[] = [];
	for (const group of before.groups) {
		const { stays, leaves } = thinOut(group, reach);
		for (const person of leaves) resting.set(person, today);
		if (stays) kept.push(stays);
		yield;
	}
	const taken = new Set(kept.flatMap(({ people }) => people));
	const waiting = new Map<string, string>();
	for (const person of reach.keys()) {
		if (!taken.has(person) && !resting.has(person))
			waiting.set(person, before.waiting.get(person) ?? today);
		yield;
	}
	const made =
		before.groups.length === 0 && resting.size === 0
			? yield* gatherFirst([...waiting.keys()], reach, places)
			: yield* gatherNew(waiting, reach, places, today);
	const added = made.map((people) => ({
		id: makeId(),
		workplaces: [],
		people,
		size: people.length
	}));
	for (const { people } of added) for (const person of people) waiting.delete(person);
	const groups = yield* placeGroups([...kept, ...added], reach, places);
	return { groups, waiting, resting };
}

/** Takes out those who have gone, where they are many enough; where too few are left, everybody. */
function thinOut(
	group: PublishGroup,
	reach: Reach
): { stays: PublishGroup | null; leaves: readonly string[] } {
	const { people, size } = group;
	// Somebody was erased: what is left could be told from the whole.
	if (people.length < size) return { stays: null, leaves: people };
	const workplaces = group.workplaces.filter((place) =>
		people.some((person) => reach.get(person)?.has(place))
	);
	const [stay, leave] = part(people, (person) => {
		const own = reach.get(person);
		return own !== undefined && workplaces.every((place) => own.has(place));
	});
	if (workplaces.length === 0 || stay.length < leastCounted) return { stays: null, leaves: people };
	if (leave.length < leastCounted) return { stays: { ...group, workplaces }, leaves: [] };
	return { stays: { ...group, workplaces, people: stay, size: stay.length }, leaves: leave };
}

function part<One>(all: readonly One[], is: (one: One) => boolean): [One[], One[]] {
	const yes: One[] = [];
	const no: One[] = [];
	for (const one of all) (is(one) ? yes : no).push(one);
	return [yes, no];
}

/** As `Map.groupBy`, yielding after each. */
function* groupInSteps<One>(
	all: Iterable<One>,
	keyOf: (one: One) => string
): Generator<void, Map<string, One[]>> {
	const groups = new Map<string, One[]>();
	for (const one of all) {
		const key = keyOf(one);
		const known = groups.get(key);
		if (known) known.push(one);
		else groups.set(key, [one]);
		yield;
	}
	return groups;
}

/** Everybody at once, so that as many workplaces as can be are counted by themselves. */
function* gatherFirst(
	people: readonly string[],
	reach: Reach,
	places: readonly PublishPlace[]
): Generator<void, string[][]> {
	const inside = new Map(places.map(({ id }) => [id, new Set<string>()]));
	for (const person of people) {
		for (const place of reach.get(person) ?? []) inside.get(place)?.add(person);
		yield;
	}
	const shown = yield* chooseShownInSteps(
		places.map(({ id }) => ({ id, people: inside.get(id) ?? new Set() }))
	);
	// People of the same places mostly have one set of them.
	const keys = new Map<ReadonlySet<string>, string>();
	const keyOf = (own: ReadonlySet<string>) =>
		[...own]
			.filter((id) => shown.has(id))
			.toSorted()
			.join(' ');
	const alike = yield* groupInSteps(people, (person) => {
		const own = reach.get(person) ?? new Set();
		const known = keys.get(own) ?? keyOf(own);
		keys.set(own, known);
		return known;
	});
	return [...alike].filter(([key]) => key !== '').map(([, some]) => some);
}

/** Those who work at the very same places; of those who have waited long, whoever is nearest. */
function* gatherNew(
	waiting: ReadonlyMap<string, string>,
	reach: Reach,
	places: readonly PublishPlace[],
	today: string
): Generator<void, string[][]> {
	const left = new Set(waiting.keys());
	const found: string[][] = [];
	const take = (some: readonly string[]) => {
		if (some.length < leastCounted) return;
		found.push([...some]);
		for (const one of some) left.delete(one);
	};
	const alike = yield* groupInSteps(left, (person) =>
		[...(reach.get(person) ?? [])].toSorted().join(' ')
	);
	for (const some of alike.values()) take(some);
	const hasWaited = (person: string) => addDays(waiting.get(person) ?? today, waitDays) <= today;
	const patient = [...left].filter(hasWaited);
	for (const { id } of places.toSorted((a, b) => b.depth - a.depth)) {
		take(patient.filter((person) => left.has(person) && reach.get(person)?.has(id)));
		yield;
	}
	return found;
}

/**
 * In whose numbers each group is from now on: where all of it works. A workplace that has no numbers
 * yet gets some once no group lies partly in it, so that its first are of everybody who is in a group.
 */
function* placeGroups(
	groups: readonly PublishGroup[],
	reach: Reach,
	places: readonly PublishPlace[]
): Generator<void, PublishGroup[]> {
	const shown = new Set(groups.flatMap(({ workplaces }) => workplaces));
	const isSplit = new Set<string>();
	const wholes: Set<string>[] = [];
	for (const { people } of groups) {
		const count = new Map<string, number>();
		for (const person of people)
			for (const place of reach.get(person) ?? []) count.set(place, (count.get(place) ?? 0) + 1);
		const whole = [...count].filter(([, some]) => some === people.length).map(([place]) => place);
		for (const [place, some] of count) if (some < people.length) isSplit.add(place);
		wholes.push(new Set(whole));
		yield;
	}
	const order = new Map(places.map(({ id }, index) => [id, index]));
	return groups.map((group, index) => {
		const added = [...(wholes[index] ?? [])].filter((id) => shown.has(id) || !isSplit.has(id));
		const workplaces = [...new Set([...group.workplaces, ...added])]
			.filter((id) => order.has(id))
			.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
		return { ...group, workplaces };
	});
}
