import type { Choice, Gauge, Scenario, Scene } from '#lib/scenario/model.ts';

const gaugeNames = ['alarm', 'trust', 'hope', 'noise'];
/** Each gauge takes as many values as those of the courses, from 0 to 10. */
const top = 10;

const sentences = {
	da: ['Bo ser ud på regnen.', 'Du sætter dig ned ved bordet.', 'Han siger ikke noget lige nu.'],
	en: ['Bo looks out at the rain.', 'You sit down at the table.', 'He says nothing just now.']
};

/** Sentences of about so many words, no two texts alike. */
function write(words: number, seed: number) {
	const one = (list: readonly string[]) =>
		Array.from({ length: Math.ceil(words / 5) }, (_, index) => list[(index + seed) % list.length])
			.concat(`Nr. ${seed}.`)
			.join(' ');
	return { da: one(sentences.da), en: one(sentences.en) };
}

/**
 * A sound scenario with so many scenes and gauges, as long in its texts as those of the courses. Its
 * choices lead onward and back and move the gauges up and down, so that most combinations are met.
 */
export function makeLargeScenario(scenes: number, gauges: number): Scenario {
	const names = gaugeNames.slice(0, gauges);
	const decisions = scenes - 1;
	const nameOf = (index: number) => (index < decisions ? `scene-${Math.max(0, index)}` : 'end');
	const makeChoice = (kind: Choice['kind'], index: number, move: number, to: string): Choice => ({
		text: write(12, 7 * index + move),
		kind,
		// Each choice moves each gauge by -2 to 2, in another way in every scene.
		effect: Object.fromEntries(
			names.map((name, at) => [name, (((index + move) * (at + 1) + index * at) % 5) - 2])
		),
		...(kind === 'okay' && { when: { alarm: { max: top - 1 } } }),
		...(kind === 'good' && { outcomes: ['TI-S3'] }),
		consequence: write(35, 11 * index + move),
		why: write(30, 13 * index + move),
		to
	});
	const all: Record<string, Scene> = {};
	for (let index = 0; index < decisions; index += 1) {
		all[nameOf(index)] = {
			text: write(55, index),
			says: { who: 'bo', text: write(12, index) },
			choices: {
				stay: makeChoice('good', index, 1, nameOf(index + 1)),
				wait: makeChoice('okay', index, 2, nameOf(Math.min(decisions - 1, index + 2))),
				push: makeChoice('harmful', index, 4, nameOf(index - 3))
			}
		};
	}
	all['end'] = { ending: 'calm', text: write(40, 1), takeaway: write(20, 2) };
	return {
		format: 1,
		id: 'large',
		version: 1,
		title: { da: 'En lang historie', en: 'A long story' },
		summary: write(20, 1),
		minutes: 20,
		setting: 'shelter',
		audience: ['basic'],
		outcomes: ['TI-S3'],
		contentNote: write(20, 2),
		textVersion: write(300, 3),
		authors: [{ role: 'professional' }],
		people: { bo: { name: 'Bo', about: write(10, 4) } },
		gauges: Object.fromEntries(names.map((name) => [name, makeGauge()])),
		start: 'scene-0',
		scenes: all
	};
}

function makeGauge(): Gauge {
	const words = [4, 7, top].map((upTo) => ({
		upTo,
		word: { da: `til ${upTo}`, en: `to ${upTo}` }
	}));
	return { start: 5, min: 0, max: top, words };
}
