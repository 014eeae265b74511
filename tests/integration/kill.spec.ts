import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { ensureBuilt } from '../../src/commands/build.mjs';
import { makeFolder } from '#tests/support/folder.ts';
import { Player, scenario, scenarioModule } from '#tests/support/player.ts';
import { findFreePort, startServer, type Server } from '#tests/support/server.ts';
import { Visitor } from '#tests/support/visitor.ts';

const movesInAll = 200;
/** The server is killed in the moment this many moves have been acknowledged. */
const blows = [37, 90, 150];

/** With the run in which each finishes the module; the last two put the others behind them before. */
const learners = [
	{ account: 'staff@demo.example', finishesIn: 1, finishesCourse: false },
	{ account: 'admin@demo.example', finishesIn: 4, finishesCourse: false },
	{ account: 'leader@demo.example', finishesIn: 2, finishesCourse: true },
	{ account: 'peer2@demo.example', finishesIn: 6, finishesCourse: true }
];

beforeAll(() => ensureBuilt({ announce: false }), 300_000);

test('every move that was acknowledged is there once after the server was killed', async () => {
	const dataDir = makeFolder();
	const port = await findFreePort();
	const start = () => startServer({ dataDir, port, env: { LOG_LEVEL: 'warn' } });
	let server: Server = await start();
	onTestFinished(() => server.kill());

	let acknowledged = 0;
	let begun = 0;
	const remaining = [...blows];
	let isBack = Promise.resolve();

	const strike = async () => {
		expect(players.some(({ isWaiting }) => isWaiting)).toBe(true);
		await server.kill();
		server = await start();
		expectSameAsAcknowledged(dataDir, players);
	};
	const players: Player[] = [];
	for (const { account, finishesIn, finishesCourse } of learners) {
		const visitor = await new Visitor(server.origin).signIn(account);
		if (finishesCourse) await skipTheOthers(visitor);
		players.push(
			await Player.enter(visitor, {
				account,
				finishesIn,
				mayMove: () => begun++ < movesInAll,
				isBack: () => isBack,
				onacknowledged: () => {
					acknowledged += 1;
					if (acknowledged === remaining[0]) {
						remaining.shift();
						isBack = strike();
					}
				}
			})
		);
	}
	await Promise.all(players.map((player) => player.play()));
	await isBack;

	expect(remaining).toEqual([]);
	expect(acknowledged).toBe(movesInAll);
	expectSameAsAcknowledged(dataDir, players);
	expect(await server.stop()).toBe(0);
	expectFinished(dataDir, players);
	// Nothing went wrong that the platform would have told its operator about.
	expect(server.printed()).not.toContain('"level"');
}, 180_000);

/** Leaves the module with the scenario as the only one that is left of its course. */
async function skipTheOthers(visitor: Visitor): Promise<void> {
	const path = `/learn/${scenarioModule.course}`;
	const page = await visitor.open(path);
	const modules = page.matchAll(new RegExp(`href="${path}/([\\w-]+)"`, 'g'));
	for (const [, slug] of modules) {
		if (slug === scenarioModule.module) continue;
		await visitor.submit(`${path}/${slug}?/skip`, {});
	}
}

/** What the stores hold, compared with what the learners were told. */
function expectSameAsAcknowledged(dataDir: string, players: readonly Player[]): void {
	const kept = readMoves(dataDir);
	for (const { attempt, moves, underway } of players.flatMap(({ runs }) => runs)) {
		const found = kept.get(attempt) ?? [];
		kept.delete(attempt);
		// The one under way may have arrived, whole; nothing else may.
		expect([moves, [...moves, underway]]).toContainEqual(found);
	}
	expect([...kept.values()].filter((moves) => moves.length > 0)).toEqual([]);
	for (const { account, finished } of players) {
		if (finished === 'unknown') continue;
		expect(countCompletions(dataDir, 'module_completions', account)).toBe(
			finished === 'yes' ? 1 : 0
		);
	}
}

function expectFinished(dataDir: string, players: readonly Player[]): void {
	for (const { account, finishesCourse } of learners)
		expect(countCompletions(dataDir, 'course_completions', account)).toBe(finishesCourse ? 1 : 0);
	expect(players.map(({ finished }) => finished)).toEqual(learners.map(() => 'yes'));
	const begun = players.reduce((sum, { runs }) => sum + runs.length, 0);
	expect(countAttempts(dataDir)).toBe(begun);
	for (const store of ['platform', 'private', 'keys'] as const)
		expect(ask(dataDir, store, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
}

function ask(
	dataDir: string,
	store: 'platform' | 'private' | 'keys',
	query: string,
	...parameters: string[]
): unknown[] {
	const file = new SqliteDatabase(join(dataDir, `${store}.db`), { readonly: true });
	try {
		return file.prepare(query).all(...parameters);
	} finally {
		file.close();
	}
}

/** The moves of each attempt that is in the store, in order; a gap shows as a hole. */
function readMoves(dataDir: string): Map<string, string[]> {
	const rows = ask(dataDir, 'private', 'SELECT attempt, position, move FROM moves') as {
		attempt: string;
		position: number;
		move: string;
	}[];
	const kept = new Map<string, string[]>();
	for (const { attempt, position, move } of rows) {
		const moves = kept.get(attempt) ?? [];
		moves[position] = move;
		kept.set(attempt, moves);
	}
	return kept;
}

function countAttempts(dataDir: string): number {
	return ask(dataDir, 'private', `SELECT id FROM attempts WHERE scenario = ?`, scenario).length;
}

function countCompletions(
	dataDir: string,
	table: 'module_completions' | 'course_completions',
	account: string
): number {
	const ofModule = table === 'module_completions' ? `AND module = '${scenarioModule.module}'` : '';
	return ask(
		dataDir,
		'platform',
		`SELECT 1 FROM ${table} WHERE person = (SELECT id FROM people WHERE email = ?) ${ofModule}`,
		account
	).length;
}
