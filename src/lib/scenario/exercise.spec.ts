import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import { compileExercise, advance, openExercise, outputOf, placeOf } from './exercise.ts';
import type { ExerciseEvent, ExerciseState } from './exercise.ts';
import type { Scenario } from './model.ts';
import { choose, movesOf, start, toStoryEvent, type Run } from './run.ts';

function go(scenario: Scenario, state: ExerciseState, ...types: ExerciseEvent['type'][]) {
	return types.reduce(
		(now, type) => advance(scenario, now, { type } as ExerciseEvent), // those without a move
		state
	);
}

function walk(run: Run, picks: readonly number[]): Run {
	return picks.reduce((now, pick) => {
		const move = now.offered[pick % Math.max(1, now.offered.length)];
		return move === undefined ? now : choose(now, move).run;
	}, run);
}

const picks = fc.array(fc.nat({ max: 3 }), { maxLength: 8 });

describe('an exercise', () => {
	test('begins with the content note, from which story, short text and skipping lead on alike', () => {
		const scenario = soundScenario();
		const note = openExercise(scenario);
		expect(placeOf(note)).toBe('note');
		expect(placeOf(go(scenario, note, 'begin'))).toBe('playing');
		expect(placeOf(go(scenario, note, 'read'))).toBe('text');
		expect(placeOf(go(scenario, note, 'read', 'begin'))).toBe('playing');
		expect(placeOf(go(scenario, note, 'skip'))).toBe('done');
	});

	test('is over after the short text as after the story, with an empty path', () => {
		const scenario = soundScenario();
		const read = go(scenario, openExercise(scenario), 'read', 'finish');
		expect(outputOf(read)).toEqual({ path: [], ending: undefined, outcomes: [] });
	});

	test('leads from an ending to the look back, and tells path and abilities when it is over', () => {
		const scenario = soundScenario();
		const ended = openExercise(scenario, ['shrug', ':as-is', 'stay']);
		expect(placeOf(ended)).toBe('debrief');
		expect(outputOf(ended)).toBeUndefined();
		expect(outputOf(go(scenario, ended, 'finish'))).toEqual({
			path: ['shrug', ':as-is', 'stay'],
			ending: 'repaired',
			outcomes: ['TI-S5']
		});
	});

	test('takes no choice while it is paused, and none that is not offered', () => {
		const scenario = soundScenario();
		const playing = openExercise(scenario, ['shrug']);
		const paused = go(scenario, playing, 'pause');
		expect(advance(scenario, paused, { type: 'tell', how: 'as-is' }).context.moves).toEqual([
			'shrug'
		]);
		expect(advance(scenario, playing, { type: 'choose', choice: 'stay' }).context.moves).toEqual([
			'shrug'
		]);
	});

	test('goes on after a pause exactly where it was, wherever that was', () => {
		fc.assert(
			fc.property(randomScenario, picks, (scenario, way) => {
				const before = openExercise(scenario, movesOf(walk(start(scenario), way)));
				const after = go(scenario, before, 'pause', 'resume');
				expect(after.value).toEqual(before.value);
				expect(after.context).toEqual(before.context);
			}),
			{ numRuns: 100 }
		);
	});

	test('stands, for every way through a story, where the story alone stands', () => {
		fc.assert(
			fc.property(randomScenario, picks, (scenario, way) => {
				const run = walk(start(scenario), way);
				let exercise = go(scenario, openExercise(scenario), 'begin');
				for (const move of movesOf(run)) exercise = advance(scenario, exercise, toStoryEvent(move));
				expect(exercise.context.moves).toEqual(movesOf(run));
				expect(exercise.context.gauges).toEqual(run.gauges);
				expect(placeOf(exercise)).toBe(run.ending ? 'debrief' : 'playing');
				if (!run.ending) expect(exercise.value).toEqual({ present: { playing: run.state.value } });
			}),
			{ numRuns: 100 }
		);
	});

	test('can be left at once from everywhere, and then takes nothing more', () => {
		const scenario = soundScenario();
		const note = openExercise(scenario);
		for (const state of [
			note,
			go(scenario, note, 'read'),
			go(scenario, note, 'begin'),
			go(scenario, note, 'begin', 'pause'),
			openExercise(scenario, ['shrug', ':as-is', 'stay'])
		]) {
			const left = go(scenario, state, 'leave');
			expect(placeOf(left)).toBe('left');
			expect(placeOf(go(scenario, left, 'begin'))).toBe('left');
		}
	});

	test('leads from the middle of a story to its short text, and back to the same place', () => {
		const scenario = soundScenario();
		const playing = openExercise(scenario, ['shrug']);
		const read = go(scenario, playing, 'read');
		expect(placeOf(read)).toBe('text');
		expect(go(scenario, read, 'begin').value).toEqual(playing.value);
		const ended = openExercise(scenario, ['shrug', ':as-is', 'stay']);
		expect(placeOf(go(scenario, ended, 'read', 'begin'))).toBe('debrief');
	});

	test('that was begun without a choice yet stands at the first scene', () => {
		const scenario = soundScenario();
		expect(openExercise(scenario, []).value).toEqual({ present: { playing: 'stop' } });
	});

	test('is compiled once for a scenario', () => {
		const scenario = soundScenario();
		expect(compileExercise(scenario)).toBe(compileExercise(scenario));
	});
});
