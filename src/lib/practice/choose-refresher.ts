import { mixPlaces } from '#lib/content/mix.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import { isEnding } from '#lib/scenario/scenes.ts';
import type { PastDecision } from './past-decision.ts';

/** A short scenario that a refresher may hold. */
export interface Encounter {
	slug: string;
	setting: string;
	/** Names of those who are met in it. */
	people: readonly string[];
	/** What its choices train. */
	outcomes: readonly string[];
}

/** What a refresher made for one person holds at most: three short encounters fill its ten minutes. */
export const mostAgain = 2;
export const mostInAll = 3;

/** A scenario as a refresher needs to know it. */
export function describeEncounter(slug: string, scenario: Scenario): Encounter {
	const choices = Object.values(scenario.scenes).flatMap((scene) =>
		isEnding(scene) ? [] : Object.values(scene.choices)
	);
	return {
		slug,
		setting: scenario.setting,
		people: Object.values(scenario.people).map(({ name }) => name),
		outcomes: [...new Set(choices.flatMap(({ outcomes = [] }) => outcomes))].toSorted()
	};
}

/**
 * What each outcome has cost a person, the highest first; those that cost nothing are left out. A
 * decision weighs what it cost, half where it was put right, half where the story was walked anew later,
 * and the more the later its month: from 1/months for the first month in the history to 1 for the last.
 */
export function weighOutcomes(
	history: readonly PastDecision[]
): { outcome: string; weight: number }[] {
	const months = [...new Set(history.map(({ month }) => month))].toSorted();
	const newest = new Map<string, number>();
	for (const { scenario, ordinal } of history)
		newest.set(scenario, Math.max(ordinal, newest.get(scenario) ?? 0));
	const weights = new Map<string, number>();
	for (const { scenario, month, ordinal, outcomes, cost, isRepaired } of inOrder(history)) {
		const lateness = (months.indexOf(month) + 1) / months.length;
		const isLatest = ordinal === newest.get(scenario);
		const weight = cost * lateness * (isRepaired ? 0.5 : 1) * (isLatest ? 1 : 0.5);
		if (weight === 0) continue;
		for (const outcome of outcomes) weights.set(outcome, (weights.get(outcome) ?? 0) + weight);
	}
	return [...weights]
		.map(([outcome, weight]) => ({ outcome, weight }))
		.toSorted((a, b) => b.weight - a.weight || (a.outcome < b.outcome ? -1 : 1));
}

/**
 * Makes a refresher for one person: the names of one to {@link mostInAll} encounters in the order in
 * which they are met, or null where nothing is known of the person or nothing new is left, so that the
 * standard one is given. At most {@link mostAgain} meet again what has cost the person most, with other
 * people and in other settings than those where it did; the rest is what they have met least, best of
 * all never. Nothing in `seen` comes again. The same input gives the same refresher, in whatever order the
 * history and the bank stand; among encounters that serve as well, the seed decides.
 */
export function chooseRefresher({
	history,
	bank,
	seen,
	seed
}: {
	history: readonly PastDecision[];
	bank: readonly Encounter[];
	seen: ReadonlySet<string>;
	seed: string;
}): string[] | null {
	if (history.length === 0) return null;
	const mixed = mixBank(bank, seed).filter(({ slug }) => !seen.has(slug));
	const chosen: Encounter[] = [];
	const trains = (outcome: string) => chosen.some(({ outcomes }) => outcomes.includes(outcome));
	for (const { outcome } of weighOutcomes(history)) {
		if (chosen.length === mostAgain) break;
		if (trains(outcome)) continue;
		const found = findAgain(outcome, history, without(mixed, chosen));
		if (found) chosen.push(found);
	}
	const met = countMet(history);
	while (chosen.length < mostInAll) {
		const next = findLeastMet(met, without(mixed, chosen), trains);
		if (!next) break;
		chosen.push(next);
	}
	return chosen.length === 0 ? null : chosen.map(({ slug }) => slug);
}

/** One that trains the outcome with other people in another setting than where it was hard. */
export function findAgain(
	outcome: string,
	history: readonly PastDecision[],
	bank: readonly Encounter[]
): Encounter | undefined {
	const hard = history.filter(({ outcomes, cost }) => cost > 0 && outcomes.includes(outcome));
	const settings = new Set(hard.map(({ setting }) => setting));
	const people = new Set(hard.flatMap((decision) => decision.people));
	return bank.find(
		(one) =>
			one.outcomes.includes(outcome) &&
			!settings.has(one.setting) &&
			!one.people.some((name) => people.has(name))
	);
}

function findLeastMet(
	met: ReadonlyMap<string, number>,
	bank: readonly Encounter[],
	trains: (outcome: string) => boolean
): Encounter | undefined {
	const fewest = (one: Encounter) =>
		Math.min(
			...one.outcomes.filter((outcome) => !trains(outcome)).map((outcome) => met.get(outcome) ?? 0)
		);
	// The first of those that serve as well: sorting keeps their order.
	return bank.toSorted((a, b) => compare(fewest(a), fewest(b)))[0];
}

/** Infinity is as far as Infinity. */
function compare(a: number, b: number): number {
	return a === b ? 0 : a - b;
}

function countMet(history: readonly PastDecision[]): Map<string, number> {
	const met = new Map<string, number>();
	for (const outcome of history.flatMap(({ outcomes }) => outcomes))
		met.set(outcome, (met.get(outcome) ?? 0) + 1);
	return met;
}

function without(bank: readonly Encounter[], chosen: readonly Encounter[]): Encounter[] {
	return bank.filter((one) => !chosen.includes(one));
}

function mixBank(bank: readonly Encounter[], seed: string): Encounter[] {
	const sorted = bank.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
	return mixPlaces(sorted.length, seed).flatMap((place) => sorted[place] ?? []);
}

/** Adding up in one order, sums are the same however the rows come. */
function inOrder(history: readonly PastDecision[]): PastDecision[] {
	const key = ({ month, scenario, ordinal, number }: PastDecision) =>
		[month, scenario, String(ordinal).padStart(6, '0'), String(number).padStart(6, '0')].join(' ');
	return history.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}
