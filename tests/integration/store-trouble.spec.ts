import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ensureBuilt } from '../../src/commands/build.mjs';
import { findNode } from '../../src/commands/install.mjs';
import { choose, start, type Run } from '#lib/scenario/run.ts';
import { makeFolder } from '#tests/support/folder.ts';
import { readPlay, scenario } from '#tests/support/player.ts';
import { findFreePort, startServer, type ServerOptions } from '#tests/support/server.ts';
import { Visitor } from '#tests/support/visitor.ts';

const address = `/scenarios/${scenario}`;

beforeAll(() => ensureBuilt({ announce: false }), 300_000);

async function serve(options: Partial<ServerOptions> = {}) {
	const { dataDir = makeFolder(), port = await findFreePort() } = options;
	const server = await startServer({ dataDir, port, env: { LOG_LEVEL: 'silent' }, ...options });
	onTestFinished(() => server.kill());
	const visitor = await new Visitor(server.origin).signIn('staff@demo.example');
	return { server, dataDir, port, visitor };
}

async function begin(visitor: Visitor) {
	await visitor.submit(`${address}?/begin`, {});
	const { scenario: story, attempt } = await readPlay(visitor);
	const send = (position: number, move: string) =>
		visitor.send(`${address}/moves`, { attempt: attempt.id, position, move });
	const keptMoves = async () => (await readPlay(visitor)).attempt.moves;
	return { story: start(story), send, keptMoves };
}

const firstMove = (story: Run<string>) => story.offered[0] ?? '';

test('a move that another program’s lock keeps out is refused as such, and taken afterwards', async () => {
	const { visitor, dataDir } = await serve();
	const { story, send, keptMoves } = await begin(visitor);
	const first = firstMove(story);
	const second = firstMove(choose(story, first).run);
	expect((await send(0, first)).status).toBe(200);

	const other = new SqliteDatabase(join(dataDir, 'private.db'));
	other.exec('BEGIN IMMEDIATE');
	const waiting = send(1, second);
	// Pages go on meanwhile.
	expect(await Promise.race([waiting, keptMoves()])).toEqual([first]);
	const refused = await waiting;
	other.exec('ROLLBACK');
	other.close();

	expect(refused.status).toBe(503);
	expect(await refused.json()).toEqual({ reason: 'locked' });
	expect((await send(1, second)).status).toBe(200);
	expect(await keptMoves()).toEqual([first, second]);
}, 60_000);

// The shell's own way of having no room left: no file may grow beyond three megabytes.
describe.skipIf(process.platform === 'win32')('where the disk takes no more', () => {
	test('what was acknowledged stays, and the platform goes on once there is room', async () => {
		const { server, visitor, dataDir, port } = await serve({
			command: ['sh', '-c', 'ulimit -f 6000; exec "$0" src/commands/serve.ts', findNode()]
		});
		const acknowledged: string[][] = [];
		let refusal: Response | undefined;
		while (refusal === undefined && acknowledged.length < 200) {
			refusal = await playOnce(visitor, acknowledged);
		}
		expect(refusal?.status).toBe(503);
		expect((await visitor.open('/help')).length).toBeGreaterThan(0);
		await server.stop();

		const again = await serve({ dataDir, port });
		expect(readKept(dataDir)).toEqual(acknowledged.filter(({ length }) => length > 0));
		expect(await playOnce(again.visitor, [])).toBeUndefined();
	}, 60_000);
});

/** Plays from the beginning to an ending, or to the first answer that is a refusal. */
async function playOnce(visitor: Visitor, acknowledged: string[][]): Promise<Response | undefined> {
	const begun = await visitor.submit(`${address}?/begin`, { again: '1' });
	if (begun.status >= 500) return begun;
	const { story, send } = await begin(visitor);
	const moves: string[] = [];
	acknowledged.push(moves);
	for (let now = story; now.ending === undefined; now = choose(now, firstMove(now)).run) {
		const answer = await send(moves.length, firstMove(now));
		if (!answer.ok) return answer;
		moves.push(firstMove(now));
	}
	return undefined;
}

/** The moves of every attempt, in the order in which the attempts were begun. */
function readKept(dataDir: string): string[][] {
	const file = new SqliteDatabase(join(dataDir, 'private.db'), { readonly: true });
	const rows = file
		.prepare<[], { ordinal: number; move: string }>(
			'SELECT ordinal, move FROM attempts JOIN moves ON attempt = id ORDER BY ordinal, position'
		)
		.all();
	file.close();
	return [...Map.groupBy(rows, ({ ordinal }) => ordinal).values()].map((attempt) =>
		attempt.map(({ move }) => move)
	);
}
