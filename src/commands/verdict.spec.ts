import { describe, expect, test } from 'vitest';
import { countPlaywright, countVitest } from './verdict.mjs';

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
