import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { vocabulary } from '#tests/support/sound-scenario.ts';
import { writeScenario } from './canonical.ts';
import { checkModel, checkScenario } from './check.ts';
import type { Choice, DecisionScene, Scenario, Scene } from './model.ts';
import { choose, replay, start, type Run } from './run.ts';
import { findScene, isEnding } from './scenes.ts';

/** A scenario that a test may change. */
type Open<T> = T extends object ? { -readonly [Key in keyof T]: Open<T[Key]> } : T;
type Break = (scenario: Open<Scenario>, pick: number) => void;

const runs = 40;

test('nothing is reported on sound scenarios', () => {
	fc.assert(
		fc.property(randomScenario, (scenario) => {
			expect(checkModel(scenario, vocabulary).problems).toEqual([]);
		}),
		{ numRuns: 2 * runs }
	);
});

test('a sound scenario is checked alike as a text', () => {
	fc.assert(
		fc.property(randomScenario, (scenario) => {
			const { problems, scenario: read } = checkScenario(
				writeScenario(scenario),
				'random.yaml',
				vocabulary
			);
			expect(problems).toEqual([]);
			expect(read?.scenes).toEqual(scenario.scenes);
		}),
		{ numRuns: 20 }
	);
});

/** Ways to break any sound scenario; each gives at least the problem it is named after. */
const breaks: Record<string, Break> = {
	'unknown-target': (scenario, pick) => {
		pickChoice(scenario, pick).to = 'nowhere-at-all';
	},
	'unknown-person': (scenario, pick) => {
		pickScene(scenario, pick).says = { who: 'nobody', text: { da: 'Hej', en: 'Hi' } };
	},
	'unknown-outcome': (scenario, pick) => {
		pickChoice(scenario, pick).outcomes = ['TI-S3', 'TI-S5', 'TI-S99'];
	},
	'unknown-gauge': (scenario, pick) => {
		pickChoice(scenario, pick).effect = { alarm: 1, hunger: 1 };
	},
	'unknown-setting': (scenario) => {
		scenario.setting = 'moon';
	},
	'unknown-audience': (scenario) => {
		scenario.audience = ['practice', 'everyone'];
	},
	'unknown-theme': (scenario, pick) => {
		const scene = pickScene(scenario, pick);
		scene.flag = { alternative: 'scene-0', ...scene.flag, theme: 'weather' };
	},
	'id-not-file-name': (scenario) => {
		scenario.id = 'another';
	},
	'never-reached': (scenario) => {
		scenario.scenes['lost'] = structuredClone(pickScene(scenario, 0));
		delete scenario.scenes['lost'].flag;
	},
	'never-offered': (scenario, pick) => {
		const { max } = scenario.gauges['alarm']!;
		const scene = pickScene(scenario, pick);
		scene.choices['extra'] = {
			...scene.choices['harm']!,
			when: { alarm: { min: max + 1 } }
		};
	},
	'nothing-to-choose': (scenario, pick) => {
		const { max } = scenario.gauges['alarm']!;
		for (const choice of Object.values(pickScene(scenario, pick).choices)) {
			choice.when = { alarm: { min: max + 1 } };
		}
	},
	'no-way-to-ending': (scenario) => {
		for (const [id, scene] of Object.entries(scenario.scenes)) {
			if (isEnding(scene)) continue;
			for (const choice of Object.values(scene.choices)) {
				if (choice.to.startsWith('end-')) choice.to = id.replace('told', 'scene');
			}
		}
	},
	'auto-loop': (scenario, pick) => {
		const ids = listDecisions(scenario);
		const id = ids[pick % ids.length]!;
		pickScene(scenario, pick).auto = [{ when: {}, to: id }];
	},
	'harmful-choice-ends': (scenario, pick) => {
		const harm = pickScene(scenario, pick).choices['harm']!;
		harm.to = 'end-0';
	},
	'unsound-alternative': (scenario, pick) => {
		const scene = pickScene(scenario, pick);
		scene.flag = { theme: 'rejection', alternative: 'told' };
		scenario.scenes['told'] = { ...structuredClone(scene), flag: undefined, auto: [] };
		scenario.scenes['told'].choices['go-on']!.outcomes = ['TI-S3'];
	},
	'alternative-entered-directly': (scenario, pick) => {
		const scene = pickScene(scenario, pick);
		scene.flag = { theme: 'rejection', alternative: 'told' };
		scenario.scenes['told'] = { ...structuredClone(scene), flag: undefined, auto: [] };
		pickChoice(scenario, pick).to = 'told';
	},
	'theme-not-flagged': (scenario, pick) => {
		const scene = pickScene(scenario, pick);
		delete scene.flag;
		scene.text.en = 'He has thought of suicide.';
	},
	'empty-text': (scenario, pick) => {
		pickChoice(scenario, pick).why.da = ' ';
	},
	'missing-language': (scenario, pick) => {
		Reflect.deleteProperty(pickChoice(scenario, pick).consequence, 'en');
	},
	'missing-key': (scenario, pick) => {
		Reflect.deleteProperty(pickChoice(scenario, pick), 'kind');
	},
	'too-long': (scenario, pick) => {
		pickScene(scenario, pick).text.da = 'ja '.repeat(91);
	},
	'lix-too-high': (scenario) => {
		scenario.textVersion.da = 'omstændighederne '.repeat(30);
	},
	'unknown-term': (scenario, pick) => {
		pickScene(scenario, pick).text.da = 'En :term[ting]{no-such-term}.';
	},
	'words-not-ascending': (scenario) => {
		scenario.gauges['alarm']!.words.reverse();
	},
	'words-not-to-max': (scenario) => {
		scenario.gauges['alarm']!.words.pop();
	},
	'start-out-of-bounds': (scenario) => {
		const alarm = scenario.gauges['alarm']!;
		alarm.start = alarm.max + 1;
	},
	'effect-out-of-bounds': (scenario, pick) => {
		const { min, max } = scenario.gauges['alarm']!;
		pickChoice(scenario, pick).effect = { alarm: min - max - 1 };
	},
	'no-good-choice': (scenario, pick) => {
		for (const choice of Object.values(pickScene(scenario, pick).choices)) {
			if (choice.kind === 'good') choice.kind = 'okay';
		}
	},
	'no-harmful-choice': (scenario, pick) => {
		pickScene(scenario, pick).choices['harm']!.kind = 'okay';
	},
	'outcome-not-trained': (scenario) => {
		scenario.outcomes.push('TI-K6');
	},
	'too-many-choices': (scenario, pick) => {
		const { choices } = pickScene(scenario, pick);
		for (const name of ['a', 'b', 'c', 'd']) choices[name] = { ...choices['harm']! };
	},
	'gauge-never-changes': (scenario) => {
		scenario.gauges['idle'] = structuredClone(scenario.gauges['alarm']!);
	},
	'ending-kind-repeated': (scenario, pick) => {
		const ending = scenario.scenes['end-0']!;
		scenario.scenes['end-too'] = structuredClone(ending);
		pickChoice(scenario, pick).to = 'end-too';
	}
};

describe('in random scenarios it is found every time:', () => {
	test.each(Object.entries(breaks))('%s', (code, breakIt) => {
		fc.assert(
			fc.property(randomScenario, fc.nat(), (scenario, pick) => {
				const broken = structuredClone(scenario) as Open<Scenario>;
				breakIt(broken, pick);
				const { problems } = checkModel(broken, vocabulary, 'random.yaml');
				expect(problems.map((problem) => problem.code)).toContain(code);
			}),
			{ numRuns: runs }
		);
	});
});

describe('the way that is told shows the fault:', () => {
	const shown: [code: string, isShown: (run: Run, way: readonly string[]) => boolean][] = [
		['nothing-to-choose', (run) => run.offered.length === 0 && run.ending === undefined],
		['no-way-to-ending', (run) => !canEnd(run)],
		['harmful-choice-ends', (run) => run.path.at(-1)?.move === 'harm' && hasEnded(run)]
	];
	test.each(shown)('%s', (code, isShown) => {
		fc.assert(
			fc.property(randomScenario, fc.nat(), (scenario, pick) => {
				const broken = structuredClone(scenario) as Open<Scenario>;
				breaks[code]?.(broken, pick);
				const { problems } = checkModel(broken, vocabulary, 'random.yaml');
				for (const { way } of problems.filter((problem) => problem.code === code)) {
					const { fits, run } = replay(broken as Scenario, way ?? []);
					expect(fits).toBe(true);
					expect(isShown(run, way ?? [])).toBe(true);
				}
			}),
			{ numRuns: 25 }
		);
	});
});

function hasEnded(run: Run): boolean {
	const scene = findScene(run.scenario, run.scene);
	return scene !== undefined && isEnding(scene);
}

/** Whether some ending can be reached, found by trying everything. */
function canEnd(from: Run): boolean {
	const seen = new Set<string>();
	const queue = [from];
	for (const run of queue) {
		if (run.ending !== undefined) return true;
		const state = JSON.stringify([run.scene, run.telling, run.gauges]);
		if (seen.has(state)) continue;
		seen.add(state);
		for (const move of run.offered) queue.push({ ...choose(run, move).run, path: [] });
	}
	return false;
}

test('a scenario without errors can be begun and ended', () => {
	fc.assert(
		fc.property(randomScenario, (scenario) => canEnd(start(scenario))),
		{ numRuns: 20 }
	);
});

function listDecisions(scenario: Open<Scenario>): string[] {
	return Object.keys(scenario.scenes).filter((id) => id.startsWith('scene-'));
}

function pickScene(scenario: Open<Scenario>, pick: number): Open<DecisionScene> {
	const ids = listDecisions(scenario);
	const scene: Open<Scene> = scenario.scenes[ids[pick % ids.length]!]!;
	if ('ending' in scene) throw new Error('Scenes of the spine are decisions.');
	return scene;
}

/** A choice that is offered whenever its scene is shown. */
function pickChoice(scenario: Open<Scenario>, pick: number): Open<Choice> {
	return pickScene(scenario, pick).choices['go-on']!;
}
