import { and, asc, gte, inArray, lt } from 'drizzle-orm';
import type { Scenario } from '#lib/scenario/model.ts';
import { replay } from '#lib/scenario/run.ts';
import { findChoice } from '#lib/scenario/scenes.ts';
import { createBreathe } from '#lib/server/slices.ts';
import type { CountedCell } from './choice-release.ts';
import { portions } from './erase.server.ts';
import type { Learning } from './learner.server.ts';
import { attempts, moves } from './tables.server.ts';

/** Attempts whose moves are read together. */
const together = 400;

/** What one person first chose in each scene of a version. */
interface Walker {
	house: string | null;
	ordinal: number;
	/** Choices by scene. */
	chosen: Map<string, string>;
}

/**
 * How many people took each choice of these versions when they first came to its scene, and from how many
 * workplaces. Each person counts once in a scene, however often they came there. What this gives stays on
 * the private side: only `releaseChoices` says what of it may be told.
 */
export async function countChoices(
	{ private: store }: Learning,
	versions: ReadonlyMap<string, Scenario>
): Promise<CountedCell[]> {
	if (versions.size === 0) return [];
	const walkers = new Map<string, Walker>();
	const hashes = [...versions.keys()];
	const breathe = createBreathe();
	for (const [from, below] of portions) {
		const found = await store.read
			.select({
				id: attempts.id,
				learner: attempts.learner,
				version: attempts.version,
				house: attempts.house,
				ordinal: attempts.ordinal
			})
			.from(attempts)
			.where(
				and(gte(attempts.id, from), lt(attempts.id, below), inArray(attempts.version, hashes))
			);
		for (let at = 0; at < found.length; at += together) {
			const some = found.slice(at, at + together);
			const made = await store.read
				.select({ attempt: moves.attempt, move: moves.move })
				.from(moves)
				.where(
					inArray(
						moves.attempt,
						some.map(({ id }) => id)
					)
				)
				.orderBy(asc(moves.attempt), asc(moves.position));
			const byAttempt = Map.groupBy(made, ({ attempt }) => attempt);
			for (const attempt of some) {
				const scenario = versions.get(attempt.version);
				const own = byAttempt.get(attempt.id) ?? [];
				if (scenario)
					note(
						walkers,
						attempt,
						scenario,
						own.map(({ move }) => move)
					);
			}
			await breathe();
		}
	}
	return gather(walkers);
}

function note(
	walkers: Map<string, Walker>,
	{
		learner,
		version,
		house,
		ordinal
	}: Pick<typeof attempts.$inferSelect, 'learner' | 'version' | 'house' | 'ordinal'>,
	scenario: Scenario,
	made: readonly string[]
): void {
	const key = `${version} ${learner}`;
	const chosen = new Map<string, string>();
	for (const { from, move } of replay(scenario, made).run.path)
		if (!chosen.has(from) && findChoice(scenario, from, move)) chosen.set(from, move);
	const before = walkers.get(key);
	if (!before) return void walkers.set(key, { house, ordinal, chosen });
	// Attempts come in no order: the earlier one says what was chosen first, and where they worked.
	const [first, later] =
		before.ordinal < ordinal ? [before.chosen, chosen] : [chosen, before.chosen];
	walkers.set(key, {
		house: before.ordinal < ordinal ? before.house : house,
		ordinal: Math.min(before.ordinal, ordinal),
		chosen: new Map([...later, ...first])
	});
}

function gather(walkers: ReadonlyMap<string, Walker>): CountedCell[] {
	const cells = new Map<string, CountedCell & { places: Set<string> }>();
	for (const [key, { house, chosen }] of walkers) {
		const [scenario = ''] = key.split(' ');
		for (const [scene, choice] of chosen) {
			const name = `${scenario} ${scene} ${choice}`;
			const cell = cells.get(name) ?? {
				...{ scenario, scene, choice, people: 0, houses: 0 },
				places: new Set()
			};
			cell.people += 1;
			if (house !== null) cell.places.add(house);
			cells.set(name, cell);
		}
	}
	return [...cells.values()].map(({ places, ...cell }) => ({ ...cell, houses: places.size }));
}
