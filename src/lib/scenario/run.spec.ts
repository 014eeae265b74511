import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCopy } from '#tests/support/open-scenario.ts';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { edits } from '#tests/support/scenario-edits.ts';
import {
	breakText,
	readScenario,
	soundScenario,
	soundText
} from '#tests/support/sound-scenario.ts';
import { compileScenario } from './compile.ts';
import type { Scenario } from './model.ts';
import { choose, movesOf, replay, scenesOf, start, type Misfit, type Run } from './run.ts';

function play(scenario: Scenario, ...moves: string[]) {
	const replayed = replay(scenario, moves);
	if (!replayed.fits) throw new Error(`${replayed.move} is not offered`);
	return replayed.run;
}

describe('a run', () => {
	test('begins in the first scene with the starting values and what can be chosen there', () => {
		expect(start(soundScenario())).toMatchObject({
			scene: 'stop',
			gauges: { alarm: 4, trust: 2 },
			offered: ['answer', 'shrug', 'offer-tea'],
			telling: undefined,
			path: [],
			passedAtStart: [],
			ending: undefined
		});
	});

	test('tells of each move where it was made, what it changed and where it led', () => {
		const run = play(soundScenario(), 'shrug', ':as-is', 'stay');
		expect(run.path).toEqual([
			{
				from: 'stop',
				move: 'shrug',
				before: { alarm: 4, trust: 2 },
				after: { alarm: 7, trust: 1 },
				consequence: 'stop/shrug',
				passed: [],
				arrived: 'refused'
			},
			{
				from: 'refused',
				move: ':as-is',
				before: { alarm: 7, trust: 1 },
				after: { alarm: 7, trust: 1 },
				consequence: undefined,
				passed: [],
				arrived: 'refused'
			},
			{
				from: 'refused',
				move: 'stay',
				before: { alarm: 7, trust: 1 },
				after: { alarm: 5, trust: 2 },
				consequence: 'refused/stay',
				passed: [],
				arrived: 'taxi'
			}
		]);
		expect(run).toMatchObject({ scene: 'taxi', ending: 'repaired', offered: [] });
		expect(movesOf(run)).toEqual(['shrug', ':as-is', 'stay']);
	});

	test('stays where it is when a move is refused', () => {
		const run = play(soundScenario(), 'shrug', ':as-is', 'stay');
		expect(choose(run, 'stay')).toEqual({ taken: false, run, move: 'stay' });
	});

	test.each(['nothing-of-the-kind', 'breathe', ':gently', ':as-is', 'constructor', ''])(
		'refuses %j where it is not offered',
		(move) => {
			const run = start(soundScenario());
			expect(choose(run, move)).toEqual({ taken: false, run, move });
		}
	);

	test('offers a guarded choice only while its guard holds', () => {
		const scenario = soundScenario();
		expect(play(scenario, 'offer-tea').offered).toContain('offer-tea');
		const guarded = readScenario(breakText('trust: { min: 1 } }', 'trust: { min: 3 } }'));
		expect(start(guarded).offered).toEqual(['answer', 'shrug']);
	});

	test('is not changed by what is chosen from it', () => {
		const run = start(soundScenario());
		const before = structuredClone({ ...run, scenario: null, state: null });
		choose(run, 'shrug');
		expect(structuredClone({ ...run, scenario: null, state: null })).toEqual(before);
	});
});

describe('before a flagged scene', () => {
	test('the theme is named and the telling is to be chosen', () => {
		expect(play(soundScenario(), 'answer')).toMatchObject({
			scene: 'refused',
			telling: { theme: 'rejection', alternative: 'refused-told' },
			offered: [':as-is', ':gently']
		});
	});

	test('"as it is" shows the scene', () => {
		expect(play(soundScenario(), 'answer', ':as-is')).toMatchObject({
			scene: 'refused',
			telling: undefined,
			offered: ['stay', 'scold']
		});
	});

	test('"gently" shows the alternative, and the gauges stay', () => {
		expect(play(soundScenario(), 'answer', ':gently')).toMatchObject({
			scene: 'refused-told',
			telling: undefined,
			gauges: { alarm: 2, trust: 3 },
			offered: ['stay', 'leave']
		});
	});

	test('an ending can be told gently too', () => {
		const scenario = soundScenario();
		const { taxi } = scenario.scenes;
		const flagged = {
			...scenario,
			scenes: {
				...scenario.scenes,
				taxi: { ...taxi!, flag: { theme: 'death', alternative: 'taxi-told' } },
				'taxi-told': taxi!
			}
		};
		const asked = play(flagged, 'answer', ':gently', 'stay');
		expect(asked).toMatchObject({ scene: 'taxi', ending: undefined });
		expect(asked.offered).toEqual([':as-is', ':gently']);
		expect(play(flagged, 'answer', ':gently', 'stay', ':gently')).toMatchObject({
			scene: 'taxi-told',
			ending: 'repaired'
		});
	});
});

describe('automatic transitions', () => {
	test('lead on before the scene is shown or its telling asked about', () => {
		const scenario = readScenario(breakText('alarm: +3, trust: -1', 'alarm: +5, trust: -1'));
		const run = play(scenario, 'shrug');
		expect(run).toMatchObject({ scene: 'overwhelmed', telling: undefined });
		expect(run.path.at(-1)).toMatchObject({ passed: ['refused'], arrived: 'overwhelmed' });
	});

	test('are followed one after another, also before the first move', () => {
		const auto = (to: string) => `\n    auto:\n      - when: {}\n        to: ${to}\n    choices:`;
		const text = breakText('en: Is there another one?\n    choices:', `en: Hm?${auto('refused')}`);
		const chained = text.replace('{ alarm: { min: 9 } }', '{ alarm: { min: 4 } }');
		expect(start(readScenario(chained))).toMatchObject({
			scene: 'overwhelmed',
			passedAtStart: ['stop', 'refused']
		});
	});

	test('that go round in a ring raise an error instead of hanging', () => {
		const text = breakText(
			'en: Is there another one?',
			'en: Hm?\n    auto: [{ when: {}, to: stop }]'
		);
		expect(() => start(readScenario(text))).toThrow();
	});
});

describe('a replay', () => {
	test('gives the run that was played', () => {
		const scenario = soundScenario();
		const moves = ['offer-tea', 'answer', ':gently', 'leave', 'breathe'];
		expect(replay(scenario, moves)).toMatchObject({
			fits: true,
			run: { scene: 'taxi', ending: 'repaired' }
		});
	});

	test('stops at the first move that is not offered and says which', () => {
		expect(replay(soundScenario(), ['answer', 'stay', 'stay'])).toMatchObject({
			fits: false,
			stoppedAt: 1,
			move: 'stay',
			reason: 'telling-asked',
			run: { scene: 'refused' }
		});
	});

	test('of random moves is the same as playing them, every time', () => {
		fc.assert(
			fc.property(randomScenario, fc.array(fc.nat(9), { maxLength: 12 }), (scenario, picks) => {
				const run = walkAtRandom(scenario, picks);
				const again = replay(structuredClone(scenario), movesOf(run));
				expect(again.fits).toBe(true);
				const { scene, gauges, path, offered, ending } = again.run;
				expect({ scene, gauges, path, offered, ending }).toEqual({
					scene: run.scene,
					gauges: run.gauges,
					path: run.path,
					offered: run.offered,
					ending: run.ending
				});
			}),
			{ numRuns: 60 }
		);
	});
});

describe('a path that no longer fits says where it stops, and why:', () => {
	const moves = ['offer-tea', 'answer', ':as-is', 'scold', 'breathe'];
	const told = soundText.slice(soundText.indexOf('    flag:'), soundText.indexOf('    auto:'));
	const refused = { index: 2, scene: 'refused' };

	test.each<[string, string, string, Misfit, { index: number; scene: string }]>([
		['the scene is gone', 'overwhelmed', 'too-much', 'scene-gone', { index: 4, scene: 'too-much' }],
		[
			'the choice leads elsewhere',
			'en: It is not his fault.\n        to: overwhelmed',
			'en: It is not his fault.\n        to: stop',
			'elsewhere',
			{ index: 4, scene: 'stop' }
		],
		[
			'the story is over before',
			'en: It is not his fault.\n        to: overwhelmed',
			'en: It is not his fault.\n        to: taxi',
			'story-over',
			{ index: 4, scene: 'taxi' }
		],
		[
			'the choice is gone',
			'      breathe:',
			'      sigh:',
			'choice-gone',
			{ index: 4, scene: 'overwhelmed' }
		],
		[
			'the gauges stand in its way',
			'trust: { min: 1 } }',
			'trust: { min: 3 } }',
			'not-offered',
			{ index: 0, scene: 'stop' }
		],
		['the flag is gone', told, '', 'telling-gone', refused],
		[
			'the scene has a flag by now',
			'en: Bo does not hear you any more.\n',
			'en: Bo does not hear you any more.\n    flag: { theme: rejection, alternative: refused-told }\n',
			'telling-asked',
			{ index: 4, scene: 'overwhelmed' }
		]
	])('%s', (_, passage, instead, reason, { index, scene }) => {
		const before = play(soundScenario(), ...moves);
		const text = soundText.replaceAll(passage, () => instead);
		const again = replay(readScenario(text), movesOf(before), { scenes: scenesOf(before) });
		expect(again).toMatchObject({
			fits: false,
			stoppedAt: index,
			move: moves[index],
			reason,
			run: { scene }
		});
	});

	test('a move of the same name in another scene does not fit', () => {
		const before = play(soundScenario(), 'answer', ':as-is', 'stay');
		const after = readScenario(
			breakText(
				'en: Now he knows what happens.\n        to: refused',
				'en: Ok.\n        to: refused-told'
			)
		);
		const [first, , stay] = movesOf(before);
		expect(replay(after, [first!, stay!]).fits).toBe(true);
		expect(replay(after, [first!, stay!], { scenes: ['stop', 'refused'] })).toMatchObject({
			fits: false,
			stoppedAt: 1,
			reason: 'elsewhere'
		});
	});

	test('after any change the moves before that fit, and all of them where nothing is told', () => {
		fc.assert(
			fc.property(
				randomScenario,
				fc.array(fc.nat(9), { minLength: 1, maxLength: 8 }),
				fc.constantFrom(...structural),
				fc.nat(99),
				(scenario, picks, code, pick) => {
					const before = walkAtRandom(scenario, picks);
					const after = openCopy(scenario);
					edits[code].make(after, pick);
					const [moves, scenes] = [movesOf(before), scenesOf(before)];
					const again = replay(after as Scenario, moves, { scenes });
					const fitting = again.fits ? moves.length : again.stoppedAt;
					expect(scenesOf(again.run)).toEqual(scenes.slice(0, fitting));
					expect(movesOf(again.run)).toEqual(moves.slice(0, fitting));
					if (again.fits) return;
					expect(again.move).toBe(moves[fitting]);
					// A scene that ends the story by now is the same scene all the same.
					if (again.reason === 'story-over') return;
					const isSameScene = scenes[fitting] === again.run.scene;
					expect(isSameScene).toBe(!['scene-gone', 'elsewhere'].includes(again.reason));
				}
			),
			{ numRuns: 300 }
		);
	});
});

/** Changes after which the story can still be compiled. */
const structural = [
	...(['start-changed', 'gauge-start-changed', 'gauge-bounds-changed'] as const),
	...(['scene-became-ending', 'scene-became-decision', 'scene-renamed'] as const),
	...(['choice-removed', 'choice-renamed', 'effect-changed', 'guard-changed'] as const),
	...(['choice-added', 'choices-reordered', 'scenes-reordered', 'scene-reworded'] as const)
];

function walkAtRandom(scenario: Scenario, picks: readonly number[]): Run {
	let run: Run = start(scenario);
	for (const pick of picks) {
		const move = run.offered[pick % run.offered.length];
		if (move === undefined) break;
		run = choose(run, move).run;
	}
	return run;
}

test('a scenario is compiled once', () => {
	const scenario = soundScenario();
	expect(compileScenario(scenario)).toBe(compileScenario(scenario));
});

test('a scenario with a name that leads nowhere cannot be compiled', () => {
	const scenario = readScenario(breakText('to: refused', 'to: refusd'));
	expect(() => compileScenario(scenario)).toThrow('There is no scene "refusd".');
});

test('endings are final states of the machine, tagged with their kind', () => {
	const { state } = play(soundScenario(), 'answer', ':as-is', 'stay');
	expect(state.status).toBe('done');
	expect([...state.tags]).toEqual(['repaired']);
});
