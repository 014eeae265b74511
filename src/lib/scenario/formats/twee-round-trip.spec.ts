import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { Locale } from '#lib/content/localised.ts';
import { renderInline, renderMarkdown } from '#lib/content/markdown.ts';
import { randomScenario } from '#tests/support/random-scenario.ts';
import { readScenario, soundScenario, vocabulary } from '#tests/support/sound-scenario.ts';
import { writeScenario } from '../canonical.ts';
import { checkScenario } from '../check.ts';
import type { Scenario } from '../model.ts';
import { isEnding } from '../scenes.ts';
import { writeTwee } from './twee-export.ts';
import { importTwee } from './twee-import.ts';

/** What the import makes of the export, as plain fields. */
function roundTrip(scenario: Scenario, language: Locale) {
	const { text, problems, left } = importTwee(writeTwee(scenario, language), {
		file: 'story.twee',
		language
	});
	return { fields: parse(text ?? '') as Fields, text: text ?? '', problems, left };
}

interface Fields {
	[key: string]: unknown;
	start: string;
	scenes: Record<string, Record<string, unknown> & { choices?: Record<string, Fields> }>;
}

/** A scenario as its file has it, with the texts of the other language emptied. */
function keepLanguage(scenario: Scenario, language: Locale): Fields {
	const other = language === 'da' ? 'en' : 'da';
	return JSON.parse(JSON.stringify(parse(writeScenario(scenario))), (key, value: unknown) =>
		key === other && typeof value === 'string' ? '' : value
	) as Fields;
}

/** All texts as a reader sees them: Markdown may be written in more than one way. */
function show(value: unknown, key = ''): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.map((item) => show(item));
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]: [string, unknown]) => {
			const isText = (name === 'da' || name === 'en') && typeof inner === 'string';
			return [name, isText ? showText(inner, key) : show(inner, name)];
		})
	);
}

function showText(text: string, key: string): string {
	const options = { locale: 'da', terms: new Map(), sources: new Map(), idPrefix: 'x' } as const;
	const isBlock = key === 'text' || key === 'textVersion';
	const isLine = key === 'consequence' || key === 'why' || key === 'takeaway';
	const block = isBlock ? renderMarkdown(text, options).html : text;
	return (isLine ? renderInline(text, options) : block).trim().replaceAll(/\s+/gu, ' ');
}

describe('a story that goes to Twine and comes back', () => {
	test.each(['da', 'en'] as const)('has lost nothing but the other language (%s)', (language) => {
		const scenario = soundScenario();
		const { text, problems, left } = roundTrip(scenario, language);
		expect(parse(text)).toEqual(
			parse(JSON.stringify(keepLanguage(scenario, language)).replaceAll('\\n"', '"'))
		);
		expect(left).toEqual([]);
		expect(problems).toEqual([]);
		const codes = checkScenario(text, 'bus-stop.yaml', vocabulary).problems.map(({ code }) => code);
		expect(new Set(codes)).toEqual(new Set(['empty-text']));
	});

	test('keeps scenes, choices, targets, guards, effects and words, whatever the story', () => {
		fc.assert(
			fc.property(randomScenario, fc.constantFrom('da', 'en'), (scenario, language) => {
				const { fields, problems } = roundTrip(scenario, language);
				expect(problems).toEqual([]);
				expect(show(fields)).toEqual(show(keepLanguage(scenario, language)));
				expect(Object.keys(fields.scenes)).toEqual(Object.keys(scenario.scenes));
			}),
			{ numRuns: 60 }
		);
	});

	test('keeps what people are called by, and who says what', () => {
		const scenario = JSON.parse(
			JSON.stringify(soundScenario()).replaceAll('"bo"', '"old-fisherman"')
		) as Scenario;
		const { fields } = roundTrip(scenario, 'en');
		expect(Object.keys(fields['people'] as object)).toEqual(['old-fisherman']);
		expect(fields.scenes['stop']?.['says']).toMatchObject({ who: 'old-fisherman' });
	});

	test.each(readdirSync('courses/scenarios'))('may be any of ours: %s', (file) => {
		const text = readFileSync(`courses/scenarios/${file}`, 'utf8');
		const { fields, problems } = roundTrip(readScenario(text), 'da');
		expect(problems).toEqual([]);
		expect(show(fields)).toEqual(show(keepLanguage(readScenario(text), 'da')));
	});

	test('is the same story when Twine has sorted its passages by name', () => {
		const scenario = soundScenario();
		const passages = writeTwee(scenario, 'da').split(/^(?=::)/mu);
		const sorted = passages.toSorted().join('');
		const { text } = importTwee(sorted, { file: 'story.twee', language: 'da' });
		const { scenes, start } = parse(text ?? '') as Fields;
		expect(start).toBe('stop');
		expect(Object.keys(scenes)[0]).toBe('stop');
		for (const [id, scene] of Object.entries(scenario.scenes)) {
			const choices = isEnding(scene) ? [] : Object.keys(scene.choices);
			expect(Object.keys(scenes[id]?.choices ?? {})).toEqual(choices);
		}
	});

	test('takes a change that was made in Twine along', () => {
		const changed = writeTwee(soundScenario(), 'en')
			.replace('Bo turns his back.', 'Bo turns to the //board//.')
			.replace('[[You shrug.|stop/shrug]]', '[[You shrug.|stop/shrug]]\n[[You sit down.|taxi]]');
		const { text } = importTwee(changed, { file: 'story.twee', language: 'en' });
		const { choices } = (parse(text ?? '') as Fields).scenes['stop'] ?? {};
		expect(choices?.['shrug']).toMatchObject({ consequence: { en: 'Bo turns to the *board*.' } });
		expect(choices?.['you-sit-down']).toMatchObject({ text: { en: 'You sit down.' }, to: 'taxi' });
	});
});
