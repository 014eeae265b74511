import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { enoughWords, makeTree } from '#tests/courses/small-tree.ts';
import { checkTree } from './check-tree.ts';
import { fixedPages } from './own-pages.ts';

/** What is said of a link in a lesson; empty where nothing is. */
function check(address: string): string[] {
	const lesson = `# Ro\n\n${enoughWords} [Her](${address})\n`;
	const { problems } = checkTree([makeTree({ 'basic/01-first/calm.da.md': lesson })]);
	return problems.map(({ code, message }) => `${code}: ${message.en}`);
}

describe('a text may link to', () => {
	test.each([
		'/help',
		'/learn/basic',
		'/learn/basic/first?step=calm',
		'/toolbox',
		'/toolbox#proqol',
		'/toolbox#staff',
		'/framework#TI-K1',
		'/framework#informed',
		'/framework#uncovered',
		'/framework#scenarios',
		'/evidence#not-measured',
		'/help#local',
		'https://example.dk/toolbox#nothing'
	])('%s', (address) => {
		expect(check(address)).toEqual([]);
	});
});

describe('an author is told of a link to', () => {
	test.each([
		['a page that is not there', '/tolbox', 'no page "/tolbox"; did you mean "/toolbox"?'],
		['a module that is not there', '/learn/basic/frist', 'did you mean "/learn/basic/first"?'],
		['a scenario that is not there', '/scenarios/nothing', 'no page "/scenarios/nothing"'],
		[
			'a tool that is not there',
			'/toolbox#proqul',
			'the page /toolbox has no place named "proqul"; did you mean "proqol"?'
		],
		[
			'an outcome that is not there',
			'/framework#TI-K2',
			'the page /framework has no place named "TI-K2"'
		]
	])('%s', (_, address, sentence) => {
		const found = check(address);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatch(/^unknown-page: /u);
		expect(found[0]).toContain(sentence);
	});
});

test('where the toolbox cannot be read, links into it are not called dead', () => {
	const lesson = `# Ro\n\n${enoughWords} [Her](/toolbox#anything)\n`;
	const changes = { 'basic/01-first/calm.da.md': lesson, 'toolbox.yaml': 'tools: [' };
	const { problems } = checkTree([makeTree(changes)]);
	expect(problems.map(({ code }) => code)).toEqual(['not-yaml']);
});

test.each([...fixedPages, '/framework', '/toolbox', '/evidence'])('%s is a page', (path) => {
	expect(existsSync(`src/routes${path === '/' ? '' : path}/+page.svelte`)).toBe(true);
});
