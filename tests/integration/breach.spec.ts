import { spawnSync } from 'node:child_process';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { keepReflection } from '#lib/practice/reflections.server.ts';
import { scopeOfModule } from '#lib/practice/progress.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';
import { reportBreach, type Breach } from '../../src/breach.server.ts';

let app: TestApp;
let acme: TestOrganisation;
let kim: Actor;
let bo: Actor;

const everything: Breach = {
	range: null,
	workplace: null,
	stores: ['platform', 'private', 'keys']
};

const storesOf = ({ db, learning }: TestApp) => ({
	platform: db,
	private: learning.private,
	keys: learning.keys
});

beforeEach(async () => {
	app = makeApp();
	acme = await makeOrganisation(app, 'Acme');
	kim = await acme.hire('Kim Kjær', acme.north);
	bo = await acme.hire('Bo; Bom', acme.south);
	await app.sessions.begin(kim.person, 'password');
	await keepReflection(
		app.learning,
		bo.person,
		scopeOfModule({ course: 'basic', module: 'what-is-trauma' }),
		'first',
		'words',
		app.now()
	);
});

describe('whom a breach has touched', () => {
	test('is everybody of whom there is something, with the classes of it', async () => {
		const { people, classes } = await reportBreach(storesOf(app), everything);
		expect(people.map(({ name, workplaces }) => [name, workplaces])).toEqual([
			['Bo; Bom', ['Acme south']],
			['Kim Kjær', ['Acme north']]
		]);
		const [ofBo, ofKim] = people.map((one) => one.classes);
		expect(ofKim).toContain('sessions');
		expect(ofBo).not.toContain('sessions');
		expect(ofBo).toContain('reflections');
		expect(ofKim).not.toContain('reflections');
		expect(classes.find(({ name }) => name === 'reflections')).toEqual({
			name: 'reflections',
			people: 1,
			rows: 1,
			isSensitive: true
		});
	});

	test('is of one workplace those who work there or below it', async () => {
		const names = async (workplace: string) =>
			(await reportBreach(storesOf(app), { ...everything, workplace })).people.map(
				({ name }) => name
			);
		expect(await names(acme.north)).toEqual(['Kim Kjær']);
		expect(await names(acme.top)).toHaveLength(2);
	});

	test('is of some days whom a row of those days names, and whom one names that tells no day', async () => {
		const on = async (from: string, until: string) => {
			const { classes } = await reportBreach(storesOf(app), {
				...everything,
				range: { from, until }
			});
			return new Map(classes.map(({ name, rows }) => [name, rows]));
		};
		const then = await on('2026-03-14', '2026-03-14');
		expect([then.get('sessions'), then.get('record'), then.get('reflections')]).toEqual([1, 4, 1]);
		const later = await on('2026-06-01', '2026-06-30');
		expect([later.get('sessions'), later.get('record'), later.get('reflections')]).toEqual([
			0, 4, 0
		]);
	});

	test('is of the private store whoever has a key, since nobody can tell whose a row is', async () => {
		const { people } = await reportBreach(storesOf(app), { ...everything, stores: ['private'] });
		expect(people.map(({ name, classes }) => [name, classes])).toEqual([
			['Bo; Bom', ['reflections']]
		]);
	});
});

describe('npm run breach', () => {
	const run = (...args: string[]) =>
		spawnSync(process.execPath, ['src/commands/breach.ts', ...args], {
			encoding: 'utf8',
			env: { ...process.env, DATA_DIR: app.dataDir }
		});

	test('tells it in a summary and as a list that a spreadsheet reads', () => {
		const { stdout, stderr, status } = run('--workplace', 'Acme south', '--language', 'en');
		expect([status, stderr]).toEqual([0, '']);
		expect(stdout).toContain('People touched: 1\n');
		expect(stdout).toContain('may show health');
		const list = run('--csv', '--store', 'platform').stdout.split('\r\n');
		expect(list[0]).toBe('\uFEFFnavn;mail;arbejdspladser;oplysninger');
		expect(list[1]).toMatch(/^"Bo; Bom";.+@acme\.example;Acme south;Navn, mail/);
	}, 60_000);

	test('says what it does not understand', () => {
		for (const args of [
			['--from', '2026-03-14'],
			['--workplace', 'Nowhere']
		]) {
			const { status, stderr, stdout } = run(...args);
			expect([status, stdout], args.join(' ')).toEqual([2, '']);
			expect(stderr).not.toMatch(/\n {4}at /);
		}
	}, 60_000);
});
