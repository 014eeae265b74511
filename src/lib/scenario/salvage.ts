import * as v from 'valibot';
import { findNearest } from '#lib/content/nearest.ts';
import { choiceKinds, endingKinds, scenarioFile, type Scenario } from './model.ts';

type Fields = Record<string, unknown>;

/** Too short to be measured, so that it is held against nothing but its absence, which is told already. */
const placeholder = '-';

/**
 * What can be understood of a file that does not have the shape of a scenario, with placeholders for
 * the rest, so that everything else in it can be checked at the same time. Null if there are no
 * scenes to speak of.
 */
export function salvageScenario(value: unknown): Scenario | null {
	const file = readFields(value, Object.keys(scenarioFile.entries));
	const scenes = mapFields(file['scenes'], salvageScene);
	const [first = ''] = Object.keys(scenes);
	const draft = {
		format: 1,
		// An id of the wrong form is told as such, and is held against the file name no more.
		id: keep(file['id'], kebab, 'x'),
		version: keep(file['version'], v.pipe(v.number(), v.safeInteger(), v.minValue(0)), 1),
		title: salvageText(file['title']),
		summary: salvageText(file['summary']),
		minutes: keep(file['minutes'], v.pipe(v.number(), v.minValue(0)), 1),
		setting: keep(file['setting'], v.string(), ''),
		audience: salvageNames(file['audience'], ['']),
		outcomes: salvageNames(file['outcomes'], []),
		contentNote: salvageText(file['contentNote']),
		textVersion: salvageText(file['textVersion']),
		authors: [{ role: 'professional' }],
		people: mapFields(file['people'], () => ({ name: placeholder, about: salvageText(undefined) })),
		gauges: salvageGauges(file['gauges']),
		start: keep(file['start'], v.string(), first),
		scenes
	};
	const result = v.safeParse(scenarioFile, draft);
	return result.success ? result.output : null;
}

const kebab = v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u));
const wholeNumber = v.pipe(v.number(), v.safeInteger());

function salvageScene(value: unknown): Fields | undefined {
	const scene = readFields(value, sceneKeys);
	const common = {
		text: salvageText(scene['text']),
		says: salvageSpeech(scene['says']),
		flag: salvageFlag(scene['flag'])
	};
	if (scene['ending'] !== undefined) {
		const ending = keepName(scene['ending'], endingKinds, 'calm');
		return { ...common, ending, takeaway: salvageText(scene['takeaway']) };
	}
	const choices = mapFields(scene['choices'], salvageChoice);
	if (Object.keys(choices).length === 0) return undefined;
	return { ...common, auto: salvageAutos(scene['auto']), choices };
}

const sceneKeys = 'text says flag auto choices ending takeaway facilitator'.split(' ');
const choiceKeys = 'text kind effect when outcomes consequence why to'.split(' ');

function salvageChoice(value: unknown): Fields | undefined {
	if (!isFields(value)) return undefined;
	const choice = readFields(value, choiceKeys);
	return {
		text: salvageText(choice['text']),
		kind: keepName(choice['kind'], choiceKinds, 'okay'),
		effect: mapFields(choice['effect'], (change) => keep(change, wholeNumber, undefined)),
		when: salvageGuard(choice['when']),
		outcomes: salvageNames(choice['outcomes'], []),
		consequence: salvageText(choice['consequence']),
		why: salvageText(choice['why']),
		to: keep(choice['to'], v.string(), '')
	};
}

function salvageSpeech(value: unknown): Fields | undefined {
	if (!isFields(value)) return undefined;
	const { who } = readFields(value, ['who', 'da', 'en']);
	return { who: keep(who, v.string(), ''), ...salvageText(value) };
}

function salvageFlag(value: unknown): Fields | undefined {
	if (!isFields(value)) return undefined;
	const { theme, alternative } = readFields(value, ['theme', 'alternative']);
	return {
		theme: keep(theme, v.string(), ''),
		alternative: keep(alternative, v.string(), '')
	};
}

function salvageAutos(value: unknown): Fields[] {
	if (!Array.isArray(value)) return [];
	return value.filter(isFields).map((auto) => {
		const { when, to } = readFields(auto, ['when', 'to']);
		return { when: salvageGuard(when), to: keep(to, v.string(), '') };
	});
}

function salvageGuard(value: unknown): Fields {
	return mapFields(value, (bounds) => {
		const { min, max } = readFields(bounds, ['min', 'max']);
		return { min: keep(min, wholeNumber, undefined), max: keep(max, wholeNumber, undefined) };
	});
}

function salvageGauges(value: unknown): Fields {
	const gauges = mapFields(value, (gauge) => {
		const { start, min, max, words } = readFields(gauge, ['start', 'min', 'max', 'words']);
		const lowest = keep(min, wholeNumber, 0);
		const highest = keep(max, wholeNumber, lowest + 1);
		const entries = Array.isArray(words) ? words.filter(isFields) : [];
		const wellFormed = entries.every(({ upTo }) => v.is(wholeNumber, upTo)) && entries.length > 0;
		return {
			start: keep(start, wholeNumber, lowest),
			min: lowest,
			max: highest,
			words: wellFormed
				? entries.map(({ upTo }) => ({ upTo, ...salvageText(undefined) }))
				: [{ upTo: highest, ...salvageText(undefined) }]
		};
	});
	if ('alarm' in gauges) return gauges;
	const alarm = { start: 0, min: 0, max: 1, words: [{ upTo: 1, ...salvageText(undefined) }] };
	return { alarm, ...gauges };
}

function salvageText(value: unknown): { da: string; en: string } {
	const { da, en } = readFields(value, ['da', 'en']);
	const filled = v.pipe(v.string(), v.regex(/\S/u));
	return { da: keep(da, filled, placeholder), en: keep(en, filled, placeholder) };
}

function salvageNames(value: unknown, otherwise: string[]): string[] {
	if (!Array.isArray(value)) return otherwise;
	// A position that holds no name keeps its place, so that the others are found on their lines.
	const names = value.map((name) => keep(name, v.string(), ''));
	return names.length > 0 ? names : otherwise;
}

function keep<Output, Otherwise>(
	value: unknown,
	schema: v.GenericSchema<unknown, Output>,
	otherwise: Otherwise
): Output | Otherwise {
	const result = v.safeParse(schema, value);
	return result.success ? result.output : otherwise;
}

function keepName(value: unknown, names: readonly string[], otherwise: string): string {
	return typeof value === 'string' ? (findNearest(value, names) ?? otherwise) : otherwise;
}

/** The fields of a mapping; a misspelt key counts as the missing one that was probably meant. */
function readFields(value: unknown, known: readonly string[]): Fields {
	if (!isFields(value)) return {};
	const missing = known.filter((key) => !Object.hasOwn(value, key));
	return Object.fromEntries(
		Object.entries(value).map(([key, field]) => [
			known.includes(key) ? key : (findNearest(key, missing) ?? key),
			field
		])
	);
}

function mapFields<Field>(
	value: unknown,
	salvage: (field: unknown) => Field | undefined
): Record<string, Field> {
	if (!isFields(value)) return {};
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, field]) => {
			const salvaged = kebabKey.test(key) ? salvage(field) : undefined;
			return salvaged === undefined ? [] : [[key, salvaged]];
		})
	);
}

const kebabKey = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/u;

function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
