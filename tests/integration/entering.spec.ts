import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { closeStores, openStores } from '#lib/server/db/stores.server.ts';
import { enterFolder } from '#lib/server/backup/enter-folder.server.ts';
import { useFolder } from '#lib/server/in-use.server.ts';
import { findNode } from '../../src/commands/install.mjs';
import { makeFolder } from '#tests/support/folder.ts';

const databases = Object.fromEntries(
	['DATABASE_URL', 'PRIVATE_DATABASE_URL', 'KEYS_DATABASE_URL'].map((name, index) => [
		name,
		`postgres://127.0.0.1:1/nobody${index}`
	])
);

/** What each command needs so as to get as far as the stores. */
const commands: Record<string, { args: string[]; env?: Record<string, string> }> = {
	backup: { args: [join(tmpdir(), 'holdepunkt-never-made.backup')] },
	breach: { args: [] },
	admin: { args: ['create', '--email', 'kim@acme.example', '--name', 'Kim'] },
	move: { args: ['--to', 'postgres'], env: databases }
};

/** Runs commands at once; what each said and ended with. */
function runAll(dataDir: string, names = Object.keys(commands)) {
	return Promise.all(
		names.map(async (name) => {
			const { args, env } = commands[name]!;
			const child = spawn(findNode(), [`src/commands/${name}.ts`, ...args], {
				env: { ...process.env, SECRET_KEY: 'a'.repeat(64), ...env, DATA_DIR: dataDir }
			});
			let said = '';
			for (const stream of [child.stdout, child.stderr])
				stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
			const status = await new Promise((done) => child.on('close', done));
			return { name, status, said };
		})
	);
}

let dataDir: string;
beforeEach(async () => {
	dataDir = makeFolder();
	await closeStores(openStores(dataDir, resolve('drizzle')));
});

describe('a command that works with the stores', () => {
	test('leaves them alone where a restore was broken off, and says what to do', async () => {
		mkdirSync(join(dataDir, 'before-restore'));
		renameSync(join(dataDir, 'keys.db'), join(dataDir, 'before-restore', 'keys.db'));
		for (const { name, status, said } of await runAll(dataDir)) {
			expect([name, status]).toEqual([name, 1]);
			expect(said, name).toMatch(/was broken off there.*npm run restore -- --undo\n$/s);
		}
		expect(existsSync(join(dataDir, 'keys.db'))).toBe(false);
	}, 60_000);

	test('makes nothing in a folder that was named by mistake, and finds nobody there', async () => {
		const wrong = join(makeFolder(), 'nowhere');
		for (const { name, status, said } of await runAll(wrong, ['backup', 'breach', 'move']))
			expect([name, status, said]).toEqual([
				name,
				1,
				expect.stringContaining('holds no installation')
			]);
		expect(existsSync(wrong)).toBe(false);
	}, 60_000);
});

test('a report on a breach is never made of stores that nobody has used', async () => {
	const [breach] = await runAll(dataDir, ['breach']);
	expect(breach).toMatchObject({ status: 1, said: expect.stringContaining('holds nobody at all') });
}, 60_000);

test('who has a folder to themselves is not joined there, nor is anybody put out of it', () => {
	const giveBack = useFolder(dataDir, 'alone');
	expect(() => enterFolder(dataDir)).toThrow('a command has it to itself');
	giveBack?.();
	const leave = enterFolder(dataDir);
	expect(() => enterFolder(dataDir, 'alone')).toThrow('Stop it first');
	leave();
	enterFolder(dataDir, 'alone')();
});

test('an installation is not moved while a server writes to it', async () => {
	const leave = enterFolder(dataDir);
	const [move] = await runAll(dataDir, ['move']);
	leave();
	expect(move).toMatchObject({ status: 1, said: expect.stringContaining('Stop it first') });
}, 60_000);
