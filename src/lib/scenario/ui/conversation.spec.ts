import { describe, expect, it } from 'vitest';
import type { Scenario } from '../model.ts';
import { choose, replay } from '../run.ts';
import {
	describeGauges,
	findMainPerson,
	listExchanges,
	readAlarm,
	readWay
} from './conversation.ts';

function choice(to: string, alarm: number) {
	return {
		text: 'Say it',
		kind: 'good' as const,
		effect: { alarm },
		consequence: '<p>So.</p>',
		why: '',
		to
	};
}

const scenario: Scenario<string> = {
	format: 1,
	id: 'the-lid',
	version: 1,
	title: 'The lid',
	summary: '',
	minutes: 1,
	setting: 'office',
	audience: [],
	outcomes: [],
	contentNote: '',
	textVersion: '',
	authors: [],
	people: { mona: { name: 'Mona', about: '' }, ali: { name: 'Ali', about: '' } },
	gauges: {
		alarm: {
			start: 4,
			min: 2,
			max: 8,
			words: [
				{ upTo: 3, word: 'calm' },
				{ upTo: 8, word: 'tense' }
			]
		},
		trust: { start: 0, min: 0, max: 1, words: [{ upTo: 1, word: 'wary' }] }
	},
	start: 'door',
	scenes: {
		door: { text: '', choices: { knock: choice('news', 2), wait: choice('news', 0) } },
		news: {
			text: '',
			flag: { theme: 'death', alternative: 'news-told' },
			choices: { stay: choice('end', -4) }
		},
		'news-told': { text: '', choices: { stay: choice('end', -4) } },
		end: { text: '', ending: 'calm', takeaway: '' }
	}
};

const runOf = (...moves: string[]) => replay(scenario, moves).run;

describe('the conversation', () => {
	it('begins with one scene and its first decision', () => {
		const run = runOf();
		expect(listExchanges(run)).toMatchObject([{ position: 0, decision: 1, chosen: undefined }]);
		expect(listExchanges(run).at(-1)?.now).toBe(run);
	});

	it('counts decisions, not the choice of how a scene is told', () => {
		const exchanges = listExchanges(runOf('knock', ':gently', 'stay'));
		expect(exchanges.map(({ position, decision, told }) => [position, decision, told])).toEqual([
			[0, 1, undefined],
			[1, undefined, 'gently'],
			[2, 2, undefined],
			[3, undefined, undefined]
		]);
		expect(exchanges.map(({ scene }) => scene)).toEqual([
			scenario.scenes['door'],
			scenario.scenes['news'],
			scenario.scenes['news-told'],
			scenario.scenes['end']
		]);
	});

	it('has nothing to decide before a flagged scene is told', () => {
		const run = runOf('knock');
		expect(listExchanges(run).at(-1)).toMatchObject({ now: run, decision: undefined });
	});

	it('keeps what has been said as it is when it goes on', () => {
		const run = runOf('knock');
		const before = listExchanges(run);
		const after = listExchanges(choose(run, ':as-is').run);
		expect(after[0]).toBe(before[0]);
		expect(after[1]?.key).toBe(before[1]?.key);
		expect(listExchanges(run)).toEqual(before);
	});

	it('has a place of its own for each way on from where the story stands', () => {
		const run = runOf();
		const ahead = ['knock', 'wait'].map((move) => listExchanges(choose(run, move).run).at(-1));
		expect(new Set(ahead.map((exchange) => exchange?.key)).size).toBe(2);
	});
});

describe('how somebody seems', () => {
	it('is told of the first person of the story', () => {
		expect(findMainPerson(scenario)).toBe('Mona');
		expect(findMainPerson({ ...scenario, people: {} })).toBeUndefined();
	});

	it('is one word a gauge, joined as the language joins them', () => {
		const { gauges } = runOf();
		expect(describeGauges(scenario, gauges, 'en')).toBe('tense and wary');
		expect(describeGauges(scenario, gauges, 'da')).toBe('tense og wary');
	});

	it('is drawn from the foot of the scale, whatever its lowest value', () => {
		expect(readAlarm(scenario, runOf().gauges)).toEqual({
			level: 2,
			max: 6,
			word: 'tense',
			low: 'calm',
			high: 'tense'
		});
	});
});

describe('the way of the alarm', () => {
	it('is the last change before a move', () => {
		const run = runOf('knock', ':as-is', 'stay');
		expect([0, 1, 2, 3].map((position) => readWay(run, position))).toEqual([
			undefined,
			'up',
			'up',
			'down'
		]);
	});

	it('is unknown while nothing has changed it', () => {
		expect(readWay(runOf('wait'), 1)).toBeUndefined();
	});
});
