import { afterAll, describe, expect, test } from 'vitest';
import { locales } from '#lib/content/localised.ts';
import { debrief } from '#lib/scenario/debrief.ts';
import { advance, openExercise, outputOf, placeOf } from '#lib/scenario/exercise.ts';
import { loadLibrary, type LibraryScenario } from '#lib/scenario/library.server.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import { choose, movesOf, replay, type Run } from '#lib/scenario/run.ts';
import { isEnding } from '#lib/scenario/scenes.ts';
import { walkScenario } from '#lib/scenario/walk.ts';
import { wayOut } from '#lib/scenario/ways.ts';
import { effortSince } from '#tests/support/effort.ts';

const { library } = loadLibrary(['courses']);
const { catalogue } = library;
const scenarios = [...library.scenarios, ...library.encounters];
const named = new Set(catalogue.framework.outcomes.map(({ id }) => id));
const begun = process.threadCpuUsage();
let played = 0;

/** A shortest way to each scene, as the moves that lead there; of a flagged one, up to its telling. */
function findWays(scenario: Scenario<unknown>): Map<string, string[]> {
	const walk = walkScenario(scenario);
	const ids = Object.keys(scenario.scenes);
	const ways = new Map<string, string[]>();
	for (let position = 0; position < walk.size; position += 1) {
		const id = ids[walk.sceneAt(position)];
		if (id !== undefined && !ways.has(id)) ways.set(id, walk.wayTo(position));
	}
	return ways;
}

function listEndings({ scenario }: LibraryScenario): string[] {
	return Object.entries(scenario.scenes).flatMap(([id, scene]) => (isEnding(scene) ? [id] : []));
}

/** Plays a way to its end in each language, through the story, the exercise around it and the look back. */
function play({ scenario, presented }: LibraryScenario, moves: readonly string[]): Run {
	const { fits, run } = replay(scenario, moves);
	expect(fits, moves.join(' ')).toBe(true);
	expect(run.ending, moves.join(' ')).toBeDefined();
	const { outcomes } = debrief(run);
	for (const id of [...outcomes.exercised, ...outcomes.met]) {
		expect(named, `${id} in the framework`).toContain(id);
		expect(scenario.outcomes, `${id} among those of the scenario`).toContain(id);
	}
	for (const locale of locales) expectToldInFull(presented[locale], moves);

	const looking = openExercise(scenario, moves);
	expect(placeOf(looking)).toBe('debrief');
	const done = advance(scenario, looking, { type: 'finish' });
	expect(outputOf(done)).toEqual({
		path: moves,
		ending: run.ending,
		outcomes: outcomes.exercised
	});
	played += 1;
	return run;
}

/** A look back that says of each decision what was chosen, what came of it, and what else there was. */
function expectToldInFull(scenario: Scenario<string>, moves: readonly string[]): void {
	const told = debrief(replay(scenario, moves).run);
	const chosen = moves.filter((move) => !move.startsWith(':'));
	expect(told.decisions.map((decision) => decision.chosen.choice)).toEqual(chosen);
	expect(told.curve.points).toHaveLength(chosen.length + 1);
	const texts = [
		told.ending?.text,
		told.ending?.takeaway,
		...told.curve.points.map(({ word }) => word),
		...told.decisions.flatMap(({ text, chosen: taken, others }) => [
			text,
			...[taken, ...others].flatMap(({ text: said, consequence, why }) => [said, consequence, why])
		])
	];
	for (const text of texts) expect(text).toMatch(/\S/u);
	for (const { others } of told.decisions) expect(others.length).toBeGreaterThan(0);
}

test('there is a scenario in every setting', () => {
	const settings = new Set(scenarios.map(({ scenario }) => scenario.setting));
	expect(settings).toEqual(new Set(catalogue.settings.map(({ slug }) => slug)));
});

test('all four kinds of ending are met', () => {
	const kinds = scenarios.flatMap(({ scenario }) =>
		Object.values(scenario.scenes).flatMap((scene) => (isEnding(scene) ? [scene.ending] : []))
	);
	expect(new Set(kinds)).toEqual(new Set(['calm', 'agreement', 'help', 'repaired']));
});

describe.each(scenarios.map((scenario) => [scenario.slug, scenario] as const))(
	'%s',
	(_, scenario) => {
		const ways = findWays(scenario.scenario);

		test('can be played to every ending', () => {
			const endings = listEndings(scenario);
			// A short one may have a single ending.
			expect(endings.length).toBeGreaterThan(library.encounters.includes(scenario) ? 0 : 1);
			const reached = endings.map((ending) => play(scenario, ways.get(ending) ?? []).scene);
			expect(reached).toEqual(endings);
		});

		test('comes to an ending after any choice of any scene, however it is told', () => {
			for (const [scene, way] of ways) {
				const { run: here } = replay(scenario.scenario, way);
				expect(here.scene).toBe(scene);
				for (const move of here.offered) {
					const { run } = choose(here, move);
					play(scenario, [...movesOf(run), ...(wayOut(run) ?? [])]);
				}
			}
		});
	}
);

afterAll(() => {
	expect(played).toBeGreaterThan(scenarios.length * 10);
	expect(effortSince(begun)).toBeLessThan(10_000);
});
