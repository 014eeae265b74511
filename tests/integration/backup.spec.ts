import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { keepReflection, readReflection } from '#lib/practice/reflections.server.ts';
import { makeLearner } from '#lib/practice/learner.server.ts';
import { deriveSecret } from '#lib/practice/secret.server.ts';
import { listStepsBehind, putBehind, scopeOfModule } from '#lib/practice/progress.server.ts';
import { BackupFault } from '#lib/server/backup/backup-fault.ts';
import { listOver, nightlyFile } from '#lib/server/backup/rotation.ts';
import { undoRestore } from '#lib/server/backup/restore.server.ts';
import { closeStores, openStores } from '#lib/server/db/stores.server.ts';
import { useFolder } from '#lib/server/in-use.server.ts';
import { eraseOwn } from '../../src/retention.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { backUp, restore, testKey } from '#tests/support/backup.ts';
import { makeFolder } from '#tests/support/folder.ts';
import { layOut, readTexts, watchForPowerCuts, type Left } from '#tests/support/power-cut.ts';
import { copyMigrations, earlierReleases } from '#tests/support/releases.ts';
import { makeOrganisation } from '#tests/support/world.ts';

const module = { course: 'basic', module: 'welcome' };
const scope = scopeOfModule(module);

/** An installation with two people who have written something; its stores are closed with the test. */
async function fill(app: TestApp) {
	const org = await makeOrganisation(app, 'Acme');
	const [kim, ida] = [await org.hire('Kim', org.north), await org.hire('Ida', org.south)];
	for (const { person } of [kim, ida]) {
		await putBehind(app.learning, person, module, ['first', 'second'], app.now());
		await keepReflection(app.learning, person, scope, 'first', `words of ${person}`, app.now());
	}
	await app.sessions.begin(kim.person, 'password');
	return { org, kim: kim.person, ida: ida.person };
}

/** All rows of all tables of a store, as text. */
function readRows(dataDir: string, store: string): Record<string, string[]> {
	const file = new SqliteDatabase(join(dataDir, `${store}.db`), { readonly: true });
	try {
		const tables = file
			.prepare<[], { name: string }>(
				"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
			)
			.all();
		return Object.fromEntries(
			tables.map(({ name }) => [
				name,
				file
					.prepare(`SELECT * FROM "${name}"`)
					.all()
					.map((row) => JSON.stringify(row))
					.sort()
			])
		);
	} finally {
		file.close();
	}
}

/** What stands in a folder, file by file. */
function readFolder(folder: string): Record<string, string> {
	return Object.fromEntries(
		readdirSync(folder)
			.filter((name) => statSync(join(folder, name)).isFile())
			.map((name) => [name, readFileSync(join(folder, name)).toString('base64')])
	);
}

test('a restored installation holds what the backed up one held, while that one goes on', async () => {
	const app = makeApp();
	const { kim, ida } = await fill(app);
	const made = await backUp(app.dataDir, makeFolder());
	const was = {
		platform: readRows(app.dataDir, 'platform'),
		private: readRows(app.dataDir, 'private')
	};
	await putBehind(app.learning, kim, module, ['later'], app.now());

	const dataDir = makeFolder();
	expect((await restore(dataDir, made)).release).toBe('0.0.0');
	expect({ ...readRows(dataDir, 'platform'), sessions: was.platform.sessions }).toEqual(
		was.platform
	);
	expect(readRows(dataDir, 'private')).toEqual(was.private);
	const again = makeApp({ dataDir });
	expect(await readReflection(again.learning, ida, scope, 'first')).toBe(`words of ${ida}`);
	expect(await listStepsBehind(again.learning, kim, module)).toEqual(new Set(['first', 'second']));
	expect(readdirSync(dataDir).filter((name) => /restor/.test(name))).toEqual([]);
});

test('what nobody is to have afterwards is in no backup: sessions, votes, mails that wait, SECRET_KEY', async () => {
	const app = makeApp();
	const { kim, org } = await fill(app);
	const plain = new SqliteDatabase(join(app.dataDir, 'platform.db'));
	plain.exec(`INSERT INTO plenary_sessions (id, organisation, workplace, kind, title, modules, run_sheet,
		starts_at, minutes, place, locale, rehearsal, state, events, revision, created_at)
		VALUES ('s', '${org.id}', '${org.north}', 'scenario', 't', '[]', '[]', 0, 60, '', 'da', 0, 'open', 0, 0, 0)`);
	plain.exec("INSERT INTO plenary_seats VALUES ('s', 'seat-in-the-room')");
	plain.exec("INSERT INTO plenary_votes VALUES ('s', 1, 'voter-in-the-room', 'greet')");
	plain.exec("INSERT INTO plenary_suggestions VALUES ('s', 'one', 'words-in-the-room', 0)");
	plain.exec("INSERT INTO plenary_backings VALUES ('s', 'one', 'backer-in-the-room')");
	for (const [id, state] of [
		['waits', 'waiting'],
		['is-done', 'done']
	])
		plain.exec(
			`INSERT INTO jobs (id, event, subscriber, payload, state, attempts, due_at) VALUES ('${id}', 'e', 'mail to the person', '{}', '${state}', 0, 0)`
		);
	plain.close();
	const { token } = await app.sessions.begin(kim, 'password');
	expect(await app.sessions.read(token)).not.toBeNull();
	writeFileSync(join(app.dataDir, 'secret-key'), Buffer.from(testKey).toString('base64'));

	const folder = makeFolder();
	const made = await backUp(app.dataDir, folder);
	const dataDir = makeFolder();
	await restore(dataDir, made);

	const rows = readRows(dataDir, 'platform');
	for (const table of [
		'sessions',
		'plenary_seats',
		'plenary_votes',
		'plenary_suggestions',
		'plenary_backings'
	])
		expect(rows[table]).toEqual([]);
	expect(rows.jobs).toEqual([expect.stringContaining('is-done')]);
	expect(rows.plenary_sessions).toHaveLength(1);
	// Nor are its bytes left in pages that are free.
	expect(readFileSync(join(dataDir, 'platform.db')).includes('in-the-room')).toBe(false);
	expect(existsSync(join(dataDir, 'secret-key'))).toBe(false);
	for (const file of [made.file, made.keysFile])
		expect(readFileSync(file).includes(Buffer.from(testKey).toString('base64'))).toBe(false);
	expect(statSync(made.file).mode & 0o077).toBe(0);
	expect(readdirSync(folder)).toHaveLength(2);
});

describe('nothing is replaced', () => {
	async function prepare() {
		const app = makeApp();
		await fill(app);
		const folder = makeFolder();
		const made = await backUp(app.dataDir, folder);
		const dataDir = makeFolder();
		await restore(dataDir, made);
		writeFileSync(join(dataDir, 'own'), 'of the operator');
		const before = readFolder(dataDir);
		const refuses = async (
			sentence: RegExp,
			options: Parameters<typeof restore>[2] = {},
			files = made
		) => {
			const refused = restore(dataDir, files, options);
			await expect(refused).rejects.toThrow(BackupFault);
			await expect(refused).rejects.toThrow(sentence);
			expect(readFolder(dataDir)).toEqual(before);
			expect(readdirSync(dataDir).filter((name) => /restor/.test(name))).toEqual([]);
		};
		return { made, dataDir, refuses, app, folder };
	}

	test('by a file that is cut short, wherever', async () => {
		const { made, refuses } = await prepare();
		for (const file of [made.file, made.keysFile]) {
			const whole = readFileSync(file);
			for (const left of [0, 5, 19, 200, Math.floor(whole.length / 2), whole.length - 1]) {
				writeFileSync(file, whole.subarray(0, left));
				await refuses(left > 19 ? /is cut short/ : /is cut short|is no backup/);
			}
			writeFileSync(file, whole);
		}
	});

	test('by a file in which any byte has changed, or that is longer', async () => {
		const { made, refuses } = await prepare();
		for (const file of [made.file, made.keysFile]) {
			const whole = readFileSync(file);
			const places = Array.from({ length: 24 }, (_, at) => Math.floor((at * whole.length) / 24));
			for (const at of [...places, whole.length - 1]) {
				const changed = Buffer.from(whole);
				changed[at] = (changed[at] ?? 0) ^ 1;
				writeFileSync(file, changed);
				await refuses(/has been changed|is no backup|does not know|is cut short|SECRET_KEY/);
			}
			writeFileSync(file, Buffer.concat([whole, Buffer.from('more')]));
			await refuses(/has been changed/);
			writeFileSync(file, whole);
		}
	});

	test('with another SECRET_KEY, which is said plainly', async () => {
		const { refuses } = await prepare();
		await refuses(/another SECRET_KEY/, { secretKey: new Uint8Array(32).fill(8) });
	});

	test('by what is no backup, and by files that are taken for each other', async () => {
		const { made, refuses, folder } = await prepare();
		const other = join(folder, 'letter.txt');
		writeFileSync(other, 'Dear all,\nthis is a letter.\n');
		await refuses(/is no backup/, {}, { ...made, file: other });
		await refuses(/There is no file/, {}, { ...made, file: join(folder, 'nowhere') });
		await refuses(/Name the backup/, {}, { ...made, file: made.keysFile });
		await refuses(/not a file of keys/, {}, { ...made, keysFile: made.file });
		writeFileSync(other, 'holdepunkt backup 2\n{}\n');
		await refuses(/newer one/, {}, { ...made, file: other });
	});

	test('by keys from before the backup; later ones fit', async () => {
		const { made, refuses, app, folder } = await prepare();
		const now = new Date('2026-03-13T09:00:00Z');
		const older = await backUp(app.dataDir, folder, { name: 'older.backup', now });
		await refuses(/was made before/, {}, { ...made, keysFile: older.keysFile });
		await restore(makeFolder(), { ...older, keysFile: made.keysFile });
	});

	test('by the backup of a newer release, or of a build with another migration', async () => {
		const { refuses } = await prepare();
		const older = copyMigrations(makeFolder(), earlierReleases[1]!);
		await refuses(/newer release/, { migrations: older });
		const other = copyMigrations(makeFolder(), { platform: '9999', private: '9999', keys: '9999' });
		const file = join(other, 'sqlite', 'private', '0000_first.sql');
		writeFileSync(file, `${readFileSync(file, 'utf8')}\n-- another`);
		await refuses(/another build/, { migrations: other });
	});

	test('by a store that is unsound though its bytes are as they were made', async () => {
		const { app, refuses, folder } = await prepare();
		const broken = makeFolder();
		for (const store of ['platform', 'private', 'keys']) {
			const source = new SqliteDatabase(join(app.dataDir, `${store}.db`));
			await source.backup(join(broken, `${store}.db`));
			source.close();
		}
		const platform = new SqliteDatabase(join(broken, 'platform.db'));
		platform.pragma('foreign_keys = OFF');
		platform.exec("UPDATE people SET organisation = 'nowhere'");
		platform.close();
		const made = await backUp(broken, folder, { name: 'unsound.backup' });
		await refuses(/unsound: 2 rows point at nothing/, {}, made);
	});

	test('while the platform runs on that folder', async () => {
		const { dataDir, refuses } = await prepare();
		const leave = useFolder(dataDir, 'together');
		await refuses(/is running on/);
		leave?.();
	});
});

test('a restore that was broken off at any point is undone by the next, or on its own', async () => {
	const app = makeApp();
	const { kim } = await fill(app);
	const made = await backUp(app.dataDir, makeFolder());
	const stores = ['platform.db', 'private.db', 'keys.db'];
	// What a restore does one after the other: three moved aside, a mark, three moved in.
	for (let done = 0; done <= 6; done += 1) {
		const dataDir = makeFolder();
		await restore(dataDir, made);
		const was = readFolder(dataDir);
		const aside = join(dataDir, 'before-restore');
		mkdirSync(aside);
		for (const name of stores.slice(0, done)) renameSync(join(dataDir, name), join(aside, name));
		if (done >= 3) writeFileSync(join(aside, 'whole'), '');
		for (const name of stores.slice(0, Math.max(done - 3, 0)))
			writeFileSync(join(dataDir, name), 'from the backup');
		expect(await undoRestore(dataDir)).toBe(true);
		expect(readFolder(dataDir)).toEqual(was);
		expect(await undoRestore(dataDir)).toBe(false);
		const again = makeApp({ dataDir });
		expect(await listStepsBehind(again.learning, kim, module)).toHaveProperty('size', 2);
	}
});

describe('a power cut at any moment', () => {
	const names = ['platform.db', 'private.db', 'keys.db'];
	const oldOnes = names.map((name) => `old ${name}`);
	const newOnes = names.map((name) => `new ${name}`);

	/** What the stores say once somebody has cleared up after the cut. */
	async function recover(left: Left): Promise<unknown> {
		const folder = makeFolder();
		layOut(folder, left);
		await undoRestore(folder);
		expect(readdirSync(folder).filter((name) => /restor/.test(name))).toEqual([]);
		return readTexts(folder, names);
	}

	test('of a restore leaves the old stores or the new ones, whole', async () => {
		const app = makeApp();
		await fill(app);
		const made = await backUp(app.dataDir, makeFolder());
		const dataDir = makeFolder();
		for (const name of names) writeFileSync(join(dataDir, name), `old ${name}`);
		const cuts = await watchForPowerCuts(dataDir, () => restore(dataDir, made), names);
		expect(cuts.length).toBeGreaterThan(20);
		for (const left of cuts) expect([oldOnes, newOnes]).toContainEqual(await recover(left));
	});

	test('of putting back what was there leaves the old stores', async () => {
		const dataDir = makeFolder();
		const aside = join(dataDir, 'before-restore');
		mkdirSync(aside);
		writeFileSync(join(aside, 'whole'), '');
		for (const name of names) writeFileSync(join(aside, name), `old ${name}`);
		for (const name of names.slice(0, 2)) writeFileSync(join(dataDir, name), `new ${name}`);
		const cuts = await watchForPowerCuts(dataDir, () => undoRestore(dataDir));
		expect(cuts.length).toBeGreaterThan(10);
		for (const left of cuts) expect(await recover(left)).toEqual(oldOnes);
	});
});

test('what a killed restore has unpacked is cleared away by the next', async () => {
	const app = makeApp();
	await fill(app);
	const made = await backUp(app.dataDir, makeFolder());
	const dataDir = makeFolder();
	mkdirSync(join(dataDir, 'restoring-killed'));
	writeFileSync(join(dataDir, 'restoring-killed', 'keys.db'), 'of everybody');
	await restore(dataDir, made);
	expect(readdirSync(dataDir).filter((name) => name.startsWith('restoring-'))).toEqual([]);
});

describe('data of an earlier release', () => {
	test.each(earlierReleases)(
		'is brought up to date as it is restored: $platform',
		async (forms) => {
			const migrations = copyMigrations(makeFolder(), forms);
			const old = makeFolder();
			await closeStores(openStores(old, migrations));
			const { wrapped, learner } = makeLearner(deriveSecret(testKey), 'kim');
			const write = (store: string, text: string, ...values: unknown[]) => {
				const file = new SqliteDatabase(join(old, `${store}.db`));
				file.prepare(text).run(...values);
				file.close();
			};
			write(
				'platform',
				"INSERT INTO organisations (id, name, created_at, is_demonstration) VALUES ('acme', 'Acme', 0, 0)"
			);
			write(
				'platform',
				"INSERT INTO people (id, organisation, name, email, search_text) VALUES ('kim', 'acme', 'Kim', 'kim@acme.example', 'kim')"
			);
			write(
				'platform',
				forms.platform < '0003'
					? "INSERT INTO module_completions VALUES ('kim', 'basic', 'welcome', 'v', '2026-03-01', 'learned')"
					: "INSERT INTO module_completions VALUES ('kim', 'basic', 'welcome', 1, 'v', '2026-03-01', 'learned')"
			);
			write('keys', 'INSERT INTO learner_keys VALUES (?, ?)', 'kim', wrapped);
			write(
				'private',
				"INSERT INTO progress VALUES ('p', ?, 'first', '2026-03')",
				learner.pseudonym(scope)
			);
			const made = await backUp(old, makeFolder());

			const dataDir = makeFolder();
			await restore(dataDir, made);
			const app = makeApp({ dataDir });
			expect(await listStepsBehind(app.learning, 'kim', module)).toEqual(new Set(['first']));
			const rows = readRows(dataDir, 'platform');
			expect(rows.people).toEqual([expect.stringContaining('kim@acme.example')]);
			expect(rows.module_completions).toEqual([expect.stringContaining('2026-03-01')]);
			// As far as any store of this release.
			const newest = readRows(makeApp().dataDir, 'platform').migrations;
			expect(rows.migrations).toEqual(newest);
		}
	);
});

test('who is erased is erased in a backup made before as soon as its keys have been rotated away', async () => {
	const app = makeApp();
	const { kim, ida } = await fill(app);
	const folder = makeFolder();
	const night = async (day: string) => {
		app.setNow(new Date(`${day}T01:10:00Z`));
		const made = await backUp(app.dataDir, folder, {
			name: nightlyFile(day),
			now: app.now()
		});
		for (const name of listOver(readdirSync(folder), day, 90)) rmSync(join(folder, name));
		return made;
	};
	const oldest = await night('2026-03-14');
	await eraseOwn(app, kim);
	await night('2026-03-20');
	expect(existsSync(oldest.keysFile)).toBe(true);
	const newest = await night('2026-04-14');
	expect(existsSync(oldest.file)).toBe(true);
	expect(existsSync(oldest.keysFile)).toBe(false);

	const dataDir = makeFolder();
	await restore(dataDir, { file: oldest.file, keysFile: newest.keysFile });
	const again = makeApp({ dataDir });
	expect(await readReflection(again.learning, ida, scope, 'first')).toBe(`words of ${ida}`);
	// The rows are in that old file; nothing that is kept anywhere leads to them or opens them.
	expect(readRows(dataDir, 'private').reflections).toHaveLength(2);
	expect(await readReflection(again.learning, kim, scope, 'first')).toBeNull();
	expect(await listStepsBehind(again.learning, kim, module)).toEqual(new Set());
});
