import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { openCopy, type Open } from '#tests/support/open-scenario.ts';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { edits, type Edit } from '#tests/support/scenario-edits.ts';
import { mutateShape } from '#tests/support/shape-mutants.ts';
import {
	breakText,
	readScenario,
	soundScenario,
	soundText
} from '#tests/support/sound-scenario.ts';
import { writeScenario } from './canonical.ts';
import type { Change, ChangeCode } from './change.ts';
import { compare } from './compare.ts';
import { describeChange } from './describe-change.ts';
import { scenarioFile, type Scenario } from './model.ts';

const runs = 30;

function edit({ prepare, make }: Edit, scenario: Scenario, pick: number) {
	const before = openCopy(scenario);
	prepare?.(before, pick);
	const after = openCopy(before as Scenario);
	const path = make(after, pick);
	return { before: before as Scenario, after: after as Scenario, path };
}

/** The change as it is told when the versions are compared the other way round. */
function turnAround(code: ChangeCode): ChangeCode {
	const other = code.endsWith('-added')
		? code.replace(/-added$/u, '-removed')
		: code.replace(/-removed$/u, '-added');
	if (code === 'scene-became-ending') return 'scene-became-decision';
	return code === 'scene-became-decision' ? 'scene-became-ending' : (other as ChangeCode);
}

test('a scenario does not differ from itself', () => {
	fc.assert(
		fc.property(randomScenario, (scenario) => {
			expect(compare(scenario, structuredClone(scenario))).toEqual([]);
			expect(compare(scenario, readScenario(writeScenario(scenario)))).toEqual([]);
		}),
		{ numRuns: runs }
	);
});

describe('of a random scenario exactly this is told:', () => {
	test.each(Object.entries(edits) as [ChangeCode, Edit][])('%s', (code, change) => {
		fc.assert(
			fc.property(randomScenario, fc.nat(99), (scenario, pick) => {
				const { before, after, path } = edit(change, scenario, pick);
				const found = compare(before, after);
				expect(found).toMatchObject([{ code, path }]);
				const { da, en } = describeChange(found[0]!);
				for (const sentence of [da, en]) {
					expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
					expect(sentence).not.toMatch(/undefined|\[object| {2}/u);
				}
				expect(da).not.toBe(en);
			}),
			{ numRuns: runs }
		);
	});
});

describe('compared the other way round, the same is told with before and after exchanged:', () => {
	test.each(Object.entries(edits) as [ChangeCode, Edit][])('%s', (code, change) => {
		fc.assert(
			fc.property(randomScenario, fc.nat(99), (scenario, pick) => {
				const { before, after } = edit(change, scenario, pick);
				const [there] = compare(before, after);
				const back = compare(after, before);
				expect(back).toHaveLength(1);
				expect(back[0]?.code).toBe(turnAround(code));
				expect(back[0]?.before).toEqual(there?.after);
				expect(back[0]?.after).toEqual(there?.before);
			}),
			{ numRuns: 10 }
		);
	});
});

test('changes in different places are each told, whichever was made first', () => {
	const inPlace = Object.values(edits).filter((each) => each.inPlace);
	const randomEdit = fc.constantFrom(...inPlace);
	fc.assert(
		fc.property(
			randomScenario,
			fc.uniqueArray(fc.tuple(randomEdit, fc.nat(99)), {
				minLength: 2,
				maxLength: 5,
				selector: ([each]) => each
			}),
			(scenario, made) => {
				const makeAll = (list: typeof made) => {
					const after = openCopy(scenario);
					for (const [{ make }, pick] of list) make(after, pick);
					return after as Scenario;
				};
				const found = compare(scenario, makeAll(made));
				expect(found).toEqual(compare(scenario, makeAll(made.toReversed())));
				const alone = made.flatMap((each) => compare(scenario, makeAll([each])));
				expect(sortChanges(found)).toEqual(sortChanges(alone));
			}
		),
		{ numRuns: 100 }
	);
});

function sortChanges(changes: readonly Change[]): string[] {
	return changes.map((change) => JSON.stringify(change)).toSorted();
}

test('whatever the canonical form tells apart is told', () => {
	let told = 0;
	const before = soundScenario();
	for (const { name, value, isListForBlock } of mutateShape(parse(soundText))) {
		const { success, output } = v.safeParse(scenarioFile, value);
		if (!success || isListForBlock) continue;
		const isSame = writeScenario(output) === soundText;
		expect(`${name}: ${compare(before, output).length === 0}`).toBe(`${name}: ${isSame}`);
		if (!isSame) told += 1;
	}
	expect(told).toBeGreaterThan(200);
});

test('the order of gauges in an effect or a guard is no change', () => {
	const after = readScenario(
		breakText('{ alarm: -2, trust: +1 }', '{ trust: +1, alarm: -2 }').replace(
			'{ alarm: { max: 8 }, trust: { min: 1 } }',
			'{ trust: { min: 1 }, alarm: { max: 8 } }'
		)
	);
	expect(compare(soundScenario(), after)).toEqual([]);
});

describe('in the words of the author:', () => {
	/** What stands in place of which passage, and what is told of it. */
	const cases: [passage: string, instead: string, en: string, da: string][] = [
		[
			'da: Bo nikker.',
			'da: Bo ser ned.',
			'The consequence of the choice "answer" in "stop" is reworded in Danish, but not in English.',
			'Det, der sker efter valget "answer" i "stop", er skrevet om på dansk, men ikke på engelsk.'
		],
		[
			'en: He is told nothing.',
			'en: Nobody tells him anything.',
			'The reason for the choice "shrug" in "stop" is reworded in English, but not in Danish.',
			'Begrundelsen for valget "shrug" i "stop" er skrevet om på engelsk, men ikke på dansk.'
		],
		[
			'effect: { alarm: -4 }',
			'effect: { alarm: -3, trust: +1 }',
			'The choice "breathe" in "overwhelmed" moves the gauge "alarm" by -3, before by -4.',
			'Valget "breathe" i "overwhelmed" flytter måleren "alarm" med -3, før med -4.'
		],
		[
			'effect: { alarm: +3, trust: -1 }',
			'effect: { alarm: +3 }',
			'The choice "shrug" in "stop" does not move the gauge "trust" any more, before by -1.',
			'Valget "shrug" i "stop" flytter ikke måleren "trust" mere, før med -1.'
		],
		[
			'when: { alarm: { max: 8 }, trust: { min: 1 } }',
			'when: { alarm: { min: 2, max: 8 } }',
			'The choice "offer-tea" in "stop" is offered when alarm is at least 2 and at most 8; before, when alarm is at most 8 and trust is at least 1.',
			'Valget "offer-tea" i "stop" kan vælges, når alarm er mindst 2 og højst 8; før når alarm er højst 8 og trust er mindst 1.'
		],
		[
			'to: stop\n  refused',
			'to: taxi\n  refused',
			'The choice "offer-tea" in "stop" leads to "taxi", before to "stop".',
			'Valget "offer-tea" i "stop" fører til "taxi", før til "stop".'
		],
		[
			'    auto:\n      - when: { alarm: { min: 9 } }\n        to: overwhelmed\n',
			'',
			'The automatic way from "refused" to "overwhelmed" (when alarm is at least 9) is gone.',
			'Den automatiske vej fra "refused" til "overwhelmed" (når alarm er mindst 9) er væk.'
		],
		[
			'outcomes: [TI-S3, TI-S5]',
			'outcomes: [TI-S5, TS-S3]',
			'Outcomes: now also TS-S3; no longer TI-S3.',
			'Mål: nu også TS-S3; ikke mere TI-S3.'
		],
		[
			'ending: repaired',
			'ending: calm',
			'The ending "taxi" tells now that things have calmed down; before, that something went wrong and was put right.',
			'Slutningen "taxi" fortæller nu, at der er faldet ro på; før, at noget gik galt og blev rettet op.'
		],
		[
			'start: 4\n    min: 0',
			'start: 4\n    min: 1',
			'The gauge "alarm" runs from 1 to 10, before from 0 to 10.',
			'Måleren "alarm" går fra 1 til 10, før fra 0 til 10.'
		],
		[
			'name: Vibe',
			'name: Ida',
			'The authors are now professional, somebody with lived experience (Ida); they were professional, somebody with lived experience (Vibe).',
			'Forfatterne er nu fagperson, en med egne erfaringer (Ida); før fagperson, en med egne erfaringer (Vibe).'
		]
	];
	test.each(cases)('%s → %s', (passage, instead, en, da) => {
		const changes = compare(soundScenario(), readScenario(breakText(passage, instead)));
		expect(changes.map(describeChange)).toContainEqual({ da, en });
	});
});

test('a scene with a new name is recognised although some of it is reworded', () => {
	const after = openCopy(soundScenario());
	const { overwhelmed, ...others } = after.scenes;
	overwhelmed!.text.en = 'Bo has stopped listening.';
	after.scenes = { ...others, 'too-much': overwhelmed! } as Open<Scenario>['scenes'];
	const changes = compare(soundScenario(), after as Scenario);
	expect(changes.map(({ code, path }) => [code, path.join('.')])).toEqual(
		expect.arrayContaining([
			['scene-renamed', 'scenes.too-much'],
			['scene-reworded', 'scenes.too-much.text'],
			['target-changed', 'scenes.refused.choices.scold.to']
		])
	);
});
