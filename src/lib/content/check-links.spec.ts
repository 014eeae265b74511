import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeTree } from '#tests/courses/small-tree.ts';
import { checkTree } from './check-tree.ts';
import { ownPages } from './own-pages.ts';
import { formatProblem } from './problem.ts';

const lessonAt = 'basic/01-first/calm.da.md';

/** The small tree with a text at the end of its lesson. */
function check(text: string, more: Parameters<typeof makeTree>[0] = {}): string[] {
	const changes = { ...more, [lessonAt]: (lesson: string) => `${lesson}\n${text}\n` };
	return checkTree([makeTree(changes)]).problems.map(formatProblem);
}

describe('a link of a text', () => {
	test.each([
		'/help',
		'/help#danger',
		'/learn/basic',
		'/learn/basic/first',
		'/learn/basic/first?step=calm',
		'/learn/basic/first?step=check-1',
		'https://borger.dk/en-side',
		'mailto:hjaelp@example.dk'
	])('may lead to %s', (address) => {
		expect(check(`[Se her](${address})`)).toEqual([]);
	});

	test('may lead to a scenario that is there', () => {
		const scenario = { 'scenarios/at-the-door.yaml': 'x: 1\n' };
		expect(check('[Se her](/scenarios/at-the-door)', scenario)).toEqual([]);
	});

	test.each([
		['/hlep', '; did you mean "/help"?'],
		['/help#nowhere', ''],
		['/learn/basic/frist', '; did you mean "/learn/basic/first"?'],
		['/learn/basic/first?step=clam', '; did you mean "/learn/basic/first?step=calm"?'],
		['/learn/other', ''],
		['/scenarios', ''],
		['/scenarios/at-the-door', '']
	])('that leads to %s, where nothing is, is told', (address, suggestion) => {
		const [problem] = check(`Ro.\n\n[Se her](${address})`);
		expect(problem).toContain(
			`courses/${lessonAt}:7: error: dead-link: -: the link leads nowhere: there is no page "${address}" here`
		);
		if (suggestion !== '') expect(problem).toContain(suggestion);
	});

	test('is told of where its address stands apart from its words', () => {
		expect(check('[Se her][her]\n\n[her]: /hlep')).toEqual([
			`courses/${lessonAt}:7: error: dead-link: -: the link leads nowhere: there is no page "/hlep" here; did you mean "/help"?`
		]);
	});
});

test('a dead link in a YAML file is told with its line and its keys', () => {
	const moduleAt = 'basic/01-first/module.yaml';
	const change = (text: string) => text.replace('da: Tænk.', "da: 'Tænk. [Se](/hlep)'");
	expect(checkTree([makeTree({ [moduleAt]: change })]).problems.map(formatProblem)).toEqual([
		`courses/${moduleAt}:17: error: dead-link: steps.2.reflection.da: the link leads nowhere: there is no page "/hlep" here; did you mean "/help"?`
	]);
});

test('a dead link in a scenario is told too', () => {
	const scenario = { 'scenarios/at-the-door.yaml': "text: { da: '[Se](/hlep)', en: x }\n" };
	expect(checkTree([makeTree(scenario)]).problems.map(({ code }) => code)).toEqual(['dead-link']);
});

describe('the pages that texts may lead to are there', () => {
	test.each(Object.entries(ownPages))('%s', (page, places) => {
		const folder = join('src/routes', page);
		expect(existsSync(join(folder, '+page.svelte'))).toBe(true);
		const sources = readdirSync(folder)
			.filter((name) => name.endsWith('.svelte'))
			.map((name) => readFileSync(join(folder, name), 'utf8'))
			.join('\n');
		for (const place of places) expect(sources).toContain(`id="${place}"`);
	});
});
