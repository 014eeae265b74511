/** Reading the reports of the test runners. A run that executed nothing has failed. */
import { stripVTControlCharacters } from 'node:util';

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

/**
 * What somebody has to look at: the stage, the full name of the test where it was one, and what it said.
 *
 * @typedef {object} Failure
 * @property {string} stage
 * @property {string} [name]
 * @property {string[]} lines
 */

/**
 * @param {{ testResults: { name: string, status: string, message?: string, assertionResults: { ancestorTitles: string[], title: string, status: string, failureMessages?: string[] | null }[] }[] } | undefined} report
 * @param {string} root the folder that the names of files are told from
 * @returns {{ name: string, lines: string[] }[]}
 */
export function listVitestFailures(report, root) {
	return (report?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
		const file = name.startsWith(root) ? name.slice(root.length).replace(/^[\\/]/, '') : name;
		const failed = assertionResults.filter((test) => test.status === 'failed');
		if (status === 'failed' && failed.length === 0)
			return [{ name: file, lines: firstLines(message ?? '') }];
		return failed.map(({ ancestorTitles, title, failureMessages }) => ({
			name: [file, ...ancestorTitles, title].join(' › '),
			lines: firstLines((failureMessages ?? []).join('\n'))
		}));
	});
}

/**
 * @typedef {{ message?: string, stack?: string }} PlaywrightError
 * @typedef {{ title: string, line?: number, tests: { status: string, results: { error?: PlaywrightError, errors?: PlaywrightError[] }[] }[] }} PlaywrightSpec
 * @typedef {{ title: string, file?: string, suites?: PlaywrightSuite[], specs?: PlaywrightSpec[] }} PlaywrightSuite
 */

/**
 * @param {{ suites?: PlaywrightSuite[], errors?: PlaywrightError[] } | undefined} report
 * @returns {{ name: string, lines: string[] }[]}
 */
export function listPlaywrightFailures(report) {
	const between = (report?.errors ?? []).map((error) => ({
		name: 'between the tests',
		lines: firstLines(wordsOf(error))
	}));
	return [...(report?.suites ?? []).flatMap((suite) => listOfSuite(suite, [])), ...between];
}

/**
 * @param {PlaywrightSuite} suite
 * @param {readonly string[]} within
 * @returns {{ name: string, lines: string[] }[]}
 */
function listOfSuite({ title, suites = [], specs = [] }, within) {
	const place = [...within, title];
	const failed = specs.flatMap((spec) =>
		spec.tests
			.filter(({ status }) => status === 'unexpected' || status === 'flaky')
			.map(({ results }) => {
				const errors = results.flatMap(({ error, errors = [] }) =>
					errors.length > 0 || !error ? errors : [error]
				);
				return {
					name: [...place, spec.title].join(' › '),
					lines: firstLines(errors.map(wordsOf).join('\n'))
				};
			})
	);
	return [...failed, ...suites.flatMap((inner) => listOfSuite(inner, place))];
}

/** @param {PlaywrightError} error */
const wordsOf = ({ message, stack }) => message ?? stack ?? '';

/**
 * The last thing that is read of a long run: what failed, where, and how it began to say so.
 *
 * @param {readonly Failure[]} failures
 * @returns {string[]}
 */
export function tellFailures(failures) {
	if (failures.length === 0) return [];
	return [
		'',
		'What failed:',
		...failures.flatMap(({ stage, name, lines }) => [
			'',
			name ? `${stage} · ${name}` : stage,
			...lines.map((line) => `    ${line}`)
		]),
		''
	];
}

/**
 * @param {string} text
 * @param {number} [count]
 */
export function firstLines(text, count = 12) {
	return cleanLines(text).slice(0, count);
}

/**
 * @param {string} text
 * @param {number} [count]
 */
export function lastLines(text, count = 20) {
	return cleanLines(text).slice(-count);
}

/**
 * Without colours and empty lines.
 *
 * @param {string} text
 */
function cleanLines(text) {
	return stripVTControlCharacters(text)
		.split(/\r?\n/)
		.map((line) => line.trimEnd())
		.filter((line) => line !== '');
}
