import fc from 'fast-check';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { locales } from '#lib/content/localised.ts';
import { checkModel } from '#lib/scenario/check.ts';
import type { Scenario } from '#lib/scenario/model.ts';
import { isEnding } from '#lib/scenario/scenes.ts';
import { readVocabulary } from '#lib/scenario/vocabulary.server.ts';
import type { Vocabulary } from '#lib/scenario/vocabulary.ts';
import {
	buildGuided,
	fieldsOfQuestion,
	guidedQuestions,
	isAnswered,
	noAnswers,
	type GuidedAnswers
} from './guided.ts';
import { startBlank } from './skeleton.ts';
import { startFromTemplate, templateNames } from './templates.ts';

let vocabulary: Vocabulary;

beforeAll(async () => {
	({ vocabulary } = await readVocabulary([resolve('courses')]));
});

const problemsOf = (scenario: Scenario) => checkModel(scenario, vocabulary).problems;

/** The same with something written wherever nothing is. */
function writeTheRest(value: unknown): unknown {
	if (value === '') return 'Her er noget skrevet.';
	if (Array.isArray(value)) return value.map(writeTheRest);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, each]) => [
			key,
			key === 'setting' && each === '' ? 'office' : writeTheRest(each)
		])
	);
}

const finish = (scenario: Scenario) => writeTheRest(scenario) as Scenario; // of the same shape

describe.each(templateNames)('the template "%s"', (name) => {
	const scenario = startFromTemplate(name, `my-${name}`, 'en');

	test('has problems only where its author has still to write', () => {
		const problems = problemsOf(scenario);
		expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(['empty-text']));
		const places = new Set(problems.map(({ path }) => path.split('.').at(-2)));
		expect(places).toEqual(
			new Set(['summary', 'contentNote', 'textVersion', 'consequence', 'why', 'takeaway'])
		);
	});

	test('is sound once they have', () => {
		expect(problemsOf(finish(scenario))).toEqual([]);
	});

	test('lets what went wrong be put right', () => {
		const endings = Object.values(scenario.scenes).flatMap((scene) =>
			isEnding(scene) ? scene.ending : []
		);
		expect(endings).toContain('repaired');
	});
});

test('a blank page is sound once it is written', () => {
	const blank = startBlank('mine', { da: 'Min', en: 'Mine' }, 'da');
	const codes = new Set(problemsOf(blank).map(({ code }) => code));
	expect([...codes].sort()).toEqual(['empty-text']);
	expect(problemsOf(finish(blank))).toEqual([]);
});

const answersOf = fc.record(
	Object.fromEntries(
		Object.keys(noAnswers).map((field) => [
			field,
			field === 'ending'
				? fc.constantFrom('', 'calm', 'agreement', 'help', 'repaired')
				: field === 'setting'
					? fc.constantFrom('', 'shelter', 'office')
					: field === 'title' || field === 'name'
						? fc.constantFrom('', 'Ved lugen', '29', 'Åse & søn')
						: fc.constantFrom('', 'Hun ser væk.', 'Du siger dit navn.')
		])
	)
) as unknown as fc.Arbitrary<GuidedAnswers>; // the fields of the answers, see above

describe('the guided start', () => {
	test('asks for each answer under exactly one question', () => {
		const asked = guidedQuestions.flatMap((question) => [...fieldsOfQuestion[question]]);
		expect([...asked, 'title'].sort()).toEqual(Object.keys(noAnswers).sort());
	});

	test('builds a story that is sound once it is written, whatever was answered or skipped', () => {
		fc.assert(
			fc.property(answersOf, fc.constantFrom(...locales), (answers, language) => {
				const built = finish(buildGuided(answers, 'mine', language));
				// The ending that an author has chosen may be the one that is there anyway.
				const found = problemsOf(built).filter(({ code }) => code !== 'ending-kind-repeated');
				expect(found).toEqual([]);
			}),
			{ numRuns: 100 }
		);
	});

	test('keeps every word that was answered', () => {
		fc.assert(
			fc.property(answersOf, fc.constantFrom(...locales), (answers, language) => {
				const text = JSON.stringify(buildGuided(answers, 'mine', language));
				for (const answer of Object.values(answers)) expect(text).toContain(answer);
			})
		);
	});

	test('says under which questions something was answered', () => {
		const answers = { ...noAnswers, name: 'Kim', end: 'Kim går hjem.' };
		expect(guidedQuestions.filter((question) => isAnswered(answers, question))).toEqual([
			'who',
			'ending'
		]);
	});
});
