import { getAdjacencyMap } from 'xstate/graph';
import { describe, expect, test } from 'vitest';
import type { Scenario } from '#lib/scenario/model.ts';
import { tellAsIs, tellGently } from '#lib/scenario/run.ts';
import {
	advance,
	buildSession,
	canHappen,
	majorityOf,
	openSession,
	replaySession,
	stageOf,
	tellRevealed,
	type SessionEvent,
	type SessionPlan,
	type SessionState
} from './session.ts';

const none = { da: '–', en: '–' };
const choice = (to: string, effect?: Record<string, number>) => ({
	text: none,
	kind: 'okay' as const,
	...(effect && { effect }),
	consequence: none,
	why: none,
	to
});

/** A flagged scene, a choice that gauges can stand in the way of, a way that passes a scene by, two ends. */
const story: Scenario = {
	format: 1,
	id: 'story',
	version: 1,
	title: none,
	summary: none,
	minutes: 5,
	setting: 'shelter',
	audience: ['basic'],
	outcomes: [],
	contentNote: none,
	textVersion: none,
	authors: [{ role: 'professional' }],
	people: {},
	gauges: { alarm: { start: 2, min: 0, max: 3, words: [{ upTo: 3, word: none }] } },
	start: 'hatch',
	scenes: {
		hatch: {
			text: none,
			choices: { greet: choice('hall', { alarm: -1 }), shout: choice('hall', { alarm: 1 }) }
		},
		hall: {
			text: none,
			flag: { theme: 'violence', alternative: 'corridor' },
			auto: [{ when: { alarm: { min: 3 } }, to: 'corridor' }],
			choices: {
				wait: choice('calm'),
				repeat: choice('hatch'),
				listen: { ...choice('calm'), when: { alarm: { max: 1 } } }
			}
		},
		corridor: { text: none, choices: { sorry: choice('put-right') } },
		calm: { text: none, ending: 'calm', takeaway: none },
		'put-right': { text: none, ending: 'repaired', takeaway: none }
	}
};

const played: SessionPlan = { scenario: story, points: 3 };
const talked: SessionPlan = { scenario: null, points: 2 };

const next = { type: 'next' } as const;
const inStory: SessionEvent[] = [next, next, next];
const walk = (plan: SessionPlan, ...events: SessionEvent[]) => replaySession(plan, events);
const stages = (plan: SessionPlan, ...events: SessionEvent[]) =>
	events.map((_, at) => stageOf(walk(plan, ...events.slice(0, at + 1))));
const choose = (move: string): SessionEvent => ({ type: 'choose', move });

test('a story is played from the lobby to the end with a vote at a stop', () => {
	expect(
		stages(
			played,
			...inStory,
			{ type: 'ask' },
			{ type: 'pair' },
			{ type: 'reveal', answered: 9, shares: { greet: 6, shout: 3 } },
			choose('greet'),
			next,
			choose(tellAsIs),
			choose('listen'),
			next,
			next,
			next,
			{ type: 'suggested' },
			{ type: 'keep', suggestions: ['a'] },
			next,
			{ type: 'change', change: { body: 'Bring a chair', owner: 'Omar', due: '2026-04-01' } },
			next,
			{ type: 'end' }
		)
	).toEqual([
		'frame',
		'setting',
		'scene',
		'voting',
		'pairs',
		'revealed',
		'consequence',
		'telling',
		'scene',
		'consequence',
		'ending',
		'path',
		'here',
		'here',
		'here',
		'change',
		'change',
		'landing',
		'ended'
	]);
});

test('a session without a story goes through the points of its run sheet', () => {
	expect(stages(talked, next, next, next, next, next)).toEqual([
		'frame',
		'talk',
		'talk',
		'here',
		'change'
	]);
	expect(walk(talked, next, next, next).context.point).toBe(1);
});

test('a stop can be passed over, when the facilitator chooses a way without asking', () => {
	expect(stageOf(walk(played, ...inStory, choose('greet')))).toBe('consequence');
});

test('the road not taken is looked at and leaves the room’s own way as it was', () => {
	const looking = walk(played, ...inStory, choose('greet'), { type: 'look', choice: 'shout' });
	expect(stageOf(looking)).toBe('elsewhere');
	expect(looking.context).toMatchObject({ moves: ['greet'], elsewhere: 'shout' });
	const back = advance(played, looking, { type: 'back' });
	expect([stageOf(back), back.context.elsewhere]).toEqual(['consequence', undefined]);
	expect(stageOf(advance(played, looking, next))).toBe('telling');
});

test('the road that was taken, or that was not offered, is no road not taken', () => {
	const here = walk(played, ...inStory, choose('greet'));
	expect(canHappen(here, { type: 'look', choice: 'greet' })).toBe(false);
	expect(canHappen(here, { type: 'look', choice: 'nowhere' })).toBe(false);
});

test('the room takes no way that the story does not offer', () => {
	const here = walk(played, ...inStory);
	expect(canHappen(here, choose('nowhere'))).toBe(false);
	expect(advance(played, here, choose('nowhere')).context.moves).toEqual([]);
	const tense = walk(played, ...inStory, choose('greet'), next, choose(tellGently));
	expect(tense.context.moves).toEqual(['greet', tellGently]);
	expect(canHappen(tense, choose('wait'))).toBe(false);
});

test('every question is a round of its own', () => {
	const asked = walk(played, ...inStory, { type: 'ask' });
	expect(asked.context.round).toBe(1);
	const again = walk(
		played,
		...inStory,
		{ type: 'ask' },
		{ type: 'reveal', answered: 2, shares: null },
		choose('greet'),
		next,
		choose(tellAsIs),
		{ type: 'ask' }
	);
	expect(again.context).toMatchObject({ round: 2, revealed: undefined });
});

test('under eight answers the machine keeps no shares, whatever it is told', () => {
	const event = { type: 'reveal', answered: 7, shares: { greet: 7 } } as const;
	const state = walk(played, ...inStory, { type: 'ask' }, event);
	expect(state.context.revealed).toEqual({ answered: 7, shares: null });
	expect(tellRevealed(8, { greet: 8 })).toEqual({ answered: 8, shares: { greet: 8 } });
});

test.each([
	[{ greet: 5, shout: 3 }, 'greet'],
	[{ greet: 4, shout: 4 }, undefined],
	[null, undefined]
])('the majority of %o is %s', (shares, most) => {
	expect(majorityOf({ answered: 8, shares })).toBe(most);
});

test('time can run out anywhere in the story, and the house still takes something home', () => {
	const asked = walk(played, ...inStory, { type: 'ask' });
	expect(stageOf(advance(played, asked, { type: 'round-off' }))).toBe('here');
});

/** Everything that can be tried, whether or not it can happen. */
const everything: SessionEvent[] = [
	next,
	{ type: 'ask' },
	{ type: 'pair' },
	{ type: 'reveal', answered: 3, shares: null },
	{ type: 'reveal', answered: 9, shares: { greet: 9 } },
	...['greet', 'shout', 'wait', 'repeat', 'listen', 'sorry', tellAsIs, tellGently].map(choose),
	{ type: 'look', choice: 'greet' },
	{ type: 'look', choice: 'shout' },
	{ type: 'look', choice: 'wait' },
	{ type: 'back' },
	{ type: 'round-off' },
	{ type: 'suggested' },
	{ type: 'keep', suggestions: ['a'] },
	{ type: 'change', change: { body: 'b', owner: '', due: '' } },
	{ type: 'pause' },
	{ type: 'resume' },
	{ type: 'end' }
];

function keyOf({ value, context, historyValue }: SessionState): string {
	const before = Object.values(historyValue).map((nodes) => nodes.map(({ id }) => id));
	return JSON.stringify([value, { ...context, step: 0, round: 0 }, value === 'paused' && before]);
}

describe.each([
	['with a story', played],
	['with a run sheet alone', talked]
])('however events interleave %s,', (_, plan) => {
	const machine = buildSession(plan);
	const map = getAdjacencyMap(machine, {
		events: everything,
		// Counters grow for ever; everything that a room can see of them stands in the rest.
		serializeState: (state) => keyOf(state) as never,
		// A story may go round for ever; twice round shows what thrice would.
		stopWhen: ({ context }) => context.moves.length > 4
	});
	const states = Object.values(map);

	test('many places are explored', () => {
		expect(states.length).toBeGreaterThan(plan === played ? 300 : 15);
		const seen = new Set(states.map(({ state }) => stageOf(state)));
		expect(seen.size).toBe(plan === played ? 17 : 8);
	});

	test('every place is the end, or can be ended at once and gone on from', () => {
		for (const { state } of states) {
			const stage = stageOf(state);
			if (stage === 'ended') continue;
			expect(stageOf(advance(plan, state, { type: 'end' }))).toBe('ended');
			const onward = everything.filter(
				(event) => event.type !== 'end' && event.type !== 'pause' && canHappen(state, event)
			);
			expect([stage, onward.length > 0]).toEqual([stage, stage !== 'landing']);
		}
	});

	test('a pause comes back to the very place, and nothing happens meanwhile', () => {
		for (const { state } of states) {
			const stage = stageOf(state);
			if (stage === 'ended' || stage === 'paused') continue;
			let paused = advance(plan, state, { type: 'pause' });
			for (const event of everything)
				if (event.type !== 'resume' && event.type !== 'end') paused = advance(plan, paused, event);
			expect(stageOf(paused)).toBe('paused');
			const back = advance(plan, paused, { type: 'resume' });
			expect(back.value).toEqual(state.value);
			expect({ ...back.context, step: 0 }).toEqual({ ...state.context, step: 0 });
		}
	});

	test('from every place some way leads to the landing', () => {
		const leadingOn = new Set(
			states.filter(({ state }) => stageOf(state) === 'landing').map(({ state }) => keyOf(state))
		);
		const keys = new Map(states.map((each) => [keyOf(each.state), each] as const));
		for (let grown = true; grown;) {
			grown = false;
			for (const [key, { transitions }] of keys) {
				if (leadingOn.has(key)) continue;
				const leads = Object.values<(typeof transitions)[keyof typeof transitions]>(
					transitions
				).some(({ state }) => leadingOn.has(keyOf(state)));
				if (leads) grown = Boolean(leadingOn.add(key));
			}
		}
		const stuck = states.filter(
			({ state }) =>
				stageOf(state) !== 'ended' &&
				state.context.moves.length <= 4 &&
				!leadingOn.has(keyOf(state))
		);
		expect(stuck.map(({ state }) => stageOf(state))).toEqual([]);
	});
});

test('a session opens with nobody asked for anything', () => {
	const state = openSession(played);
	expect(stageOf(state)).toBe('lobby');
	expect(state.context).toMatchObject({ moves: [], round: 0, step: 0 });
});
