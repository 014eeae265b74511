/**
 * Somebody has every file of the stores, and not SECRET_KEY. They try to tell whose a private row is:
 * by a value that stands on both sides, by the order of rows or bytes, and by time.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { finishSteps } from '../../src/finishing.server.ts';
import { beginAttempt, recordMove } from '#lib/practice/attempts.server.ts';
import { openRefresher, scopeOfRefreshers } from '#lib/practice/refreshers.server.ts';
import { openLearner } from '#lib/practice/learner.server.ts';
import { scopeOfModule } from '#lib/practice/progress.server.ts';
import { keepReflection } from '#lib/practice/reflections.server.ts';
import { closeStores } from '#lib/server/db/stores.server.ts';
import { start } from '#lib/scenario/run.ts';
import { keepEncounters, keepVersion } from '#lib/scenario/versions.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { afterAllTests } from '#tests/support/folder.ts';
import { makeOrganisation } from '#tests/support/world.ts';

type Row = Record<string, unknown>;

/** All rows of all tables of a store, in the order in which the file gives them. */
function readTables(dataDir: string, name: string): Record<string, Row[]> {
	const file = new SqliteDatabase(join(dataDir, `${name}.db`), { readonly: true });
	const tables = file
		.prepare<[], { name: string }>(
			"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name != 'migrations'"
		)
		.all();
	const rows = Object.fromEntries(
		tables.map((table) => [
			table.name,
			file.prepare<[], Row>(`SELECT * FROM "${table.name}"`).all()
		])
	);
	file.close();
	return rows;
}

const tidyUp = afterAllTests();

/** A house in which forty people learn one after another, and the files they leave behind. */
async function liveAndLeave() {
	const app = makeApp({ tidyUp });
	const { dataDir } = app;
	const org = await makeOrganisation(app, 'Acme');
	const [course] = app.library.catalogue.courses;
	const [module] = course!.modules;
	const prepared = app.library.scenario('reception-full-house')!;
	const kept = { hash: prepared.hash, slug: 'reception-full-house', body: prepared.source };
	await keepVersion(app, { ...kept, kind: 'scenario' });
	const scope = `module ${course!.slug}/${module!.slug}`;
	const truth = new Map<string, string>();
	const inRefreshers = new Map<string, string>();
	await keepEncounters(app);
	const encounters = app.library.encounters.map(({ slug }) => slug);
	const people: { id: string; name: string }[] = [];
	for (let index = 0; index < 40; index += 1) {
		const { person, name } = await org.hire(`Person number ${index}`, org.north);
		people.push({ id: person, name });
		const version = { slug: 'reception-full-house', version: prepared.hash };
		const attempt = await beginAttempt(app.learning, person, version, org.north, app.now());
		const [move] = start(prepared.scenario).offered;
		await recordMove(app.learning, prepared.scenario, attempt.id, 0, move!);
		const ref = { course: course!.slug, module: module!.slug };
		await keepReflection(
			app.learning,
			person,
			scopeOfModule(ref),
			'reflection-1',
			`mine ${index}`,
			app.now()
		);
		await finishSteps(
			app,
			person,
			course!,
			module!,
			module!.steps.map(({ key }) => key)
		);
		const chosen = [
			encounters[index % encounters.length]!,
			encounters[(index + 1) % encounters.length]!
		];
		await openRefresher(app.learning, person, course!.slug, chosen, app.now());
		const learner = await openLearner(app.learning, person);
		truth.set(person, learner.pseudonym(scope));
		inRefreshers.set(person, learner.pseudonym(scopeOfRefreshers(course!.slug)));
	}
	await closeStores({
		platform: app.db,
		private: app.learning.private,
		keys: app.learning.keys
	});
	return { dataDir, people, truth, inRefreshers, encounters, org };
}

/** How many of the pairs, taken in the order given on both sides, are right. */
function countMatches(people: string[], pseudonyms: string[], truth: Map<string, string>): number {
	return people.filter((person, index) => truth.get(person) === pseudonyms[index]).length;
}

const distinct = (values: unknown[]) => [...new Set(values.map(String))];

describe('without SECRET_KEY', async () => {
	const { dataDir, people, truth, inRefreshers, encounters, org } = await liveAndLeave();
	const [platform, secret, keys] = ['platform', 'private', 'keys'].map((name) =>
		readTables(dataDir, name)
	) as [Record<string, Row[]>, Record<string, Row[]>, Record<string, Row[]>];

	test('there is something to match on both sides', () => {
		expect(platform['module_completions']).toHaveLength(40);
		expect(distinct(secret['progress']!.map(({ learner }) => learner))).toHaveLength(40);
		expect(keys['learner_keys']).toHaveLength(40);
	});

	test('no value of a private row but words of the courses stands on the other side', () => {
		const left = new Set(
			[platform, keys].flatMap((store) =>
				Object.values(store).flatMap((rows) =>
					rows.flatMap((row) => Object.values(row).map(String))
				)
			)
		);
		const shared = distinct(
			Object.values(secret).flatMap((rows) => rows.flatMap((row) => Object.values(row)))
		).filter((value) => left.has(value));
		const allowed = shared.filter(
			// The names of scenarios and encounters, a hash, the month of a house's
			// counts, and numbers as small as a count.
			(value) =>
				/^(\d{1,3}|\d{4}-\d{2}|reception-full-house|[0-9a-f]{64})$/.test(value) ||
				encounters.includes(value)
		);
		expect(shared).toEqual(allowed);
		expect(shared.filter((value) => /^[0-9a-f]{64}$/.test(value))).toHaveLength(1);
	});

	test('no byte of the private file names a person, a house or what they wrote', () => {
		const bytes = readFileSync(join(dataDir, 'private.db')).toString('latin1');
		for (const { id, name } of people) {
			expect(bytes).not.toContain(id);
			expect(bytes).not.toContain(name);
		}
		expect(bytes).not.toContain(org.north);
		expect(bytes).not.toContain('mine ');
	});

	test('one person has another pseudonym in each module and scenario', () => {
		const inProgress = new Set(secret['progress']!.map(({ learner }) => learner));
		const inAttempts = secret['attempts']!.map(({ learner }) => learner);
		expect(inAttempts.filter((learner) => inProgress.has(learner))).toEqual([]);
		const known = new Set([...inProgress, ...inAttempts]);
		const chosen = secret['refreshers']!.map(({ learner }) => learner);
		expect(new Set(chosen).size).toBe(40);
		expect(chosen.filter((learner) => known.has(learner))).toEqual([]);
	});

	test('the platform knows every encounter, and so of none whether anybody was given it', () => {
		const known = platform['content_versions']!.map(({ slug }) => slug);
		expect(encounters.filter((slug) => !known.includes(slug))).toEqual([]);
	});

	// By chance one pair in forty is right; nine or more would come up once in a million runs.
	const byChance = 8;

	test('the attack would find them if the order were kept', () => {
		expect(countMatches([...truth.keys()], [...truth.values()], truth)).toBe(40);
	});

	test.each(['progress', 'reflections'])('the order of rows in %s tells nothing', (table) => {
		const pseudonyms = distinct(secret[table]!.map(({ learner }) => learner));
		const byKey = keys['learner_keys']!.map(({ person }) => String(person));
		const byCompletion = platform['module_completions']!.map(({ person }) => String(person));
		expect(countMatches(byKey, pseudonyms, truth)).toBeLessThanOrEqual(byChance);
		expect(countMatches(byCompletion, pseudonyms, truth)).toBeLessThanOrEqual(byChance);
		expect(countMatches([...truth.keys()], pseudonyms, truth)).toBeLessThanOrEqual(byChance);
	});

	test('the order of rows in refreshers tells nothing', () => {
		const pseudonyms = distinct(secret['refreshers']!.map(({ learner }) => learner));
		const byKey = keys['learner_keys']!.map(({ person }) => String(person));
		expect(pseudonyms).toHaveLength(40);
		expect(countMatches([...inRefreshers.keys()], pseudonyms, inRefreshers)).toBeLessThanOrEqual(
			byChance
		);
		expect(countMatches(byKey, pseudonyms, inRefreshers)).toBeLessThanOrEqual(byChance);
	});

	test('the order of bytes in the file tells nothing', () => {
		const bytes = readFileSync(join(dataDir, 'private.db')).toString('latin1');
		const places = [...truth.values()].map((value) => ({ value, at: bytes.lastIndexOf(value) }));
		expect(places.every(({ at }) => at > 0)).toBe(true);
		const pseudonyms = places.sort((a, b) => a.at - b.at).map(({ value }) => value);
		expect(countMatches([...truth.keys()], pseudonyms, truth)).toBeLessThanOrEqual(byChance);
	});

	test('nothing in a private row is finer than a month', () => {
		for (const rows of Object.values(secret)) {
			for (const [column, value] of rows.flatMap((row) => Object.entries(row))) {
				if (column === 'month') expect(value).toMatch(/^\d{4}-\d{2}$/);
				else if (typeof value === 'number') expect(value).toBeLessThan(1000);
				else expect(String(value)).not.toMatch(/\d{4}-\d{2}-\d{2}|^\d{10,}$/);
			}
		}
	});

	test('a completion and a job hold no more than a day', () => {
		for (const row of platform['module_completions']!)
			expect(row['day']).toMatch(/^\d{4}-\d{2}-\d{2}$/);
		for (const row of platform['course_completions']!)
			expect(row['day']).toMatch(/^\d{4}-\d{2}-\d{2}$/);
	});
});
