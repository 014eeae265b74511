import type { Catalogue } from '#lib/content/catalogue.ts';

/** How an outcome of the framework reached people, weakest first. */
export const ways = ['taught', 'practised', 'refreshed'] as const;

export type Way = (typeof ways)[number];

/** How many of a group of people were reached in each way, by the index of the outcome. */
export type Reached = Readonly<Record<Way, readonly number[]>>;

/** What completing a module gives, as indexes of outcomes. */
export type Gains = ReadonlyMap<string, Readonly<Record<Way, readonly number[]>>>;

/** A scenario with the outcomes that its decisions train. */
export interface Trains {
	slug: string;
	outcomes: ReadonlySet<string>;
}

/**
 * What each module gives whoever completes it, by `course/module`: it teaches what it names; it has them
 * practise what the decisions of its scenarios train, of several the ones that all do, and what its tasks
 * and sheets name; as a refresher it refreshes what it teaches.
 */
export function listGains(
	{ courses, framework }: Pick<Catalogue, 'courses' | 'framework'>,
	scenarios: readonly Trains[]
): Gains {
	const trained = new Map(scenarios.map(({ slug, outcomes }) => [slug, outcomes]));
	const indexOf = new Map(framework.outcomes.map(({ id }, index) => [id, index]));
	const indexes = (ids: Iterable<string>) =>
		[...new Set(ids)].flatMap((id) => indexOf.get(id) ?? []).toSorted((a, b) => a - b);
	const gains = new Map<string, Record<Way, readonly number[]>>();
	for (const course of courses) {
		const { refresher } = course;
		for (const module of refresher ? [...course.modules, refresher] : course.modules) {
			const taught = indexes(module.outcomes);
			const practised = module.steps.flatMap((step) => {
				if (step.kind === 'task' || step.kind === 'lesson') return step.outcomes;
				if (step.kind !== 'scenario') return [];
				// Nobody knows which of several somebody has played.
				const [first, ...others] = step.scenarios.map(
					(slug) => trained.get(slug) ?? new Set<string>()
				);
				return [...(first ?? [])].filter((id) => others.every((other) => other.has(id)));
			});
			gains.set(`${course.slug}/${module.slug}`, {
				taught,
				practised: indexes(practised),
				refreshed: module === refresher ? taught : []
			});
		}
	}
	return gains;
}

/** Nobody, of so many outcomes. */
export function nobodyReached(outcomes: number): Record<Way, number[]> {
	const none = () => new Array<number>(outcomes).fill(0);
	return { taught: none(), practised: none(), refreshed: none() };
}

/** Counts one person more, by the modules that they have completed. */
export function countPerson(
	reached: Record<Way, number[]>,
	modules: readonly { key: string; isValid: boolean }[],
	gains: Gains
): void {
	for (const way of ways) {
		const own = new Set<number>();
		for (const { key, isValid } of modules)
			if (way !== 'refreshed' || isValid) for (const at of gains.get(key)?.[way] ?? []) own.add(at);
		for (const at of own) reached[way][at] = (reached[way][at] ?? 0) + 1;
	}
}

/** The most steps in which a share is told. */
const finest = 20;

/** The fewest: with five people, each step is of one or two. */
const coarsest = 4;

/** Between which whole percents a share lies. */
export type Span = readonly [from: number, to: number];

/**
 * A share as it is published of one group: in which step it lies, of steps of at least five people, or in
 * quarters. So the lowest step holds one person as well as none, and the highest all but one as well as
 * all: nothing is ever said of everybody in a group, that they have or that they have not.
 */
export function coarsen(some: number, people: number): { step: number; steps: number } {
	const steps = Math.min(finest, Math.max(coarsest, Math.floor(people / 5)));
	return { step: Math.min(steps - 1, Math.floor((some / people) * steps)), steps };
}

/** Shares of a workplace, by the index of the outcome. */
export type Shares = Readonly<Record<Way, readonly Span[]>>;

/** The shares of several groups together, made of nothing but what each of them tells by itself. */
export function blendShares(groups: readonly { people: number; reached: Reached }[]): Shares {
	const all = groups.reduce((sum, { people }) => sum + people, 0);
	const blend = (way: Way) =>
		(groups[0]?.reached[way] ?? []).map((_, at): Span => {
			let from = 0;
			let to = 0;
			for (const { people, reached } of groups) {
				const { step, steps } = coarsen(reached[way][at] ?? 0, people);
				from += (people * step) / steps;
				to += (people * (step + 1)) / steps;
			}
			return [Math.floor((from / all) * 100), Math.ceil((to / all) * 100)];
		});
	return { taught: blend('taught'), practised: blend('practised'), refreshed: blend('refreshed') };
}
