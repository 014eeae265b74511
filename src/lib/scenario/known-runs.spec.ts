import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import { replayKnown } from './known-runs.ts';
import { choose, movesOf, replay, start, type Run } from './run.ts';

function walk(run: Run, picks: readonly number[]): Run {
	return picks.reduce((now, pick) => {
		const move = now.offered[pick % Math.max(1, now.offered.length)];
		return move === undefined ? now : choose(now, move).run;
	}, run);
}

const withoutState = ({ run, ...rest }: ReturnType<typeof replay>) => ({
	...rest,
	run: { ...run, state: undefined }
});

test('what is remembered is what a replay gives, in whatever order runs are asked for', () => {
	fc.assert(
		fc.property(
			randomScenario,
			fc.array(fc.array(fc.nat({ max: 3 }), { maxLength: 8 }), { minLength: 1, maxLength: 6 }),
			(scenario, walks) => {
				for (const picks of walks) {
					const moves = movesOf(walk(start(scenario), picks));
					for (const way of [moves, moves.slice(0, -1), [...moves, 'no-such-choice'], moves]) {
						expect(withoutState(replayKnown(scenario, way))).toEqual(
							withoutState(replay(scenario, way))
						);
					}
				}
			}
		),
		{ numRuns: 60 }
	);
});

test('two scenarios with the same choices are not mistaken for each other', () => {
	const [one, other] = [soundScenario(), soundScenario()];
	expect(replayKnown(one, ['shrug']).run.scenario).toBe(one);
	expect(replayKnown(other, ['shrug']).run.scenario).toBe(other);
});

test('a run that is known is given again without being made again', () => {
	const scenario = soundScenario();
	expect(replayKnown(scenario, ['shrug'])).toBe(replayKnown(scenario, ['shrug']));
});
