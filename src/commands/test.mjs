/** `npm test`: from a fresh clone to a verdict. `npm test -- unit e2e` runs only those stages. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { CommandFailed, ensureInstalled, findNode, giveUp, root, run } from './install.mjs';
import { countPlaywright, countVitest } from './verdict.mjs';

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

/** Checks that are passed or not, each counting as one. */
const checks = {
	format: () => run(findNode(), [...prettier, ...sources]),
	lint: () =>
		run(findNode(), [
			bin('eslint', 'bin', 'eslint.js'),
			'--config',
			'.config/eslint.config.js',
			'.'
		]),
	types: async () => {
		const synced = await sync();
		if (synced.code !== 0) return synced;
		const svelteCheck = bin('svelte-check', 'bin', 'svelte-check');
		return run(findNode(), [svelteCheck, '--tsconfig', './tsconfig.json', '--fail-on-warnings']);
	},
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
	const { passed, failed, skipped } = await judge(asked.length > 0 ? asked : all);
	const missing = skipped > 0 ? `, ${skipped} skipped` : '';
	console.log(`${passed} passed, ${failed} failed${missing}`);
	process.exit(failed > 0 ? 1 : 0);
} catch (error) {
	if (error instanceof CommandFailed) {
		console.log(error.message);
		console.log('0 passed, 1 failed');
		process.exit(1);
	}
	giveUp(error);
}

/** Runs the stages that were asked for, in order, and adds up what they counted. */
async function judge(asked) {
	const total = { passed: 0, failed: 0, skipped: 0 };
	const add = ({ passed, failed }) => {
		total.passed += passed;
		total.failed += failed;
	};
	const lanes = createLanes(2);
	const checked = Object.keys(checks).filter((name) => asked.includes(name));
	const begun = checked.map((name) => [name, lanes(() => time(() => check(checks[name])))]);
	for (const [name, counted] of begun) add(report(name, await counted));
	const kinds = Object.keys(suites).filter((name) => asked.includes(name));
	const needsBuild = ['build', 'postgres', 'e2e'].some((stage) => asked.includes(stage));
	const built = needsBuild ? report('build', await time(build)) : none();
	add(built);
	if (kinds.length > 0) add(report(kinds.join(', '), await time(() => runVitest(kinds))));
	if (asked.includes('postgres')) {
		if (cluster && cluster !== 'none') add(report('postgres', await time(runPostgres)));
		else {
			console.log(
				'skipped postgres · there is no PostgreSQL server here, and none could be installed'
			);
			total.skipped += 1;
		}
	}
	if (asked.includes('e2e')) {
		const browser = built.failed > 0 ? skipBrowser : runPlaywright;
		add(report('e2e', await time(browser)));
	}
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

/** Runs at most `count` stages at a time, the others when one has ended. */
function createLanes(count) {
	const lanes = Array.from({ length: count }, () => Promise.resolve());
	let next = 0;
	return (stage) => {
		const lane = next++ % count;
		return (lanes[lane] = lanes[lane].then(stage));
	};
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
	return { ...countVitest(readReport(file), code), output };
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
	return { ...countVitest(readReport(file), code), output };
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
		return { ...countPlaywright(readReport(file), code), output };
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
