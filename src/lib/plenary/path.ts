import { debrief, type AlarmCurve } from '#lib/scenario/debrief.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import { runOf } from './story.ts';

/** The way that a room took through a story, from its beginning on: to be drawn, and told in words. */
export interface RoomPath {
	curve: AlarmCurve<string>;
	/** The words at the foot and the top of the alarm's scale. */
	low: string;
	high: string;
	/** Whom the curve is about; undefined where the story names nobody. */
	person: string | undefined;
	/** What the room chose, and how the other seemed after it. */
	stops: readonly { text: string; word: string }[];
}

/**
 * The way that these moves went.
 *
 * @throws {RangeError} where the moves do not fit the scenario.
 */
export function tellPath(scenario: Scenario<string>, moves: readonly string[]): RoomPath {
	const { curve, decisions } = debrief(runOf(scenario, moves));
	const words = scenario.gauges['alarm']?.words ?? [];
	return {
		curve,
		low: words[0]?.word ?? '',
		high: words.at(-1)?.word ?? '',
		person: Object.values(scenario.people)[0]?.name,
		stops: decisions.map(({ number, chosen }) => ({
			text: chosen.text,
			word: curve.points[number]?.word ?? ''
		}))
	};
}
