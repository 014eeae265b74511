import { describe, expect, test } from 'vitest';
import { listUnrecorded } from '#lib/completion/unrecorded.server.ts';
import { courseCompletions, headcounts, moduleCompletions } from '#lib/completion/tables.server.ts';
import { tallies } from '#lib/completion/tables.server.ts';
import { readHeadcounts, readTallies } from '#lib/completion/tally.server.ts';
import { listStepsBehind } from '#lib/practice/progress.server.ts';
import { StoreUnavailable } from '#lib/server/db/store.ts';
import { finishSteps, settleModule, sweepCompletions } from '../../src/finishing.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { coursesDone, modulesDone } from '#tests/support/completions.ts';
import { makeOrganisation } from '#tests/support/world.ts';

async function makeHouse() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const course = app.library.catalogue.course('basic')!;
	const finish = (person: string, index: number) => {
		const module = course.modules[index % course.modules.length]!;
		const keys = module.steps.map(({ key }) => key);
		return finishSteps(app, person, course, module, keys);
	};
	return { app, org, course, finish };
}

/** Every count that is kept, beside what one finds by counting the people. */
async function expectExactCounts({ db }: TestApp, workplaces: readonly string[]) {
	const isSomething = (row: object) =>
		Object.values(row).some((value) => typeof value === 'number' && value > 0);
	const inOrder = (rows: readonly object[]) =>
		rows
			.filter(isSomething)
			.map((row) => JSON.stringify(Object.entries(row).sort()))
			.sort();
	const [standing, heads] = [[], []] as object[][];
	for (const id of workplaces) {
		standing!.push(...(await readTallies(db.read, id)));
		heads!.push(...(await readHeadcounts(db.read, id)));
	}
	expect(inOrder(await db.read.select().from(tallies))).toEqual(inOrder(standing!));
	expect(inOrder(await db.read.select().from(headcounts))).toEqual(inOrder(heads!));
}

describe('2.3.4 fifty clients at once', () => {
	test('who finish the same modules of one person make one completion of each', async () => {
		const { app, org, course, finish } = await makeHouse();
		const { person } = await org.hire('Kim', org.north);
		await Promise.all(Array.from({ length: 50 }, (_, index) => finish(person, index)));
		const rows = await app.db.read.select().from(moduleCompletions);
		expect(rows.map(({ module, cycle }) => `${module} ${cycle}`).sort()).toEqual(
			course.modules.map(({ slug }) => `${slug} 1`).sort()
		);
		expect(await app.db.read.select().from(courseCompletions)).toHaveLength(1);
		expect(await listUnrecorded(app.db.read)).toEqual([]);
		await expectExactCounts(app, [org.top, org.north, org.south]);
	});

	test('of many people at many modules are each counted once and all counts are exact', async () => {
		const { app, org, course, finish } = await makeHouse();
		const people: string[] = [];
		for (let index = 0; index < 10; index += 1)
			people.push((await org.hire(`P${index}`, [org.north, org.south][index % 2]!)).person);
		// Five clients a person, who go through the course from different ends and meet.
		await Promise.all(
			people.flatMap((person, who) =>
				[0, 1, 2, 3, 4].map(async (start) => {
					const wanted = who === 0 ? 2 : course.modules.length;
					for (let index = 0; index < wanted; index += 1)
						await finish(person, who === 0 ? index : index + start);
				})
			)
		);
		expect(await app.db.read.select().from(moduleCompletions)).toHaveLength(
			9 * course.modules.length + 2
		);
		expect(await app.db.read.select().from(courseCompletions)).toHaveLength(9);
		expect(await coursesDone(app, people[0]!)).toEqual([]);
		await expectExactCounts(app, [org.top, org.north, org.south]);
		await app.runJobs();
		expect(app.mailer.sent).toHaveLength(9);
	});

	test('who put one step each behind them finish the module once', async () => {
		const { app, org, course } = await makeHouse();
		const { person } = await org.hire('Kim', org.north);
		const [module] = course.modules;
		await Promise.all(
			Array.from({ length: 50 }, (_, index) =>
				finishSteps(app, person, course, module!, [
					module!.steps[index % module!.steps.length]!.key
				])
			)
		);
		expect(await modulesDone(app, person)).toEqual([`basic/${module!.slug}`]);
		expect(await listUnrecorded(app.db.read)).toEqual([]);
	});
});

/** A learner whose machine stops once a store has taken a write; what comes after is lost. */
async function makeAccident(lost: 'platform' | 'private') {
	const { app, org, course, finish } = await makeHouse();
	const { person } = await org.hire('Kim', org.north);
	const [module] = course.modules;
	const { db, learning } = app;
	const fail = () => Promise.reject(new StoreUnavailable('full', undefined));
	if (lost === 'private')
		app.learning = { ...learning, private: { ...learning.private, write: fail } };
	else {
		const write: typeof learning.private.write = async (work) => {
			const result = await learning.private.write(work);
			app.db = { ...db, write: fail };
			return result;
		};
		app.learning = { ...learning, private: { ...learning.private, write } };
	}
	await expect(finish(person, 0)).rejects.toBeInstanceOf(StoreUnavailable);
	Object.assign(app, { db, learning });
	const ref = { course: 'basic', module: module!.slug };
	const behind = await listStepsBehind(learning, person, ref);
	return { app, person, course, module: module!, behind: behind.size, finish };
}

describe('a module whose completion could not be written', () => {
	test('is behind the learner, and nobody has finished it', async () => {
		const { app, person, module, behind } = await makeAccident('platform');
		expect(behind).toBe(module.steps.length);
		expect(await modulesDone(app, person)).toEqual([]);
		expect(await listUnrecorded(app.db.read)).toEqual([
			{ person, course: 'basic', module: module.slug }
		]);
	});

	test('is recorded on the next visit, once', async () => {
		const { app, person, course, module } = await makeAccident('platform');
		for (let visit = 0; visit < 3; visit += 1) await settleModule(app, person, course, module);
		expect(await modulesDone(app, person)).toEqual([`basic/${module.slug}`]);
		expect(await listUnrecorded(app.db.read)).toEqual([]);
	});

	test('is recorded by the sweep, which leaves no note behind', async () => {
		const { app, person, module } = await makeAccident('platform');
		await sweepCompletions(app);
		expect(await modulesDone(app, person)).toEqual([`basic/${module.slug}`]);
		expect(await listUnrecorded(app.db.read)).toEqual([]);
	});
});

test('what the private side could not take is not finished, and nothing tells of it afterwards', async () => {
	const { app, person, module, behind, finish } = await makeAccident('private');
	expect(behind).toBe(0);
	await sweepCompletions(app);
	expect(await modulesDone(app, person)).toEqual([]);
	expect(await listUnrecorded(app.db.read)).toEqual([]);
	await finish(person, 0);
	expect(await modulesDone(app, person)).toEqual([`basic/${module.slug}`]);
});

test('the note that somebody is about to finish a module is there only where they are', async () => {
	const { app, org, course } = await makeHouse();
	const { person } = await org.hire('Kim', org.north);
	const [module] = course.modules;
	const seen: number[] = [];
	const { learning } = app;
	const write: typeof learning.private.write = async (work) => {
		seen.push((await listUnrecorded(app.db.read)).length);
		return learning.private.write(work);
	};
	app.learning = { ...learning, private: { ...learning.private, write } };
	for (const { key } of module!.steps) await finishSteps(app, person, course, module!, [key]);
	expect(seen).toEqual(
		module!.steps.map((_, index) => (index === module!.steps.length - 1 ? 1 : 0))
	);
	expect(await listUnrecorded(app.db.read)).toEqual([]);
});
