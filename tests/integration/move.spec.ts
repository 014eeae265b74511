import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { putBehind } from '#lib/practice/progress.server.ts';
import { keepReflection } from '#lib/practice/reflections.server.ts';
import { moveStore, type Moved } from '#lib/server/db/move.ts';
import type { PgServer } from '#lib/server/db/postgres.ts';
import type { StoreName } from '#lib/server/db/store.ts';
import { makeApp } from '#tests/support/app.ts';
import { openPglite } from '#tests/support/pglite.ts';
import { makeOrganisation } from '#tests/support/world.ts';

// The engine takes its time to start where others are at work.
vi.setConfig({ testTimeout: 120_000 });

const names = ['platform', 'private', 'keys'] as const;
const when = new Date('2026-03-14T09:00:00.123Z');

async function makeInstallation() {
	const app = makeApp();
	const { north, hire } = await makeOrganisation(app, 'Aarslev');
	const people = [];
	for (const name of ['Åse', 'Øjvind “Ø”', 'Kim\n\\Karl'])
		people.push(await hire(name, north, 'leader'));
	const [actor = null] = people;
	await app.db.write((tx) =>
		writeAudit(tx, when, { event: 'role.granted', actor, detail: { b: 1, a: null } })
	);
	for (const { person } of people) {
		const module = { course: 'basic', module: 'when-it-heats-up' };
		await putBehind(app.learning, person, module, ['you-first'], when);
		await keepReflection(app.learning, person, 'when-it-heats-up', 'you-first', 'æøå', when);
	}
	return app;
}

function openTargets(): Record<StoreName, PgServer> {
	const [platform, own, keys] = names.map(openPglite) as [PgServer, PgServer, PgServer];
	for (const server of [platform, own, keys]) onTestFinished(() => server.close());
	return { platform, private: own, keys };
}

const optionsFor = (dataDir: string, name: StoreName, server: PgServer) => ({
	file: join(dataDir, `${name}.db`),
	server,
	migrations: resolve('drizzle', 'postgres', name)
});

const nothingElse = async () => undefined;

async function ask(server: PgServer, text: string): Promise<unknown[]> {
	return [...(await server.reading.query({ text })).rows];
}

test('an installation that is carried over is there row by row, as it was', async () => {
	const { dataDir } = await makeInstallation();
	const targets = openTargets();
	const moved: Moved[] = [];
	for (const name of names) {
		const options = optionsFor(dataDir, name, targets[name]);
		await moveStore({ ...options, ontable: (one) => moved.push(one) }, nothingElse);
		const file = new Database(options.file, { readonly: true });
		for (const { table, rows } of moved.splice(0)) {
			const [counted] = file.prepare(`SELECT count(*) AS n FROM "${table}"`).all();
			expect([table, counted]).toEqual([table, { n: rows }]);
		}
		file.close();
	}
	expect(await ask(targets.platform, 'SELECT at, detail::text FROM audit')).toEqual([
		{ at: when, detail: '{"b":1,"a":null}' }
	]);
	expect(await ask(targets.private, 'SELECT count(*)::integer AS n FROM reflections')).toEqual([
		{ n: 3 }
	]);
	expect(await ask(targets.keys, 'SELECT count(*)::integer AS n FROM learner_keys')).toEqual([
		{ n: 3 }
	]);
});

test('what comes after the move is guarded as before: keys between tables and triggers are back', async () => {
	const { dataDir } = await makeInstallation();
	const { platform } = openTargets();
	await moveStore(optionsFor(dataDir, 'platform', platform), nothingElse);
	const tryTo = (statement: string) =>
		platform.hold((client) =>
			client.query(`BEGIN READ WRITE; ${statement}; COMMIT`).catch(async (error: Error) => {
				await client.query('ROLLBACK');
				return error.message;
			})
		);
	expect(await tryTo("UPDATE audit SET event = 'x'")).toMatch('only added to');
	expect(
		await tryTo("INSERT INTO absences (id, person, from_day) VALUES ('a', 'nobody', '2026-03-14')")
	).toMatch('foreign key');
});

test('a target that holds anything is refused, and nothing is added to it', async () => {
	const { dataDir } = await makeInstallation();
	const { platform } = openTargets();
	const options = optionsFor(dataDir, 'platform', platform);
	await moveStore(options, nothingElse);
	const count = () => ask(platform, 'SELECT count(*)::integer AS n FROM people');
	const before = await count();
	await expect(moveStore(options, nothingElse)).rejects.toThrow('not empty');
	expect(await count()).toEqual(before);
});

test('what one store could not be proved of leaves the others empty as well', async () => {
	const { dataDir } = await makeInstallation();
	const { platform } = openTargets();
	const failing = moveStore(optionsFor(dataDir, 'platform', platform), () =>
		Promise.reject(new Error('the next store is not the same'))
	);
	await expect(failing).rejects.toThrow('next store');
	expect(await ask(platform, 'SELECT count(*)::integer AS n FROM people')).toEqual([{ n: 0 }]);
});
