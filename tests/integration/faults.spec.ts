import { mkdirSync, readdirSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { SMTPServer } from 'smtp-server';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { isFresh } from '#lib/identity/session-limits.ts';
import { choose, start } from '#lib/scenario/run.ts';
import { isRestoreUnfinished, undoRestore } from '#lib/server/backup/restore.server.ts';
import { countJobs } from '#lib/server/jobs/queue.server.ts';
import { retryDelay } from '#lib/server/jobs/retry.ts';
import { createMailer } from '#lib/server/mail/mailer.server.ts';
import { ensureBuilt } from '../../src/commands/build.mjs';
import { openBenchRoom } from '#tests/bench/room-phones.ts';
import { makeApp } from '#tests/support/app.ts';
import { makeFolder } from '#tests/support/folder.ts';
import { readPlay, scenario } from '#tests/support/player.ts';
import { findFreePort, startServer } from '#tests/support/server.ts';
import { canFreeze, canMount, freeze, makeSmallDisk } from '#tests/support/small-disk.ts';
import { Visitor } from '#tests/support/visitor.ts';
import { makeOrganisation } from '#tests/support/world.ts';

const address = `/scenarios/${scenario}`;
const hour = 60 * 60 * 1000;
const year = 365 * 24 * hour;

beforeAll(() => ensureBuilt({ announce: false }), 300_000);

/** Somebody at the beginning of a scenario, and the ways to play on. */
async function begin(origin: string) {
	const visitor = await new Visitor(origin).signIn('staff@demo.example');
	await visitor.submit(`${address}?/begin`, {});
	const { scenario: story, attempt } = await readPlay(visitor);
	const first = start(story);
	const move = first.offered[0] ?? '';
	const next = choose(first, move).run.offered[0] ?? '';
	return {
		visitor,
		moves: [move, next] as const,
		send: (position: number, choice: string) =>
			visitor.send(`${address}/moves`, { attempt: attempt.id, position, move: choice }),
		kept: async () => (await readPlay(visitor)).attempt.moves
	};
}

describe.skipIf(!canMount)('on a disk of its own', () => {
	test('that is full, nothing is saved and pages say so; with room again it goes on by itself', async () => {
		const disk = makeSmallDisk(40);
		onTestFinished(() => disk.unmount());
		const port = await findFreePort();
		const server = await startServer({ dataDir: disk.folder, port, env: { LOG_LEVEL: 'silent' } });
		onTestFinished(() => server.kill());
		const { visitor, moves, send, kept } = await begin(server.origin);
		expect((await send(0, moves[0])).status).toBe(200);

		disk.fill();
		// What room the log still has is used up by somebody's other choices.
		let language = 0;
		let refused: Response;
		do refused = await visitor.submit('/me?/language', { locale: language++ % 2 ? 'da' : 'en' });
		while (refused.status < 500 && language < 400);
		const step = await send(1, moves[1]);
		expect([step.status, await step.json()]).toEqual([503, { reason: 'full' }]);
		expect(await kept()).toEqual([moves[0]]);
		const page = await fetch(`${server.origin}${address}?/begin`, {
			method: 'POST',
			body: new URLSearchParams({ again: '1' }),
			headers: { ...visitor.headers, accept: 'text/html' },
			redirect: 'manual'
		});
		expect(page.status).toBe(503);
		expect(await page.text()).toMatch(/Der er ikke plads til at gemme|There is no room to save/);

		disk.clear();
		expect((await send(1, moves[1])).status).toBe(200);
		expect(await kept()).toEqual(moves);
		expect(await server.stop()).toBe(0);
	}, 120_000);
});

test('a folder where a restore was broken off is not started on, until what was there is back', async () => {
	const dataDir = makeFolder();
	mkdirSync(join(dataDir, 'before-restore'));
	const options = { dataDir, port: await findFreePort(), env: { LOG_LEVEL: 'silent' } };
	await expect(startServer(options)).rejects.toThrow(/was broken off there.*restore -- --undo/);
	expect(readdirSync(dataDir).filter((name) => name.endsWith('.db'))).toEqual([]);
	expect(await undoRestore(dataDir)).toBe(true);
	expect(isRestoreUnfinished(dataDir)).toBe(false);
}, 120_000);

describe.skipIf(!canFreeze)('a folder that cannot be written', () => {
	test('is told at the start and while the platform runs, and once it can be it goes on', async () => {
		const dataDir = makeFolder();
		const options = {
			dataDir,
			port: await findFreePort(),
			env: { LOG_LEVEL: 'silent', SECRET_KEY: Buffer.alloc(32, 3).toString('base64') }
		};
		const thaw = freeze(dataDir);
		await expect(startServer(options)).rejects.toThrow(/DATA_DIR=.*not-writable/);
		thaw();
		mkdirSync(join(dataDir, 'restoring-killed'));
		const server = await startServer(options);
		onTestFinished(() => server.kill());
		// Copies that a killed restore has left would stay for good.
		expect(readdirSync(dataDir)).not.toContain('restoring-killed');
		const { visitor, moves, send, kept } = await begin(server.origin);
		expect((await send(0, moves[0])).status).toBe(200);

		const thawStores = freeze(
			dataDir,
			...['platform', 'private', 'keys'].flatMap((name) => [
				join(dataDir, `${name}.db`),
				join(dataDir, `${name}.db-wal`)
			])
		);
		const step = await send(1, moves[1]);
		expect([step.status, await step.json()]).toEqual([503, { reason: 'not-writable' }]);
		expect(await kept()).toEqual([moves[0]]);
		const page = await fetch(`${server.origin}${address}?/begin`, {
			method: 'POST',
			body: new URLSearchParams({ again: '1' }),
			headers: { ...visitor.headers, accept: 'text/html' },
			redirect: 'manual'
		});
		expect(page.status).toBe(503);
		expect(await page.text()).toMatch(/Vi kan ikke gemme|We cannot save right now/);

		thawStores();
		expect((await send(1, moves[1])).status).toBe(200);
		expect(await kept()).toEqual(moves);
		expect(await server.stop()).toBe(0);
	}, 120_000);
});

test('13.4.5 a stop ends the streams and finishes what is under way, and its figures are told on loopback alone', async () => {
	const [port, metricsPort] = [await findFreePort(), await findFreePort()];
	const dataDir = makeFolder();
	const server = await startServer({
		dataDir,
		port,
		env: { LOG_LEVEL: 'silent', METRICS_PORT: `${metricsPort}` }
	});
	onTestFinished(() => server.kill());
	const room = await openBenchRoom(server);
	const joined = await fetch(`${server.origin}/join/${room.code}?/join`, {
		method: 'POST',
		body: new URLSearchParams(),
		headers: { origin: server.origin },
		redirect: 'manual'
	});
	const cookie = joined.headers.getSetCookie()[0]?.split(';')[0] ?? '';
	const stream = await fetch(`${server.origin}/join/${room.code}/live`, { headers: { cookie } });
	expect(stream.headers.get('content-type')).toContain('text/event-stream');

	const { visitor, moves, send } = await begin(server.origin);
	await visitor.open('/me');
	const figures = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
	const text = await figures.text();
	expect(figures.status).toBe(200);
	expect(text).toMatch(
		/holdepunkt_request_seconds_count\{route="\/me",method="GET",status="200"\} [1-9]/
	);
	expect(text).toMatch(/holdepunkt_open_streams [1-9]/);
	expect(text).toMatch(/holdepunkt_open_rooms 1/);
	for (const name of ['jobs{state="dead"} 0', 'mails_waiting', 'store_bytes{store="keys"}'])
		expect(text).toContain(`holdepunkt_${name}`);
	expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
	expect(listNames(dataDir).filter((name) => text.includes(name))).toEqual([]);
	expect(text).not.toContain('@');
	expect((await fetch(`${server.origin}/metrics`)).status).toBe(404);
	expect((await fetch(`http://127.0.0.1:${metricsPort}/`)).status).toBe(404);

	const other = new SqliteDatabase(join(dataDir, 'private.db'));
	other.exec('BEGIN IMMEDIATE');
	const underWay = send(0, moves[0]);
	// A page that comes after it has been answered: by then it waits for the lock.
	await visitor.open('/me');
	const stopped = server.stop('SIGTERM');
	await stream.text();
	other.exec('ROLLBACK');
	other.close();
	expect((await underWay).status).toBe(200);
	expect(await stopped).toBe(0);
	await expect(fetch(server.origin)).rejects.toThrow();
}, 120_000);

/** The people, workplaces and organisations of an installation. */
function listNames(dataDir: string): string[] {
	const file = new SqliteDatabase(join(dataDir, 'platform.db'), { readonly: true });
	const rows = file
		.prepare<[], { name: string }>(
			'SELECT name FROM people UNION SELECT name FROM workplaces UNION SELECT name FROM organisations'
		)
		.all();
	file.close();
	return rows.map(({ name }) => name);
}

describe('a clock that is moved', () => {
	const noon = new Date('2026-03-14T12:00:00Z');
	const ahead = new Date(noon.getTime() + year);

	async function prepare() {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Acme');
		const { person } = await org.hire('Kim', org.north);
		app.setNow(noon);
		return { app, person };
	}

	test('forward ends sessions as time would, and back leaves those that were begun before', async () => {
		const { app, person } = await prepare();
		const { token } = await app.sessions.begin(person, 'password');
		app.setNow(new Date(noon.getTime() - 3 * hour));
		expect(await app.sessions.read(token)).toBeNull();
		app.setNow(new Date(noon.getTime() + hour));
		expect(await app.sessions.read(token)).not.toBeNull();
		app.setNow(ahead);
		expect(await app.sessions.read(token)).toBeNull();
	});

	test('back again lets nobody stay who came in while it was ahead (7.3.2), nor count as fresh (7.5.1)', async () => {
		const { app, person } = await prepare();
		app.setNow(ahead);
		const { token } = await app.sessions.begin(person, 'password');
		expect(await app.sessions.read(token)).not.toBeNull();
		app.setNow(noon);
		expect(await app.sessions.read(token)).toBeNull();
		expect(isFresh(ahead, noon)).toBe(false);
		expect(isFresh(new Date(noon.getTime() + 1000), noon)).toBe(true);
	});

	test('back again has what was put off done now, and not in a year', async () => {
		const { app, person } = await prepare();
		app.setNow(ahead);
		await app.db.write((tx) => app.publish(tx, 'course.completed', { person, course: 'basic' }));
		app.setNow(noon);
		await app.runJobs();
		expect(app.mailer.sent).toHaveLength(1);
		app.setNow(ahead);
		await app.runJobs();
		expect(app.mailer.sent).toHaveLength(1);
	});
});

describe('a mail server', () => {
	/** An installation that sends its mails to a port, and a way to have one on its way. */
	async function prepare(port: number) {
		const app = makeApp();
		const org = await makeOrganisation(app, 'Acme');
		const { person } = await org.hire('Kim', org.north);
		const mailer = createMailer({
			smtpUrl: `smtp://127.0.0.1:${port}`,
			mailFrom: 'Holdepunkt <learn@acme.example>',
			dataDir: app.dataDir,
			isDemonstration: false,
			patience: 200,
			now: app.now
		});
		Object.assign(app, { mailer });
		await app.db.write((tx) => app.publish(tx, 'course.completed', { person, course: 'basic' }));
		const waitFor = (attempt: number) =>
			app.setNow(new Date(app.now().getTime() + retryDelay(attempt)));
		return { app, waitFor };
	}

	test('that is down keeps the mail waiting, and gets it once when it is back', async () => {
		const port = await findFreePort();
		const { app, waitFor } = await prepare(port);
		for (const attempt of [1, 2]) {
			await app.runJobs();
			expect(await countJobs(app.db.read, app.now())).toMatchObject({
				failed: 1,
				dead: 0,
				mails: 1
			});
			waitFor(attempt);
		}
		let received = 0;
		const server = new SMTPServer({
			authOptional: true,
			disabledCommands: ['STARTTLS'],
			onData(stream, _, done) {
				stream.resume().on('end', () => {
					received += 1;
					done();
				});
			}
		});
		await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
		onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
		await app.runJobs();
		waitFor(3);
		await app.runJobs();
		expect(received).toBe(1);
		expect(await countJobs(app.db.read, app.now())).toMatchObject({ failed: 0, mails: 0 });
	});

	test('that says nothing is waited for so long and no longer, while others go on', async () => {
		const sockets: Socket[] = [];
		const silent = createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
		await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
		onTestFinished(() => {
			for (const socket of sockets) socket.destroy();
			silent.close();
		});
		const { app } = await prepare((silent.address() as AddressInfo).port);
		const jobs = app.runJobs();
		await app.db.write(async () => undefined);
		await jobs;
		expect(sockets.length).toBeGreaterThan(0);
		expect(await countJobs(app.db.read, app.now())).toMatchObject({ failed: 1, dead: 0, mails: 1 });
	});
});
