import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCopy } from '#tests/support/open-scenario.ts';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { edits } from '#tests/support/scenario-edits.ts';
import { soundScenario } from '#tests/support/sound-scenario.ts';
import { compileScenario } from './compile.ts';
import { decompile } from './decompile.ts';
import type { Scenario } from './model.ts';
import { readStructure } from './structure.ts';

const runs = 100;

describe('the machine of a story', () => {
	test('loses nothing of what decides the story, nor the order in which it stands', () => {
		fc.assert(
			fc.property(randomScenario, (scenario) => {
				const structure = decompile(compileScenario(scenario));
				expect(structure).toEqual(readStructure(scenario));
				expect(JSON.stringify(structure)).toBe(JSON.stringify(readStructure(scenario)));
			}),
			{ numRuns: runs }
		);
	});

	test('is plain data, and loses nothing when it is sent as JSON', () => {
		fc.assert(
			fc.property(randomScenario, (scenario) => {
				const sent = JSON.parse(JSON.stringify(compileScenario(scenario).config));
				expect(decompile({ config: sent })).toEqual(readStructure(scenario));
			}),
			{ numRuns: runs }
		);
	});

	test.each([
		...(['start-changed', 'gauge-added', 'gauge-start-changed', 'gauge-bounds-changed'] as const),
		...(['scene-became-ending', 'scene-became-decision', 'ending-kind-changed'] as const),
		...(['kind-changed', 'effect-changed', 'guard-changed', 'choice-outcomes-changed'] as const),
		...(['choice-renamed', 'choices-reordered'] as const)
	])('is another one after a change of structure: %s', (code) => {
		fc.assert(
			fc.property(randomScenario, fc.nat(99), (scenario, pick) => {
				const after = openCopy(scenario);
				edits[code].make(after, pick);
				const structure = decompile(compileScenario(after as Scenario));
				expect(JSON.stringify(structure)).not.toBe(JSON.stringify(readStructure(scenario)));
				expect(structure).toEqual(readStructure(after as Scenario));
			}),
			{ numRuns: 20 }
		);
	});

	test('keeps flags, also of endings, and the ways that are tried before the telling', () => {
		const sound = soundScenario();
		const { taxi } = sound.scenes;
		const flag = { theme: 'death', alternative: 'taxi-told' };
		const scenes = { ...sound.scenes, taxi: { ...taxi!, flag }, 'taxi-told': taxi! };
		const structure = decompile(compileScenario({ ...sound, scenes }));
		expect(structure.scenes['taxi']).toEqual({ flag, ending: 'repaired' });
		expect(structure.scenes['refused']).toMatchObject({
			flag: { theme: 'rejection', alternative: 'refused-told' },
			auto: [{ when: { alarm: { min: 9 } }, to: 'overwhelmed' }]
		});
	});
});
