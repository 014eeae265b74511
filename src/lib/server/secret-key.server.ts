import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefused } from './start-refused.ts';

/** The bytes of a key written as base64, base64url or hexadecimal; undefined below 32 bytes. */
export function decodeSecretKey(text: string): Buffer | undefined {
	const key = text.trim();
	const isHexadecimal = /^[0-9a-f]*$/i.test(key);
	if (isHexadecimal) return key.length >= 64 ? Buffer.from(key, 'hex') : undefined;
	if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(key)) return undefined;
	const bytes = Buffer.from(key, 'base64url');
	return bytes.length >= 32 ? bytes : undefined;
}

/**
 * The key that wraps every person's own: `SECRET_KEY`, or the one kept in `dataDir`, which is made
 * the first time and can be read by its owner alone. Two servers that start at once get the same.
 *
 * @throws {StartRefused} when the kept key is damaged or the folder cannot be used.
 */
export function readOrMakeSecretKey(dataDir: string, secretKey: string | undefined): Buffer {
	const given = secretKey === undefined ? undefined : decodeSecretKey(secretKey);
	if (given) return given;
	const file = join(dataDir, 'secret-key');
	try {
		const kept = readKey(file) ?? makeKey(dataDir, file);
		const key = decodeSecretKey(kept);
		if (key) return key;
	} catch (cause) {
		throw new StartRefused(`${file} cannot be read or made: ${String(cause)}.`, { cause });
	}
	throw new StartRefused(
		`${file} holds no key any more. Put it back from a backup: without it, what learners wrote cannot be opened.`
	);
}

/**
 * The same key where there is one; none is made.
 *
 * @throws {StartRefused} where there is none, or it is damaged.
 */
export function readSecretKey(dataDir: string, secretKey: string | undefined): Buffer {
	if (secretKey === undefined && !existsSync(join(dataDir, 'secret-key')))
		throw new StartRefused(
			`SECRET_KEY is not set, and there is no ${join(dataDir, 'secret-key')}. Put the key of this installation back; no backup holds it.`
		);
	return readOrMakeSecretKey(dataDir, secretKey);
}

function readKey(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
}

function makeKey(dataDir: string, file: string): string {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const whole = `${file}.${randomUUID()}`;
	writeFileSync(whole, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
	try {
		// Takes its name only once it is whole, and never that of a key somebody else has just made.
		linkSync(whole, file);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
	} finally {
		unlinkSync(whole);
	}
	return readFileSync(file, 'utf8');
}
