import type { Catalogue } from '#lib/content/catalogue.ts';
import type { Course, LessonStep, Module, TaskStep } from '#lib/content/course.ts';
import type { Outcome } from '#lib/content/framework.ts';
import type { Localised } from '#lib/content/localised.ts';
import type { Scenario } from './model.ts';
import { isEnding } from './scenes.ts';
import { walkScenario } from './walk.ts';

/** How the platform teaches and trains one outcome. */
export interface Training {
	readonly outcome: Outcome;
	/** Why the platform leaves it out, where the framework names it so. */
	readonly leftOut: Localised | undefined;
	readonly modules: readonly ModuleTraining[];
	readonly scenarios: readonly ScenarioTraining[];
}

/** A module that teaches an outcome, with what one does in it for a skill: knowledge is not trained. */
export interface ModuleTraining {
	readonly course: Course;
	readonly module: Module;
	/** Forms to be filled in at work. */
	readonly tasks: readonly TaskStep[];
	/** Sheets by which somebody leads an exercise for others. */
	readonly exercises: readonly LessonStep[];
}

/** A scenario with decisions that train an outcome. */
export interface ScenarioTraining {
	readonly slug: string;
	readonly scenario: Scenario;
	/** Numbers of the decisions in ascending order, each as the player counts on the quickest way there. */
	readonly decisions: readonly number[];
}

interface Story {
	readonly slug: string;
	readonly scenario: Scenario;
}

/** For every outcome of the framework, in its order: which modules teach it, and what trains it. */
export function listTraining(
	catalogue: Pick<Catalogue, 'framework' | 'modulesTeaching'>,
	stories: readonly Story[]
): Training[] {
	const trained = stories.map((story) => ({
		...story,
		decisions: numberByOutcome(story.scenario)
	}));
	const reasons = new Map(catalogue.framework.uncovered.map(({ id, reason }) => [id, reason]));
	return catalogue.framework.outcomes.map((outcome) => ({
		outcome,
		leftOut: reasons.get(outcome.id),
		modules: catalogue
			.modulesTeaching(outcome.id)
			.map(({ course, module }) => ({ course, module, ...listDoing(outcome, module) })),
		scenarios: trained.flatMap(({ slug, scenario, decisions }) => {
			const numbers = decisions.get(outcome.id);
			if (numbers === undefined) return [];
			return [{ slug, scenario, decisions: [...numbers].toSorted((a, b) => a - b) }];
		})
	}));
}

/** The steps of a module that say they have people practise the outcome. */
function listDoing(
	{ id, kind }: Outcome,
	{ steps }: Module
): Pick<ModuleTraining, 'tasks' | 'exercises'> {
	if (kind === 'knowledge') return { tasks: [], exercises: [] };
	return {
		tasks: steps.filter((step) => step.kind === 'task').filter((step) => trains(step, id)),
		exercises: steps.filter((step) => step.kind === 'lesson').filter((step) => trains(step, id))
	};
}

function trains({ outcomes }: TaskStep | LessonStep, outcome: string): boolean {
	return outcomes.includes(outcome);
}

/** Which decisions train what. */
function numberByOutcome(scenario: Scenario): Map<string, Set<number>> {
	const numbers = new Map<string, Set<number>>();
	for (const [id, number] of numberDecisions(scenario)) {
		const scene = scenario.scenes[id];
		if (scene === undefined || isEnding(scene)) continue;
		for (const { outcomes = [] } of Object.values(scene.choices)) {
			for (const outcome of outcomes) {
				numbers.set(outcome, (numbers.get(outcome) ?? new Set()).add(number));
			}
		}
	}
	return numbers;
}

/**
 * For each scene that can be reached the number of its decision, counted from 1, on the way there with
 * the fewest. Choosing how a flagged scene is told is no decision.
 */
export function numberDecisions(scenario: Scenario): Map<string, number> {
	const walk = walkScenario(scenario);
	const made = new Int32Array(walk.size);
	const numbers = new Map<string, number>();
	for (let state = 0; state < walk.size; state += 1) {
		const before = walk.foundFrom(state);
		if (before !== undefined) {
			made[state] = (made[before] ?? 0) + (walk.isTelling(before) ? 0 : 1);
		}
		const scene = walk.board.sceneIds[walk.sceneAt(state)] ?? '';
		const number = (made[state] ?? 0) + 1;
		numbers.set(scene, Math.min(number, numbers.get(scene) ?? number));
	}
	return numbers;
}
