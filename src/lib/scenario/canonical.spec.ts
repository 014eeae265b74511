import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { randomScenario } from '#tests/support/random-scenario.ts';
import {
	breakText,
	readScenario,
	soundFile,
	soundScenario,
	soundText
} from '#tests/support/sound-scenario.ts';
import { formatScenario, writeScenario } from './canonical.ts';

function format(text: string): string {
	const formatted = formatScenario(text, soundFile);
	if (formatted.text === null) throw new Error(JSON.stringify(formatted.problems));
	return formatted.text;
}

describe('the canonical form', () => {
	test('of a canonical file is that file, byte for byte', () => {
		expect(format(soundText)).toBe(soundText);
		expect(writeScenario(soundScenario())).toBe(soundText);
	});

	test('of any scenario reads as that scenario and stays as it is', () => {
		fc.assert(
			fc.property(randomScenario, (scenario) => {
				const text = writeScenario(scenario);
				expect(writeScenario(readScenario(text))).toBe(text);
				expect(format(text)).toBe(text);
				expect(readScenario(text).scenes).toEqual(scenario.scenes);
			}),
			{ numRuns: 20 }
		);
	});

	test('of any text reads as that text', () => {
		const scenario = soundScenario();
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ unit: 'binary' }),
					fc.string({ unit: fc.constantFrom(...' \n\t\r#:-"\'a{') })
				),
				fc.string({ unit: fc.constantFrom(...' ,:[]{}#&*!|>\'"%@`-?\n\ta0') }),
				(da, en) => {
					const title = { da: `${da}x`, en: `x${en}` };
					const words = [{ upTo: 10, word: { da: `${en}x`, en: `${da}x` } }];
					const alarm = { ...scenario.gauges['alarm']!, words };
					const changed = { ...scenario, title, gauges: { ...scenario.gauges, alarm } };
					const read = parse(writeScenario(changed));
					expect(read.title).toEqual(title);
					expect(read.gauges.alarm.words).toEqual([{ upTo: 10, da: `${en}x`, en: `${da}x` }]);
				}
			),
			{ numRuns: 100 }
		);
	});

	test('puts keys in order, and undoes quotes and flow that are not needed', () => {
		const text = breakText(
			`title:\n  da: Ved stoppestedet\n  en: At the bus stop\n`,
			`title: { en: 'At the bus stop', da: "Ved stoppestedet" }\n`
		)
			.replace('start: stop\n', '')
			.replace('format: 1\n', 'start: "stop"\nformat: 1\n');
		expect(format(text)).toBe(soundText);
	});

	test('leaves out what is empty and may be left out', () => {
		const text = breakText(
			'        effect: { alarm: +2 }\n',
			'        effect: {}\n        when: {}\n'
		);
		expect(format(text)).toBe(breakText('        effect: { alarm: +2 }\n', ''));
	});

	test('quotes only where YAML needs it', () => {
		const scenario = { ...soundScenario(), summary: { da: 'Nej: ja', en: 'No, yes' } };
		expect(writeScenario(scenario)).toContain("summary:\n  da: 'Nej: ja'\n  en: No, yes\n");
	});

	test('keeps comments, before the key they belong to', () => {
		const text = breakText('start: stop', '# Who begins?\nstart: stop # here')
			.replace('format: 1', '# Our first.\n\nformat: 1')
			.replace('      answer:', '      # The one to aim for.\n      answer:');
		const formatted = format(text);
		expect(formatted).toContain('# Our first.\n');
		expect(formatted).toContain('\n# Who begins?\n# here\nstart: stop\n');
		expect(formatted).toContain('\n      # The one to aim for.\n      answer:\n');
		expect(format(formatted)).toBe(formatted);
	});

	test('is not made of what is no scenario', () => {
		const { text, problems } = formatScenario(breakText('kind: good', 'knd: good'), soundFile);
		expect(text).toBeNull();
		expect(problems.map(({ code }) => code)).toContain('unknown-key');
	});
});
