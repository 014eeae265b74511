import { execFile } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { ensureBuilt } from '../../src/commands/build.mjs';
import { findNode, root } from '../../src/commands/install.mjs';
import { makeFolder } from '#tests/support/folder.ts';
import { readMoves } from '#tests/support/moves.ts';
import { Player, scenario } from '#tests/support/player.ts';
import { findFreePort, startServer } from '#tests/support/server.ts';
import { Visitor } from '#tests/support/visitor.ts';

const secretKey = Buffer.alloc(32, 9).toString('base64');
const accounts = ['staff@demo.example', 'admin@demo.example', 'leader@demo.example'];

beforeAll(() => ensureBuilt({ announce: false }), 300_000);

/** Runs one of our commands as an operator does; what it said. */
async function command(name: 'backup' | 'restore', dataDir: string, ...parameters: string[]) {
	const { stdout } = await promisify(execFile)(
		findNode(),
		[`src/commands/${name}.ts`, ...parameters],
		{ cwd: root, env: { PATH: process.env.PATH, DATA_DIR: dataDir, SECRET_KEY: secretKey } }
	);
	return stdout;
}

test('what was acknowledged before a backup under load is there after everything was lost', async () => {
	const dataDir = makeFolder();
	const file = join(makeFolder(), 'drill.backup');
	const env = { LOG_LEVEL: 'warn', SECRET_KEY: secretKey };
	const port = await findFreePort();
	const server = await startServer({ dataDir, port, env });
	onTestFinished(() => server.kill());

	let acknowledged = 0;
	let isOver = false;
	const underWay = Promise.withResolvers<void>();
	const players: Player[] = [];
	for (const account of accounts)
		players.push(
			await Player.enter(await new Visitor(server.origin).signIn(account), {
				account,
				finishesIn: 1,
				mayMove: () => !isOver,
				isBack: async () => undefined,
				onacknowledged: () => {
					acknowledged += 1;
					if (acknowledged === 30) underWay.resolve();
				}
			})
		);
	const playing = Promise.all(players.map((player) => player.play()));
	await underWay.promise;
	const before = players.flatMap(({ runs }) =>
		runs.map(({ attempt, moves }) => ({ attempt, moves: [...moves] }))
	);
	const finishedBefore = players.map(({ finished }) => finished);
	expect(await command('backup', dataDir, file)).toContain('SECRET_KEY apart from both');
	isOver = true;
	await playing;
	const after = players.flatMap(({ runs }) => runs);
	await expect(command('restore', dataDir, file)).rejects.toThrow(/is running on/);

	await server.kill();
	for (const name of readdirSync(dataDir)) rmSync(join(dataDir, name), { recursive: true });
	expect(await command('restore', dataDir, file)).toContain('Everybody signs in again');
	const again = await startServer({ dataDir, port, env });
	onTestFinished(() => again.kill());

	const kept = readMoves(dataDir);
	for (const { attempt, moves } of before)
		expect(kept.get(attempt)?.slice(0, moves.length) ?? []).toEqual(moves);
	// What came while the backup was made is there as far as it had come, and nothing else is.
	for (const [attempt, moves] of kept) {
		const run = after.find((one) => one.attempt === attempt);
		expect(run?.moves.slice(0, moves.length)).toEqual(moves);
	}
	for (const [index, account] of accounts.entries())
		if (finishedBefore[index] === 'yes') expect(countModules(dataDir, account)).toBeGreaterThan(0);
	for (const store of ['platform', 'private', 'keys']) {
		const opened = new SqliteDatabase(join(dataDir, `${store}.db`), { readonly: true });
		expect(opened.pragma('integrity_check', { simple: true })).toBe('ok');
		opened.close();
	}
	const visitor = await new Visitor(again.origin).signIn('staff@demo.example');
	expect(await visitor.open(`/scenarios/${scenario}`)).toContain('</html>');
	expect(await again.stop()).toBe(0);
	expect(again.printed()).not.toContain('"level"');
}, 120_000);

function countModules(dataDir: string, account: string): number {
	const file = new SqliteDatabase(join(dataDir, 'platform.db'), { readonly: true });
	const rows = file
		.prepare(
			'SELECT 1 FROM module_completions WHERE person = (SELECT id FROM people WHERE email = ?)'
		)
		.all(account);
	file.close();
	return rows.length;
}
