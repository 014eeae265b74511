import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeSecretKey, readOrMakeSecretKey } from './secret-key.server.ts';
import { StartRefused } from './start-refused.ts';

let dataDir: string;
beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'holdepunkt-key-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

describe('a key', () => {
	const bytes = Buffer.alloc(32, 0xfb);
	test.each([
		['hexadecimal', bytes.toString('hex')],
		['base64', bytes.toString('base64')],
		['base64url', bytes.toString('base64url')]
	])('may be written as %s', (_, text) => {
		expect(decodeSecretKey(` ${text}\n`)).toEqual(bytes);
	});

	test.each(['', 'short', Buffer.alloc(31).toString('base64'), 'ab'.repeat(31)])(
		'is not "%s"',
		(text) => {
			expect(decodeSecretKey(text)).toBeUndefined();
		}
	);
});

test('a given key is used, and nothing is kept', () => {
	const given = 'ab'.repeat(32);
	expect(readOrMakeSecretKey(dataDir, given).toString('hex')).toBe(given);
	expect(readdirSync(dataDir)).toEqual([]);
});

test('a key is made once, and only its owner can read it', () => {
	const made = readOrMakeSecretKey(dataDir, undefined);
	expect(made).toHaveLength(32);
	expect(readOrMakeSecretKey(dataDir, undefined)).toEqual(made);
	expect(readdirSync(dataDir)).toEqual(['secret-key']);
	expect(statSync(join(dataDir, 'secret-key')).mode & 0o077).toBe(0);
});

test('a damaged key stops the start and is left as it is', () => {
	const file = join(dataDir, 'secret-key');
	writeFileSync(file, 'half');
	expect(() => readOrMakeSecretKey(dataDir, undefined)).toThrow(StartRefused);
	expect(readFileSync(file, 'utf8')).toBe('half');
});
