import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import { debrief } from './debrief.ts';
import { findParting } from './partings.ts';
import { choose, replay, start, type Run } from './run.ts';

const tell = (...moves: string[]) => debrief(replay(soundScenario(), moves).run);

test('two ways part at the first decision that was answered otherwise', () => {
	const { together, first, second } = findParting(
		tell('answer', ':as-is', 'stay'),
		tell('answer', ':as-is', 'scold', 'breathe')
	);
	expect(together).toBe(1);
	expect(first?.chosen.choice).toBe('stay');
	expect(second?.chosen.choice).toBe('scold');
});

test('equal ways do not part, and a shorter one is over where the longer goes on', () => {
	const whole = tell('answer', ':as-is', 'scold', 'breathe');
	expect(findParting(whole, whole)).toEqual({
		together: 3,
		first: undefined,
		second: undefined
	});
	expect(findParting(tell('answer'), whole)).toMatchObject({ together: 1, first: undefined });
});

test('it is the same seen from either way, and what is told as together is the same in both', () => {
	const picks = fc.array(fc.nat({ max: 3 }), { maxLength: 8 });
	const walk = (run: Run, way: readonly number[]) =>
		way.reduce((now, pick) => {
			const move = now.offered[pick % Math.max(1, now.offered.length)];
			return move === undefined ? now : choose(now, move).run;
		}, run);
	fc.assert(
		fc.property(randomScenario, picks, picks, (scenario, one, other) => {
			const first = debrief(walk(start(scenario), one));
			const second = debrief(walk(start(scenario), other));
			const there = findParting(first, second);
			const back = findParting(second, first);
			expect(back).toEqual({ together: there.together, first: there.second, second: there.first });
			for (let index = 0; index < there.together; index += 1) {
				expect(first.decisions[index]?.chosen).toEqual(second.decisions[index]?.chosen);
			}
		}),
		{ numRuns: 100 }
	);
});
