/** Reading the reports of the test runners. A run that executed nothing has failed. */

/**
 * @typedef {object} Count
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * A run can fail without a failed test: a spec that cannot be read, an error between the tests.
 *
 * @param {Count} count
 * @param {number} code what the runner ended with
 * @returns {Count}
 */
function settle({ passed, failed, skipped }, code) {
	const isUnexplained = failed === 0 && (code !== 0 || passed === 0);
	return { passed, failed: isUnexplained ? 1 : failed, skipped };
}

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number, testResults: { status: string, assertionResults: unknown[] }[] } | undefined} report
 * @param {number} code
 */
export function countVitest(report, code) {
	if (!report) return settle({ passed: 0, failed: 0, skipped: 0 }, code);
	const unread = report.testResults.filter(
		({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0
	);
	return settle(
		{
			passed: report.numPassedTests,
			failed: report.numFailedTests + unread.length,
			skipped: report.numPendingTests + (report.numTodoTests ?? 0)
		},
		code
	);
}

/**
 * A test that passed only when it was tried again has failed.
 *
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } } | undefined} report
 * @param {number} code
 */
export function countPlaywright(report, code) {
	if (!report) return settle({ passed: 0, failed: 0, skipped: 0 }, code);
	const { expected, unexpected, flaky, skipped } = report.stats;
	return settle({ passed: expected, failed: unexpected + flaky, skipped }, code);
}
