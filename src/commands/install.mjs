/**
 * What `npm start` and `npm test` share: installing what the lock file names, and finding the Node
 * that is installed with it. Plain JavaScript that Node 20 reads, with nothing but Node itself.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';

/** The folder of the project. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Something that whoever typed the command can put right; printed without a stack. */
export class CommandFailed extends Error {}

/**
 * Runs a program to its end and keeps what it prints, in the order it was printed.
 *
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, parameters, { env = process.env, cwd = root } = {}) {
	return new Promise((resolve) => {
		const child = spawn(program, parameters, {
			cwd,
			env,
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32' && !program.endsWith('.exe')
		});
		let output = '';
		for (const stream of [child.stdout, child.stderr]) {
			stream.setEncoding('utf8').on('data', (chunk) => (output += chunk));
		}
		child.on('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
		child.on('close', (code) => resolve({ code: code ?? 1, output }));
	});
}

/**
 * What an installation was made from: the lock file and the kind of machine.
 *
 * @param {string} folder
 */
function describeWanted(folder) {
	const lock = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json')));
	return `${lock.digest('hex')} ${process.platform}-${process.arch}\n`;
}

/** @param {string} folder */
const stampOf = (folder) => join(folder, 'node_modules', '.holdepunkt-lock');

/**
 * True when `node_modules` in `folder` is what its lock file says: by our own stamp, or, where
 * somebody ran npm by hand, by the list that npm writes when it is done.
 *
 * @param {string} folder
 */
export function isInstalled(folder) {
	const stamp = stampOf(folder);
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === describeWanted(folder)) return true;
	const list = statSync(join(folder, 'node_modules', '.package-lock.json'), {
		throwIfNoEntry: false
	});
	return !!list && list.mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
}

/** @param {string} folder */
export function stampInstallation(folder) {
	writeFileSync(stampOf(folder), describeWanted(folder));
}

/** Installs what the lock file names, unless it is there. */
export async function ensureInstalled() {
	if (isInstalled(root)) return;
	await withLock(root, async () => {
		if (isInstalled(root)) return;
		console.log('Installing what Holdepunkt needs – a minute or two, this once …');
		const { code, output } = await runNpmCi();
		if (code !== 0) {
			process.stderr.write(output);
			throw new CommandFailed(
				'npm could not install what Holdepunkt needs: its own words stand above. It needs the npm registry (or a mirror of it) and about 700 MB of disk.'
			);
		}
		stampInstallation(root);
	});
}

/**
 * npm runs on the machine's own Node: the one in `node_modules` is about to be replaced.
 */
function runNpmCi() {
	const ours = join('node_modules', '.bin');
	const path = (process.env.PATH ?? '').split(delimiter);
	const env = {
		...process.env,
		PATH: path.filter((folder) => !folder.split(sep).join('/').endsWith(ours)).join(delimiter)
	};
	const parameters = ['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund'];
	const { npm_node_execpath: node, npm_execpath: npm } = process.env;
	const isOutside = node && !node.startsWith(join(root, 'node_modules'));
	if (isOutside && npm && npm.endsWith('.js') && existsSync(node)) {
		return run(node, [npm, ...parameters], { env });
	}
	return run('npm', parameters, { env });
}

/** The Node 24 that is installed with everything else, whatever Node the machine has. */
export function findNode() {
	const name = process.platform === 'win32' ? 'node.exe' : 'node';
	const installed = join(root, 'node_modules', 'node', 'bin', name);
	if (existsSync(installed)) return installed;
	if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
	throw new CommandFailed(
		'Node 24 was not installed: npm was told not to run install scripts (ignore-scripts). Allow them for this folder, or use Node 24 or newer yourself.'
	);
}

/**
 * Prints what went wrong as a sentence, and any other fault with its stack; ends the process.
 *
 * @param {unknown} error
 */
export function giveUp(error) {
	console.error(error instanceof CommandFailed ? error.message : error);
	process.exit(1);
}
