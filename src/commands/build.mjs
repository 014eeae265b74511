/** Building the app, and only when something it is built from has changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { CommandFailed, findNode, root, run } from './install.mjs';
import { withLock } from './lock.mjs';

/** What the build is made from. Courses are not: they are read when the platform starts. */
const sources = [
	'src',
	'static',
	'.config/holdepunkt.inlang/settings.json',
	'svelte.config.js',
	'vite.config.ts',
	'tsconfig.json',
	'package.json',
	'package-lock.json'
];

/** Made by the build itself, or never part of it. */
const without = [/^src\/lib\/ui\/messages\//, /^src\/commands\/(?!adapter)/, /\.spec\.ts$/];

/**
 * A hash over names and contents of everything in `folder` that the build is made from.
 *
 * @param {string} folder
 */
export function fingerprint(folder) {
	const hash = createHash('sha256');
	for (const source of sources) {
		for (const file of listFiles(join(folder, source))) {
			const name = relative(folder, file).split(sep).join('/');
			if (without.some((pattern) => pattern.test(name))) continue;
			const content = readFileSync(file);
			hash.update(`${name}\0${content.length}\0`).update(content);
		}
	}
	return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function listFiles(path) {
	const there = statSync(path, { throwIfNoEntry: false });
	if (!there) return [];
	if (!there.isDirectory()) return [path];
	return readdirSync(path)
		.sort()
		.flatMap((name) => listFiles(join(path, name)));
}

/** @param {string} folder */
const stampOf = (folder) => join(folder, 'build', '.holdepunkt-sources');

/**
 * What the build in a folder was made from; empty where there is none.
 *
 * @param {string} folder
 */
export function readStamp(folder) {
	const stamp = stampOf(folder);
	return existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
}

/** @param {string} folder */
export function isBuilt(folder) {
	const stamp = readStamp(folder);
	return stamp !== '' && stamp === fingerprint(folder);
}

/** Builds the app unless it is up to date; true when it had to. */
export async function ensureBuilt({ announce = true } = {}) {
	if (isBuilt(root)) return false;
	return withLock(root, async () => {
		if (isBuilt(root)) return false;
		if (announce) console.log('Building – about half a minute, and only when something changed …');
		// Taken before, so that what changes meanwhile is built again the next time.
		const wanted = fingerprint(root);
		const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
		const { code, output } = await run(findNode(), [vite, 'build'], { env: forProduction() });
		if (code !== 0) {
			process.stderr.write(output);
			throw new CommandFailed('The build failed: its own words stand above.');
		}
		writeFileSync(stampOf(root), wanted);
		return true;
	});
}

/** Without what a shell or a test runner says of itself, which would make it a development build. */
function forProduction() {
	const said = /^(NODE_ENV|MODE|DEV|PROD|SSR|TEST|BASE_URL|VITEST(_.*)?)$/;
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !said.test(name)));
}
