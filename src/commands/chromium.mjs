/** Finding a Chromium for the browser tests, or getting one. */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { CommandFailed, findNode, root, run } from './install.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const onMac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * The path of a Chromium: the one named by `CHROMIUM_PATH`, one that is installed, Playwright's own,
 * or one that is installed now.
 *
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
	const named = process.env.CHROMIUM_PATH;
	if (named && !canRun(named)) {
		throw new CommandFailed(`CHROMIUM_PATH=${named}: there is no program to run.`);
	}
	const found = named ?? findInstalled() ?? (await findPlaywrights());
	if (found) return found;
	const tries = [await installFromDebian(), await installPlaywrights()];
	const installed = findInstalled() ?? (await findPlaywrights());
	if (installed) return installed;
	throw new CommandFailed(
		`${tries.filter(Boolean).join('\n')}\nThe browser tests need a Chromium, and neither Debian nor Playwright gave one. Install one and name it in CHROMIUM_PATH.`
	);
}

function findInstalled() {
	const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter).filter(Boolean)];
	const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
	return [...candidates, onMac].find(canRun);
}

/** @param {string} path */
function canRun(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

async function findPlaywrights() {
	const script = "console.log(require('@playwright/test').chromium.executablePath())";
	const { code, output } = await run(findNode(), ['--eval', script]);
	const path = output.trim();
	return code === 0 && existsSync(path) ? path : undefined;
}

/** As root on Debian and its kin; what it said when it failed. */
async function installFromDebian() {
	if (process.getuid?.() !== 0 || !canRun('/usr/bin/apt-get')) return '';
	console.log('Installing Debian’s Chromium for the browser tests …');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const update = await run('apt-get', ['update', '-qq'], { env });
	const parameters = ['install', '-y', '-qq', '--no-install-recommends', 'chromium'];
	const install = await run('apt-get', parameters, { env });
	return install.code === 0 ? '' : update.output + install.output;
}

async function installPlaywrights() {
	if (findInstalled()) return '';
	console.log('Downloading Playwright’s Chromium for the browser tests …');
	const cli = join(root, 'node_modules', '@playwright', 'test', 'cli.js');
	const { code, output } = await run(findNode(), [cli, 'install', 'chromium']);
	return code === 0 ? '' : output;
}
