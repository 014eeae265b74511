import { mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Runs `work` while no other process of this folder does; the others wait. A lock whose process has
 * died counts for nothing.
 *
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
	mkdirSync(join(folder, '.svelte-kit'), { recursive: true });
	const file = join(folder, '.svelte-kit', 'holdepunkt.lock');
	let hasWaited = false;
	while (!take(file)) {
		if (!hasWaited) console.log('Waiting for another Holdepunkt command in this folder …');
		hasWaited = true;
		await wait(200);
	}
	try {
		return await work();
	} finally {
		unlinkSync(file);
	}
}

/**
 * @param {string} file
 * @returns {boolean}
 */
function take(file) {
	try {
		writeFileSync(file, `${process.pid}`, { flag: 'wx' });
		return true;
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') throw error;
		if (isHeld(file)) return false;
		tryToRemove(file);
		return take(file);
	}
}

/** @param {string} file */
function isHeld(file) {
	const holder = Number(read(file));
	if (!holder) return isFresh(file);
	try {
		process.kill(holder, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}

/**
 * Just made and not yet written to; or gone, which the next try will see.
 *
 * @param {string} file
 */
function isFresh(file) {
	const there = statSync(file, { throwIfNoEntry: false });
	return !there || Date.now() - there.mtimeMs < 5000;
}

/** @param {string} file */
function read(file) {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}

/** @param {string} file */
function tryToRemove(file) {
	try {
		unlinkSync(file);
	} catch (error) {
		if (codeOf(error) !== 'ENOENT') throw error;
	}
}

/** @param {unknown} error */
function codeOf(error) {
	return error instanceof Error && 'code' in error ? error.code : undefined;
}
