import { asc, inArray } from 'drizzle-orm';
import { readMany } from '#lib/server/db/insert-many.ts';
import type { Library } from '#lib/scenario/library.server.ts';
import { findLearner, type Learner, type Learning } from './learner.server.ts';
import { scopeOfScenario } from './attempts.server.ts';
import { scopeOfModule, type ModuleRef } from './progress.server.ts';
import type { PastWay } from './past-decision.ts';
import { scopeOfRefreshers } from './refreshers.server.ts';
import { attempts, moves, progress, reflections, refreshers } from './tables.server.ts';

/** Everything that only the person may know, as they may have it with them. */
export interface OwnPractice {
	/** The steps behind them. Whether they were done, read or skipped is not kept. */
	steps: readonly (ModuleRef & { step: string; month: string })[];
	/** Their ways through scenarios, each from its first move. */
	attempts: readonly {
		scenario: string;
		version: string;
		ordinal: number;
		state: string;
		month: string;
		moves: readonly string[];
	}[];
	/** The short scenarios that were chosen for their refreshers, in the order in which they come. */
	refreshers: readonly { course: string; ordinal: number; encounter: string; month: string }[];
	/** What they wrote for themselves. */
	reflections: readonly { about: string; step: string; text: string; month: string }[];
}

/** What scopes stand for, so that rows can be told apart again. */
interface Scopes {
	courses: readonly string[];
	modules: readonly ModuleRef[];
	scenarios: readonly string[];
}

/** Everything of a library that private rows can be scoped to. */
export function listOwnScopes({ catalogue, scenarios, encounters, shelf }: Library): Scopes {
	return {
		courses: catalogue.courses.map(({ slug }) => slug),
		modules: catalogue.courses.flatMap(({ slug: course, modules, refresher }) =>
			[...modules, ...(refresher ? [refresher] : [])].map(({ slug: module }) => ({
				course,
				module
			}))
		),
		scenarios: [
			...new Set([...[...scenarios, ...encounters].map(({ slug }) => slug), ...shelf.known])
		]
	};
}

/** Gathers a person's own private side within modules and scenarios that exist. */
export async function listOwnPractice(
	learning: Learning,
	person: string,
	scopes: Scopes
): Promise<OwnPractice> {
	const learner = await findLearner(learning, person);
	if (!learner) return { steps: [], attempts: [], refreshers: [], reflections: [] };
	const modules = new Map(
		scopes.modules.map((ref) => [learner.pseudonym(scopeOfModule(ref)), ref])
	);
	const scenarios = new Map(
		scopes.scenarios.map((slug) => [learner.pseudonym(scopeOfScenario(slug)), slug])
	);
	const courses = new Map(
		scopes.courses.map((slug) => [learner.pseudonym(scopeOfRefreshers(slug)), slug])
	);
	return {
		steps: await listSteps(learning, modules),
		attempts: await listAttempts(learning, scenarios),
		refreshers: await listRefreshers(learning, courses),
		reflections: await listReflections(learning, learner, modules, scenarios)
	};
}

/** The person's ways through these scenarios, each with the version it was begun in. */
export async function listOwnWays(
	learning: Learning,
	person: string,
	scenarios: readonly string[]
): Promise<(PastWay & { version: string })[]> {
	const learner = await findLearner(learning, person);
	if (!learner) return [];
	return listAttempts(
		learning,
		new Map(scenarios.map((slug) => [learner.pseudonym(scopeOfScenario(slug)), slug]))
	);
}

async function listRefreshers(
	{ private: store }: Learning,
	courses: ReadonlyMap<string, string>
): Promise<OwnPractice['refreshers']> {
	const rows = await store.read
		.select({
			learner: refreshers.learner,
			ordinal: refreshers.ordinal,
			encounter: refreshers.encounter,
			month: refreshers.month
		})
		.from(refreshers)
		.where(inArray(refreshers.learner, [...courses.keys()]))
		.orderBy(asc(refreshers.learner), asc(refreshers.ordinal), asc(refreshers.position));
	return rows.map(({ learner, ...facts }) => ({ course: courses.get(learner) ?? '', ...facts }));
}

async function listSteps({ private: store }: Learning, modules: ReadonlyMap<string, ModuleRef>) {
	const rows = await store.read
		.select({ learner: progress.learner, step: progress.step, month: progress.month })
		.from(progress)
		.where(inArray(progress.learner, [...modules.keys()]));
	return rows.flatMap(({ learner, step, month }) => {
		const ref = modules.get(learner);
		return ref ? [{ ...ref, step, month }] : [];
	});
}

async function listAttempts({ private: store }: Learning, scenarios: ReadonlyMap<string, string>) {
	const rows = await store.read
		.select({
			id: attempts.id,
			learner: attempts.learner,
			version: attempts.version,
			ordinal: attempts.ordinal,
			state: attempts.state,
			month: attempts.month
		})
		.from(attempts)
		.where(inArray(attempts.learner, [...scenarios.keys()]))
		.orderBy(asc(attempts.learner), asc(attempts.ordinal));
	const made = await readMany(
		rows.map(({ id }) => id),
		(some) =>
			store.read
				.select({ attempt: moves.attempt, move: moves.move })
				.from(moves)
				.where(inArray(moves.attempt, some))
				.orderBy(asc(moves.attempt), asc(moves.position))
	);
	const movesOf = Map.groupBy(made, ({ attempt }) => attempt);
	return rows.map(({ id, learner, ...facts }) => ({
		scenario: scenarios.get(learner) ?? '',
		...facts,
		moves: (movesOf.get(id) ?? []).map(({ move }) => move)
	}));
}

async function listReflections(
	{ private: store }: Learning,
	learner: Learner,
	modules: ReadonlyMap<string, ModuleRef>,
	scenarios: ReadonlyMap<string, string>
) {
	const rows = await store.read
		.select({
			learner: reflections.learner,
			step: reflections.step,
			sealed: reflections.sealed,
			month: reflections.month
		})
		.from(reflections)
		.where(inArray(reflections.learner, [...modules.keys(), ...scenarios.keys()]));
	return rows.map(({ learner: pseudonym, step, sealed, month }) => {
		const ref = modules.get(pseudonym);
		return {
			about: ref ? `${ref.course}/${ref.module}` : (scenarios.get(pseudonym) ?? ''),
			step,
			text: learner.unseal(sealed, `${pseudonym} ${step}`),
			month
		};
	});
}
