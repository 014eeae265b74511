import { replayKnown } from '#lib/scenario/known-runs.ts';
import type { ChoiceKind, Scenario } from '#lib/scenario/model.ts';
import { debrief } from '#lib/scenario/debrief.ts';
import { findDecision } from '#lib/scenario/scenes.ts';

/** A decision that a learner has made in a story, as a refresher needs to know it. */
export interface PastDecision {
	scenario: string;
	setting: string;
	/** Names of those who were met in the story. */
	people: readonly string[];
	/** The month in which the way was begun, `YYYY-MM`. */
	month: string;
	/** Which of the person's ways through the story, counted from 1. */
	ordinal: number;
	/** Which decision on that way, counted from 1. */
	number: number;
	/** What the decision trains: all that any of its choices does. */
	outcomes: readonly string[];
	/** What the way that was taken cost: 0 for nothing, at most {@link highestCost}. */
	cost: number;
	/** Whether it was put right on the same way. */
	isRepaired: boolean;
}

const costOfKind: Readonly<Record<ChoiceKind, number>> = { good: 0, okay: 0, harmful: 2 };
export const highestCost = 3;

/** One of a person's ways through a story. */
export interface PastWay {
	scenario: string;
	ordinal: number;
	month: string;
	moves: readonly string[];
}

/**
 * The decisions on a way, as far as its moves fit the scenario. A harmful choice costs 2, and any choice
 * costs 1 where the alarm rose with it. It is put right where the story ends as repaired, or where a good
 * choice later on the way trains one of the same outcomes.
 */
export function listPastDecisions(scenario: Scenario, way: PastWay): PastDecision[] {
	const { run } = replayKnown(scenario, way.moves);
	const { decisions, ending } = debrief(run);
	const people = Object.values(scenario.people).map(({ name }) => name);
	const trained = decisions.map(({ scene }) =>
		Object.values(findDecision(scenario, scene)?.choices ?? {}).flatMap(
			({ outcomes = [] }) => outcomes
		)
	);
	return decisions.map(({ number, chosen, before, after }, index) => {
		const own = [...new Set(trained[index])].toSorted();
		const rose = (after['alarm'] ?? 0) > (before['alarm'] ?? 0);
		const isMended = decisions.slice(index + 1).some(({ chosen: { kind } }, later) => {
			const same = trained[index + 1 + later]?.some((outcome) => own.includes(outcome));
			return kind === 'good' && same;
		});
		return {
			scenario: way.scenario,
			setting: scenario.setting,
			people,
			month: way.month,
			ordinal: way.ordinal,
			number,
			outcomes: own,
			cost: costOfKind[chosen.kind] + (rose ? 1 : 0),
			isRepaired: isMended || ending?.kind === 'repaired'
		};
	});
}
