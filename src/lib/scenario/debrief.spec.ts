import { describe, expect, test } from 'vitest';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import { debrief } from './debrief.ts';
import { replay, start } from './run.ts';

const scenario = soundScenario();
const told = debrief(replay(scenario, ['shrug', ':gently', 'leave', 'breathe']).run);

describe('a debrief', () => {
	test('draws the alarm from the beginning and after each decision', () => {
		expect(told.curve).toMatchObject({ min: 0, max: 10 });
		expect(told.curve.points).toEqual([
			{ decision: 0, alarm: 4, word: { da: 'anspændt', en: 'tense' } },
			{ decision: 1, alarm: 7, word: { da: 'anspændt', en: 'tense' } },
			{ decision: 2, alarm: 9, word: { da: 'i alarm', en: 'in alarm' } },
			{ decision: 3, alarm: 5, word: { da: 'anspændt', en: 'tense' } }
		]);
	});

	test('tells each decision with what was chosen and why, and leaves the choice of telling out', () => {
		expect(
			told.decisions.map(({ number, scene, chosen }) => [number, scene, chosen.choice])
		).toEqual([
			[1, 'stop', 'shrug'],
			[2, 'refused-told', 'leave'],
			[3, 'overwhelmed', 'breathe']
		]);
		expect(told.decisions[0]).toMatchObject({
			text: { en: 'Bo looks at the board. The bus has left.' },
			says: { who: 'bo', text: { en: 'Is there another one?' } },
			chosen: {
				kind: 'harmful',
				consequence: { en: 'Bo turns his back.' },
				why: { en: 'He is told nothing.' }
			},
			before: { alarm: 4, trust: 2 },
			after: { alarm: 7, trust: 1 }
		});
	});

	test('tells what else could have been tried, and whether it was offered', () => {
		expect(told.decisions[0]?.others.map(({ choice, offered }) => [choice, offered])).toEqual([
			['answer', true],
			['offer-tea', true]
		]);
		const guarded = soundScenario();
		const closed = {
			...guarded,
			gauges: { ...guarded.gauges, trust: { ...guarded.gauges['trust']!, start: 0 } }
		};
		const { decisions } = debrief(replay(closed, ['answer']).run);
		expect(decisions[0]?.others.find(({ choice }) => choice === 'offer-tea')?.offered).toBe(false);
	});

	test('knows the moves that lead to each decision, so that it can be tried again', () => {
		expect(told.decisions.map(({ movesBefore }) => movesBefore)).toEqual([
			[],
			['shrug', ':gently'],
			['shrug', ':gently', 'leave']
		]);
		for (const { movesBefore, scene } of told.decisions) {
			expect(replay(scenario, movesBefore).run.scene).toBe(scene);
		}
	});

	test('tells the outcomes that were exercised and those that were met', () => {
		expect(told.outcomes).toEqual({ exercised: [], met: ['TI-S3', 'TI-S5'] });
		const good = debrief(replay(scenario, ['answer', ':as-is', 'stay']).run);
		expect(good.outcomes).toEqual({ exercised: ['TI-S3', 'TI-S5'], met: ['TI-S3', 'TI-S5'] });
	});

	test('tells the ending with what can be used today', () => {
		expect(told.ending).toMatchObject({
			scene: 'taxi',
			kind: 'repaired',
			takeaway: { en: 'Stay, and say it as it is.' }
		});
	});

	test('of a story that has only begun is short', () => {
		expect(debrief(start(scenario))).toMatchObject({
			curve: { points: [{ decision: 0, alarm: 4 }] },
			decisions: [],
			ending: undefined
		});
	});
});
