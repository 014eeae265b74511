import { describe, expect, test } from 'vitest';
import {
	countPlaywright,
	countVitest,
	lastLines,
	listPlaywrightFailures,
	listVitestFailures,
	tellFailures
} from './verdict.mjs';

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, testResults: [] };
const stats = { expected: 4, unexpected: 0, flaky: 0, skipped: 0 };

describe('a run of specs', () => {
	test('that all pass has passed', () => {
		expect(countVitest(vitest, 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
	});

	test('counts a spec that cannot be read as failed', () => {
		const testResults = [{ status: 'failed', assertionResults: [] }];
		expect(countVitest({ ...vitest, testResults }, 1)).toMatchObject({ passed: 3, failed: 1 });
	});

	test('has failed when its runner did, though every test passed', () => {
		expect(countVitest(vitest, 1)).toMatchObject({ passed: 3, failed: 1 });
	});

	test('that executed nothing has failed', () => {
		expect(countVitest({ ...vitest, numPassedTests: 0 }, 0)).toMatchObject({ failed: 1 });
		expect(countVitest(undefined, 0)).toMatchObject({ failed: 1 });
	});
});

describe('a run of browser tests', () => {
	test('that all pass has passed', () => {
		expect(countPlaywright({ stats }, 0)).toEqual({ passed: 4, failed: 0, skipped: 0 });
	});

	test('counts what passed only the second time as failed', () => {
		const mixed = { ...stats, unexpected: 1, flaky: 2 };
		expect(countPlaywright({ stats: mixed }, 1)).toMatchObject({ passed: 4, failed: 3 });
	});

	test('that executed nothing has failed', () => {
		expect(countPlaywright({ stats: { ...stats, expected: 0 } }, 0)).toMatchObject({ failed: 1 });
		expect(countPlaywright(undefined, 1)).toMatchObject({ failed: 1 });
	});
});

describe('what failed', () => {
	const message = `\u001b[31mAssertionError\u001b[39m: expected 1 to be 2\n\n${'at a line\n'.repeat(30)}`;

	test('of specs is told by file, suite and test, and by how its error begins', () => {
		const assertion = { ancestorTitles: ['a sum'], title: 'adds up' };
		const testResults = [
			{
				name: '/there/src/sum.spec.ts',
				status: 'failed',
				assertionResults: [
					{ ...assertion, status: 'failed', failureMessages: [message] },
					{ ...assertion, title: 'holds', status: 'passed', failureMessages: [] }
				]
			},
			{ name: '/there/src/no.spec.ts', status: 'failed', message: 'no', assertionResults: [] },
			{ name: '/there/src/yes.spec.ts', status: 'passed', message: '', assertionResults: [] }
		];
		const [sum, unread, ...others] = listVitestFailures({ testResults }, '/there');
		expect(sum?.name).toBe('src/sum.spec.ts › a sum › adds up');
		expect(sum?.lines).toHaveLength(12);
		expect(sum?.lines[0]).toBe('AssertionError: expected 1 to be 2');
		expect(unread).toEqual({ name: 'src/no.spec.ts', lines: ['no'] });
		expect(others).toEqual([]);
	});

	test('of browser tests is told likewise, with those that passed the second time', () => {
		const failed = { status: 'unexpected', results: [{ errors: [{ message }] }] };
		const flaky = { status: 'flaky', results: [{ error: { message: 'late' } }, {}] };
		const passed = { status: 'expected', results: [{ errors: [] }] };
		const inDanish = {
			title: 'in Danish',
			specs: [
				{ title: 'reads', tests: [failed] },
				{ title: 'writes', tests: [passed, flaky] }
			]
		};
		const suites = [{ title: 'a.spec.ts', suites: [inDanish] }];
		const [reads, writes, between] = listPlaywrightFailures({ suites, errors: [{ message }] });
		expect(reads?.name).toBe('a.spec.ts › in Danish › reads');
		expect(reads?.lines[0]).toBe('AssertionError: expected 1 to be 2');
		expect(writes).toEqual({ name: 'a.spec.ts › in Danish › writes', lines: ['late'] });
		expect(between?.lines[0]).toBe('AssertionError: expected 1 to be 2');
	});

	test('of a check is how it ended', () => {
		const output = Array.from({ length: 40 }, (_, at) => `${at}`).join('\r\n');
		expect(lastLines(`${output}\n\n`)).toEqual(output.split('\r\n').slice(20));
	});

	test('is told stage by stage, and where nothing failed nothing is', () => {
		const failures = [
			{ stage: 'lint', lines: ['a.ts', 'no'] },
			{ stage: 'unit', name: 'a › b', lines: ['c'] }
		];
		const told = tellFailures(failures).filter((line) => line !== '');
		expect(told).toEqual(['What failed:', 'lint', '    a.ts', '    no', 'unit · a › b', '    c']);
		expect(tellFailures([])).toEqual([]);
		expect(listVitestFailures(undefined, '/')).toEqual([]);
		expect(listPlaywrightFailures(undefined)).toEqual([]);
	});
});
