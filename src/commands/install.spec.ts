import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint, isBuilt } from './build.mjs';
import { isInstalled, stampInstallation } from './install.mjs';
import { withLock } from './lock.mjs';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'holdepunkt-install-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string, moment?: string) {
	const file = join(folder, path);
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	if (moment) utimesSync(file, new Date(moment), new Date(moment));
}

describe('what the lock file names is installed', () => {
	test('when our stamp says so, and no more once the lock file has changed', () => {
		write('package-lock.json', '{"version":1}');
		expect(isInstalled(folder)).toBe(false);
		mkdirSync(join(folder, 'node_modules'));
		stampInstallation(folder);
		expect(isInstalled(folder)).toBe(true);
		write('package-lock.json', '{"version":2}');
		expect(isInstalled(folder)).toBe(false);
	});

	test.each([
		['after', '2026-03-14T12:00:01Z', true],
		['before', '2026-03-14T11:59:59Z', false]
	])('by hand, if npm was done %s the lock file was written', (_, done, expected) => {
		write('package-lock.json', '{}', '2026-03-14T12:00:00Z');
		write('node_modules/.package-lock.json', '{}', done);
		expect(isInstalled(folder)).toBe(expected);
	});
});

describe('the build is up to date', () => {
	function build() {
		write('src/routes/page.svelte', '<h1>Hej</h1>');
		write('static/icon.svg', '<svg/>');
		write('build/.holdepunkt-sources', fingerprint(folder));
	}

	test('as long as nothing it is made from has changed', () => {
		build();
		expect(isBuilt(folder)).toBe(true);
		write('src/routes/page.svelte', '<h1>Hej</h1>', '2030-01-01T00:00:00Z');
		expect(isBuilt(folder)).toBe(true);
	});

	test.each(['src/routes/page.svelte', 'src/lib/new.ts', 'static/icon.svg', 'package-lock.json'])(
		'no more once %s has changed',
		(path) => {
			build();
			write(path, 'changed');
			expect(isBuilt(folder)).toBe(false);
		}
	);

	test.each([
		'courses/anchor/course.yaml',
		'src/lib/new.spec.ts',
		'src/lib/ui/messages/messages.js',
		'src/commands/serve.ts'
	])('whatever happens to %s', (path) => {
		build();
		write(path, 'changed');
		expect(isBuilt(folder)).toBe(true);
	});

	test('not before there is one', () => {
		expect(isBuilt(folder)).toBe(false);
	});
});

describe('two commands in one folder', () => {
	test('work one after the other', async () => {
		const heard: string[] = [];
		const first = Promise.withResolvers<void>();
		const one = withLock(folder, async () => {
			await first.promise;
			heard.push('one');
		});
		const two = withLock(folder, async () => heard.push('two'));
		first.resolve();
		await Promise.all([one, two]);
		expect(heard).toEqual(['one', 'two']);
	});

	test('do not wait for one that has died', async () => {
		write('.svelte-kit/holdepunkt.lock', '999999999');
		expect(await withLock(folder, async () => 'done')).toBe('done');
	});

	test('do not block each other when the work of one fails', async () => {
		await expect(withLock(folder, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(await withLock(folder, async () => 'done')).toBe('done');
	});
});
