/** `npm test`: from a fresh clone to a verdict. `npm test -- unit e2e` runs only those stages. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { CommandFailed, ensureInstalled, findNode, giveUp, root, run } from './install.mjs';
import {
	countPlaywright,
	countVitest,
	lastLines,
	listPlaywrightFailures,
	listVitestFailures,
	tellFailures
} from './verdict.mjs';

const reports = mkdtempSync(join(tmpdir(), 'holdepunkt-test-'));
process.on('exit', () => rmSync(reports, { recursive: true, force: true }));

const bin = (...path) => join(root, 'node_modules', ...path);
const prettier = [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn'];
const sources = [
	'--config',
	'.config/prettier.json',
	'--ignore-path',
	'.config/prettierignore',
	'.'
];

/** Where the specs of each kind live; all kinds that are asked for run together. */
const suites = {
	unit: 'src/',
	contract: 'tests/contract/',
	content: 'tests/courses/',
	integration: 'tests/integration/'
};

/** Checks that are passed or not, each counting as one; what takes longest stands first. */
const checks = {
	types: async () => {
		const synced = await sync();
		if (synced.code !== 0) return synced;
		const svelteCheck = bin('svelte-check', 'bin', 'svelte-check');
		return run(findNode(), [svelteCheck, '--tsconfig', './tsconfig.json', '--fail-on-warnings']);
	},
	lint: () =>
		run(findNode(), [
			bin('eslint', 'bin', 'eslint.js'),
			'--config',
			'.config/eslint.config.js',
			'.'
		]),
	format: () => run(findNode(), [...prettier, ...sources]),
	courses: () => run(findNode(), ['src/commands/courses-check.ts']),
	spelling: () => run(findNode(), ['src/commands/spelling-check.ts'])
};

/** A PostgreSQL server to make databases on; `none` where one was asked for in vain, see .ci/run. */
const cluster = process.env.TEST_POSTGRES;
// Of itself only `postgres` speaks to it; the others have an engine in their own process.
delete process.env.TEST_POSTGRES;

const stages = [...Object.keys(checks), 'build', ...Object.keys(suites), 'postgres', 'e2e'];

try {
	const asked = process.argv.slice(2);
	const unknown = asked.filter((name) => !stages.includes(name));
	if (unknown.length > 0) {
		throw new CommandFailed(
			`There is no stage called ${unknown.join(', ')}. There are: ${stages.join(', ')}.`
		);
	}
	await ensureInstalled();
	const all = cluster ? stages : stages.filter((stage) => stage !== 'postgres');
	const { passed, failed, failures, skipped } = await judge(asked.length > 0 ? asked : all);
	for (const line of tellFailures(failures)) console.log(line);
	if (skipped.length > 0) console.log(`Skipped: ${skipped.join('; ')}.`);
	console.log(`${passed} passed, ${failed} failed`);
	process.exit(failed > 0 ? 1 : 0);
} catch (error) {
	if (error instanceof CommandFailed) {
		console.log(error.message);
		console.log('0 passed, 1 failed');
		process.exit(1);
	}
	giveUp(error);
}

/** Runs the stages that were asked for, and adds up what they counted. */
async function judge(asked) {
	const total = { passed: 0, failed: 0, failures: [], skipped: [] };
	const add = (name, counted) => {
		const { passed, failed, skipped = 0, failures = [], output } = report(name, counted);
		total.passed += passed;
		total.failed += failed;
		if (skipped > 0) total.skipped.push(`${skipped} of ${name}`);
		const told = failures.length > 0 || failed === 0 ? failures : [{ lines: lastLines(output) }];
		total.failures.push(...told.map((failure) => ({ stage: name, ...failure })));
		return counted;
	};
	const kinds = Object.keys(suites).filter((name) => asked.includes(name));
	const needsBuild = ['build', 'postgres', 'e2e'].some((stage) => asked.includes(stage));
	const lane = createLanes(2);
	const begun = Object.keys(checks)
		.filter((name) => asked.includes(name))
		.map((name) => [name, lane(() => time(() => check(checks[name])))]);
	// What the checks of types read is written anew by the build.
	const hasRead = begun.find(([name]) => name === 'types')?.[1];
	if (needsBuild) begun.push(['build', lane(async () => (await hasRead, time(build)))]);
	for (const [name, counted] of begun) add(name, await counted);
	const isBuilt = (await begun.find(([name]) => name === 'build')?.[1])?.failed === 0;
	if (kinds.length > 0) add(kinds.join(', '), await time(() => runVitest(kinds)));
	if (asked.includes('postgres')) {
		if (cluster && cluster !== 'none') add('postgres', await time(runPostgres));
		else {
			const why = 'there is no PostgreSQL server here, and none could be installed';
			console.log(`skipped postgres · ${why}`);
			total.skipped.push(`postgres, since ${why}`);
		}
	}
	if (asked.includes('e2e')) add('e2e', await time(isBuilt ? runPlaywright : skipBrowser));
	return total;
}

function none() {
	return { passed: 0, failed: 0, output: '' };
}

async function time(stage) {
	const began = performance.now();
	const counted = await stage();
	return { ...counted, seconds: (performance.now() - began) / 1000 };
}

/** Runs at most `count` stages at a time, the others in order when one has ended. */
function createLanes(count) {
	const waiting = [];
	let free = count;
	const next = async () => {
		if (free === 0 || waiting.length === 0) return;
		free -= 1;
		await waiting.shift()();
		free += 1;
		void next();
	};
	return (stage) =>
		new Promise((resolve, reject) => {
			waiting.push(() => stage().then(resolve, reject));
			void next();
		});
}

/** Prints one line for a stage, and everything it said where it failed. */
function report(name, counted) {
	const { passed, failed, skipped = 0, output, seconds } = counted;
	const numbers = [
		passed + failed > 1 ? `${passed} of ${passed + failed}` : '',
		skipped > 0 ? `${skipped} skipped` : ''
	].filter(Boolean);
	if (failed > 0 && output) console.log(output.trimEnd());
	const verdict = failed > 0 ? 'failed' : 'passed';
	console.log([`${verdict} ${name}`, ...numbers, `${seconds.toFixed(1)} s`].join(' · '));
	return counted;
}

async function check(stage) {
	const { code, output } = await stage();
	return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
}

/** Compiled messages and Kit's own types, which every other stage builds on. */
async function sync() {
	const paraglide = bin('@inlang', 'paraglide-js', 'bin', 'run.js');
	const compiled = await run(findNode(), [
		paraglide,
		...['compile', '--project', './.config/holdepunkt.inlang'],
		...['--outdir', './src/lib/ui/messages', '--strategy', 'baseLocale', '--silent']
	]);
	if (compiled.code !== 0) return compiled;
	return run(findNode(), [bin('@sveltejs', 'kit', 'svelte-kit.js'), 'sync']);
}

/** Counts only when it fails: that there is a build is nothing anybody asked about. */
async function build() {
	try {
		await ensureBuilt({ announce: false });
		return none();
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		return { passed: 0, failed: 1, output: error.message };
	}
}

async function runVitest(kinds) {
	const file = join(reports, 'vitest.json');
	const vitest = [bin('vitest', 'vitest.mjs'), 'run', ...kinds.map((kind) => suites[kind])];
	const synced = await sync();
	if (synced.code !== 0) return { passed: 0, failed: 1, output: synced.output };
	const { code, output } = await run(findNode(), [
		...vitest,
		'--reporter=default',
		'--reporter=json',
		`--outputFile.json=${file}`
	]);
	return { ...judgeVitest(readReport(file), code), output };
}

/** The contract, and whole platforms, on a PostgreSQL server. */
async function runPostgres() {
	const file = join(reports, 'postgres.json');
	const { code, output } = await run(
		findNode(),
		[
			bin('vitest', 'vitest.mjs'),
			'run',
			...['--project=postgres', '--project=nodes', '--reporter=default', '--reporter=json'],
			`--outputFile.json=${file}`
		],
		{ env: { ...process.env, TEST_POSTGRES: cluster } }
	);
	return { ...judgeVitest(readReport(file), code), output };
}

function judgeVitest(said, code) {
	return { ...countVitest(said, code), failures: listVitestFailures(said, root) };
}

async function runPlaywright() {
	const config = 'tests/e2e/playwright.config.ts';
	if (!existsSync(join(root, config))) {
		return { passed: 0, failed: 1, output: `There are no browser tests: ${config} is missing.` };
	}
	const file = join(reports, 'playwright.json');
	try {
		const env = {
			...process.env,
			CHROMIUM_PATH: await ensureChromium(),
			PLAYWRIGHT_JSON_OUTPUT_FILE: file
		};
		const playwright = bin('@playwright', 'test', 'cli.js');
		const parameters = [playwright, 'test', '--config', config, '--reporter=line,json'];
		const { code, output } = await run(findNode(), parameters, { env });
		const said = readReport(file);
		return { ...countPlaywright(said, code), failures: listPlaywrightFailures(said), output };
	} catch (error) {
		if (!(error instanceof CommandFailed)) throw error;
		return { passed: 0, failed: 1, output: error.message };
	}
}

function skipBrowser() {
	return { passed: 0, failed: 1, output: 'The browser tests need the build, which failed.' };
}

function readReport(file) {
	return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
