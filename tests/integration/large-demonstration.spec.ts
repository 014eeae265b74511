import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { settleAll } from '#lib/completion/stale.server.ts';
import { headcounts, tallies } from '#lib/completion/tables.server.ts';
import { readHeadcounts, readTallies } from '#lib/completion/tally.server.ts';
import { findCredentials } from '#lib/identity/people.server.ts';
import { listOwnPractice } from '#lib/practice/own.server.ts';
import { replay } from '#lib/scenario/run.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeFolder, type TidyUp } from '#tests/support/folder.ts';
import { findNode } from '../../src/commands/install.mjs';
import { fillLarge, type Made } from '../../src/demonstration/large/fill.server.ts';

const staff = 300;
const works: (() => unknown)[] = [];
const tidyUp: TidyUp = (work) => void works.unshift(work);
afterAll(async () => {
	for (const work of works) await work();
});

let app: TestApp;
let made: Made;

async function fill(dataDir: string, seed = 'seed'): Promise<Made> {
	return fillLarge({
		staff,
		workplaces: 6,
		dataDir,
		migrations: resolve('drizzle'),
		library: makeApp({ tidyUp }).library,
		secretKey: new Uint8Array(32).fill(7),
		seed,
		today: '2026-03-14',
		tell: () => undefined
	});
}

beforeAll(async () => {
	const dataDir = makeFolder(tidyUp);
	made = await fill(dataDir);
	app = makeApp({ tidyUp, dataDir });
}, 120_000);

function ask<Row>(store: 'platform' | 'private', query: string, dataDir = app.dataDir): Row[] {
	const file = new SqliteDatabase(join(dataDir, `${store}.db`), { readonly: true });
	try {
		return file.prepare<[], Row>(query).all();
	} finally {
		file.close();
	}
}

const kept = () =>
	['standings', 'counted', 'headcounts', 'tallies', 'assignments'].map((name) =>
		ask<object>('platform', `SELECT * FROM ${name}`)
			.map((row) => JSON.stringify(row))
			.sort()
	);

describe('a large demonstration', () => {
	test('has as many people as were asked for, a house of sixty, and names nobody who is not there', () => {
		expect(made.people).toBe(staff);
		expect(
			ask('platform', "SELECT people FROM headcounts WHERE people = 60 AND role = 'staff'")
		).not.toEqual([]);
		expect(ask('platform', 'PRAGMA foreign_key_check')).toEqual([]);
		expect(ask('private', 'PRAGMA foreign_key_check')).toEqual([]);
	});

	test('keeps what one finds by settling everybody one by one', async () => {
		const before = kept();
		expect(before.every((rows) => rows.length > 0)).toBe(true);
		const file = new SqliteDatabase(join(app.dataDir, 'platform.db'));
		file.exec('INSERT INTO stale_standings SELECT id FROM people');
		file.close();
		await settleAll(app);
		expect(kept()).toEqual(before);
	});

	test('counts what one finds by counting the people', async () => {
		const inOrder = (rows: readonly object[]) =>
			rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
		for (const { id } of ask<{ id: string }>('platform', 'SELECT id FROM workplaces')) {
			const { read } = app.db;
			const heads = await read.select().from(headcounts).where(eq(headcounts.workplace, id));
			expect(inOrder(heads)).toEqual(inOrder(await readHeadcounts(read, id)));
			const rows = await read.select().from(tallies).where(eq(tallies.workplace, id));
			expect(inOrder(rows)).toEqual(inOrder(await readTallies(read, id)));
		}
	});

	test('tells of every month how things stood at its end', () => {
		const months = ask<{ month: string; valid: number; total: number }>(
			'platform',
			`SELECT month, valid, total FROM tally_months WHERE course = 'basic'
			AND workplace = (SELECT id FROM workplaces WHERE parent IS NULL) ORDER BY month`
		);
		expect(months.length).toBeGreaterThan(20);
		expect(months.at(-1)?.month).toBe('2026-03');
		const [last, before] = [months.at(-1)!, months.at(-2)!];
		// Within two weeks no more than a few of three hundred change.
		expect(Math.abs(last.valid - before.valid)).toBeLessThan(staff * 0.1);
		expect(last.total).toBe(staff);
	});

	test('has ways through stories that can be walked again, each to where it ended', () => {
		const moves = Map.groupBy(
			ask<{ attempt: string; move: string }>(
				'private',
				'SELECT attempt, move FROM moves ORDER BY attempt, position'
			),
			({ attempt }) => attempt
		);
		const attempts = ask<{ id: string; scenario: string; version: string; state: string }>(
			'private',
			'SELECT id, scenario, version, state FROM attempts'
		);
		expect(attempts.length).toBeGreaterThan(1000);
		const ways = new Set(
			attempts.map(({ id, scenario, version, state }) => {
				const made = moves.get(id) ?? [];
				return [scenario, version, state === 'ended', ...made.map(({ move }) => move)].join('\n');
			})
		);
		for (const way of ways) {
			const [scenario = '', version, hasEnded, ...made] = way.split('\n');
			const known = app.library.scenario(scenario)!;
			expect(known.hash).toBe(version);
			const { fits, run } = replay(known.scenario, made);
			expect([fits, `${run.ending !== undefined}`]).toEqual([true, hasEnded]);
		}
		const versions = ask<{ hash: string }>('platform', 'SELECT hash FROM content_versions');
		expect(versions.map(({ hash }) => hash)).toEqual(
			expect.arrayContaining([...new Set(attempts.map(({ version }) => version))])
		);
	});

	test('gives everybody who has begun anything what is their own', async () => {
		const scopes = {
			modules: app.library.catalogue.courses.flatMap(({ slug: course, modules }) =>
				modules.map(({ slug: module }) => ({ course, module }))
			),
			scenarios: app.library.scenarios.map(({ slug }) => slug)
		};
		let rows = 0;
		const people = ask<{ id: string }>('platform', 'SELECT id FROM people WHERE erased_on IS NULL');
		for (const { id } of people) {
			const own = await listOwnPractice(app.learning, id, scopes);
			rows += own.steps.length + own.attempts.length;
		}
		const refreshed = ask<{ n: number }>(
			'private',
			"SELECT count(*) AS n FROM progress WHERE step LIKE '%/%'"
		)[0]!.n;
		expect(rows + refreshed).toBe(made.private.progress + made.private.attempts);
		expect(made.private.keys).toBeGreaterThan(staff * 0.8);
	});

	test.each([
		['leader@demo.example', 'leader'],
		['leader-municipality@demo.example', 'leader'],
		['leader-house@demo.example', 'leader'],
		['admin@demo.example', 'administrator']
	])('lets %s in as %s', async (email, role) => {
		const found = await findCredentials(app.db.read, email);
		expect(found?.hash).toMatch(/^\$argon2id/);
		const actor = await findActor(app.db.read, found!.person);
		expect(actor?.grants.map((grant) => grant.role)).toContain(role);
	});

	test('is the same again with the same seed, and another with another', async () => {
		const list = (dataDir: string) =>
			['people', 'completions', 'tallies'].map((name) =>
				name === 'people'
					? ask('platform', 'SELECT id, name, closed_on FROM people ORDER BY id', dataDir)
					: name === 'tallies'
						? ask('platform', 'SELECT * FROM tally_months', dataDir)
						: ask('platform', 'SELECT * FROM module_completions', dataDir)
			);
		const [same, other] = [makeFolder(), makeFolder()];
		await fill(same);
		await fill(other, 'another');
		expect(list(same)).toEqual(list(app.dataDir));
		expect(list(other)).not.toEqual(list(app.dataDir));
	}, 120_000);
});

describe('npm run demo', () => {
	const run = (dataDir: string, ...parameters: string[]) =>
		spawnSync(findNode(), ['src/commands/demo.ts', ...parameters], {
			env: { ...process.env, DATA_DIR: dataDir },
			encoding: 'utf8'
		});

	test.each([
		[[], '--staff is missing.'],
		[['--staff', 'many'], '--staff must be a whole number from 200 to 500000, and is “many”.'],
		[['--staff', '12'], '--staff must be a whole number'],
		[
			['--staff', '500', '--workplaces', '400'],
			'--workplaces must be a whole number from 3 to 100'
		],
		[['--people', '500'], '--people']
	])('%j is answered with a sentence', (parameters, sentence) => {
		const { status, stderr } = run(join(makeFolder(), 'new'), ...parameters);
		expect(stderr).toContain(sentence);
		expect(stderr).toContain('Usage: npm run demo');
		expect(status).toBe(2);
	});

	test('leaves a folder alone in which something is', () => {
		const folder = makeFolder();
		writeFileSync(join(folder, 'mine'), '');
		const { status, stderr } = run(folder, '--staff', '500');
		expect(stderr).toContain('is not empty');
		expect(status).toBe(1);
	});
});
