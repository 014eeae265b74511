import { describe, expect, test } from 'vitest';
import { makeTree } from '#tests/courses/small-tree.ts';
import { findOwnStory } from './check-own-story.ts';
import { checkTree } from './check-tree.ts';
import { formatProblem } from './problem.ts';

describe('a question asks for somebody’s own story', () => {
	test.each([
		'Tænk på dit eget traume.',
		'Hvordan har dine traumer påvirket dig?',
		'Hvad betød din barndom for dig?',
		'Fortæl lidt om din egen historie.',
		'Skriv noget fra din historie ned.',
		'Har du selv oplevet vold?',
		'Har du nogensinde været udsat for noget lignende?',
		'Hvornår har du selv oplevet noget voldsomt?',
		'Hvad er det værste, du har oplevet?',
		'Hvad skete der med dig?',
		'Hvad er der sket for dig?',
		'Hvad savnede du, da du var barn?'
	])('in Danish: %s', (text) => {
		expect(findOwnStory(text, 'da')).toBeDefined();
	});

	test.each([
		'Think of your own trauma.',
		'What did your childhood mean to you?',
		'Tell us your story.',
		'Write about your own story.',
		'Have you ever been assaulted?',
		'When have you yourself experienced something terrible?',
		'What is the worst thing that has happened to you?',
		'What happened to you?',
		'What did you need when you were a child?'
	])('in English: %s', (text) => {
		expect(findOwnStory(text, 'en')).toBeDefined();
	});
});

describe('a question about work does not', () => {
	test.each([
		'Hvad er du god til? Det behøver ikke have noget med din historie at gøre.',
		'Hvad er det første tegn hos dig selv på, at alarmen er på vej op på arbejdet?',
		'Hvad har du været glad for i dag?',
		'Hvornår lærte du selv noget, som du stadig bruger?',
		'Hvilket traume taler man mest om på arbejdet?'
	])('in Danish: %s', (text) => {
		expect(findOwnStory(text, 'da')).toBeUndefined();
	});

	test.each([
		'It need not have anything to do with your story.',
		'What happened at work today?',
		'Have you been on duty at night?',
		'When did you learn something that you still use?'
	])('in English: %s', (text) => {
		expect(findOwnStory(text, 'en')).toBeUndefined();
	});
});

const moduleAt = 'basic/01-first/module.yaml';

function check(changes: Parameters<typeof makeTree>[0]): string[] {
	return checkTree([makeTree(changes)]).problems.map(formatProblem);
}

describe('the author is told', () => {
	test('of a reflection that asks for it', () => {
		const change = (text: string) => text.replace('en: Think.', 'en: Think of your own trauma.');
		expect(check({ [moduleAt]: change })).toEqual([
			`courses/${moduleAt}:17: error: asks-own-story: steps.2.reflection.en: "your own trauma" asks for the reader's own story; ask about work or about what helps`
		]);
	});

	test('of a field of a task that does', () => {
		const task =
			'  - task: a\n    title: { da: a, en: a }\n    fields: [{ id: a, label: { da: Hvad er der sket med dig?, en: a } }]\n';
		const change = (text: string) =>
			text.replace('minutes: 3', 'minutes: 4').replace('  - landing', `${task}  - landing`);
		expect(check({ [moduleAt]: change })).toEqual([
			`courses/${moduleAt}:20: error: asks-own-story: steps.3.fields.0.label.da: "Hvad er der sket med dig" asks for the reader's own story; ask about work or about what helps`
		]);
	});

	test('of what a facilitator would ask the room', () => {
		const scenario =
			"scenes:\n  door:\n    facilitator:\n      ask: [{ da: 'Har du selv oplevet vold?', en: x }]\n";
		expect(check({ 'scenarios/at-the-door.yaml': scenario })).toEqual([
			`courses/scenarios/at-the-door.yaml:4: error: asks-own-story: scenes.door.facilitator.ask.0.da: "Har du selv oplevet vold" asks for the reader's own story; ask about work or about what helps`
		]);
	});

	test('not of a knowledge check, whose answers may quote somebody who should not have asked', () => {
		const change = (text: string) => text.replace('da: Uro,', "da: '»Hvad skete der med dig?«',");
		expect(check({ [moduleAt]: change })).toEqual([]);
	});
});
