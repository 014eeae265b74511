import { describe, expect, test } from 'vitest';
import { modulesDone } from '#tests/support/completions.ts';
import { readTeam, readTeamPeople } from '#tests/support/team.ts';
import { DomainError } from '#lib/errors.ts';
import { scopeOfModule } from '#lib/practice/progress.server.ts';
import { keepReflection, readReflection } from '#lib/practice/reflections.server.ts';
import { finishSteps } from '../../src/finishing.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';

function basicOf(app: TestApp) {
	const course = app.library.catalogue.course('basic');
	if (!course) throw new Error('the basic track is missing');
	return course;
}

async function makeHouse() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const leader = await org.hire('Lea', org.top, 'leader');
	const learner = await org.hire('Kim', org.north);
	const course = basicOf(app);
	const keysOf = (index: number) => course.modules[index]!.steps.map(({ key }) => key);
	const finish = async (index: number) =>
		finishSteps(app, learner.person, course, course.modules[index]!, keysOf(index));
	const completed = async () => (await readTeam(app, leader, 'basic', null)).counts.valid;
	return { app, org, leader, learner, course, keysOf, finish, completed };
}

describe('a learner who finishes every module', () => {
	test('counts as one completion more, and is told so once', async () => {
		const { app, course, finish, completed } = await makeHouse();
		expect(await completed()).toBe(0);
		for (const index of course.modules.keys()) await finish(index);
		for (const index of course.modules.keys()) await finish(index);
		expect(await completed()).toBe(1);
		await app.runJobs();
		expect(app.mailer.sent).toHaveLength(1);
		expect(app.mailer.sent[0]).toMatchObject({
			to: { name: 'Kim' },
			subject: 'Du har fuldført Traumebevidst i hverdagen'
		});
		expect(app.mailer.sent[0]!.text).toContain('Din leder kan ikke se, hvad du svarer');
	});

	test('is in progress after the first and not before', async () => {
		const { app, leader, finish } = await makeHouse();
		const stateOfKim = async () =>
			(await readTeamPeople(app, leader)).people.find(({ name }) => name === 'Kim');
		expect(await stateOfKim()).toMatchObject({ state: 'not-started', modulesCompleted: 0 });
		await finish(0);
		expect(await stateOfKim()).toMatchObject({ state: 'in-progress', modulesCompleted: 1 });
	});
});

describe('a module', () => {
	test('2.3.1 is not finished by its last step alone', async () => {
		const { app, learner, course, keysOf } = await makeHouse();
		const [module] = course.modules;
		await finishSteps(app, learner.person, course, module!, [keysOf(0).at(-1)!]);
		expect(await modulesDone(app, learner.person)).toEqual([]);
		await finishSteps(app, learner.person, course, module!, keysOf(0).slice(0, -1));
		expect(await modulesDone(app, learner.person)).toEqual([`basic/${module!.slug}`]);
	});

	test('2.3.4 finished by many requests at the same moment is finished once', async () => {
		const { app, course, finish, completed } = await makeHouse();
		await Promise.all(
			Array.from({ length: 50 }, (_, index) => finish(index % course.modules.length))
		);
		expect(await completed()).toBe(1);
		await app.runJobs();
		expect(app.mailer.sent).toHaveLength(1);
	});
});

describe('a leader', () => {
	test('who leads one house sees that house and no other', async () => {
		const { app, org } = await makeHouse();
		const north = await org.hire('Nora', org.north, 'leader');
		const { people } = await readTeamPeople(app, north);
		expect(people.map(({ name }) => name)).toEqual(['Kim', 'Nora']);
		await expect(readTeam(app, north, 'basic', org.south)).rejects.toMatchObject({
			code: 'not-found'
		});
	});

	test('8.4.1 of another organisation is a stranger', async () => {
		const { app, org } = await makeHouse();
		const other = await makeOrganisation(app, 'Other');
		const stranger = await other.hire('Sam', other.top, 'leader');
		const { people } = await readTeamPeople(app, stranger);
		expect(people.map(({ name }) => name)).toEqual(['Sam']);
		await expect(readTeam(app, stranger, 'basic', org.north)).rejects.toBeInstanceOf(DomainError);
	});

	test('counts somebody who works in two houses once', async () => {
		const { app, org, leader } = await makeHouse();
		const both = await org.hire('Bea', org.north);
		const { addMember } = await import('#lib/workplaces/tree.server.ts');
		await app.db.write((tx) => addMember(tx, org.south, both.person));
		const report = await readTeam(app, leader, 'basic', null);
		expect(report.counts.total).toBe(3);
		expect(report.units.map(({ name, counts }) => [name, counts.total])).toEqual([
			['Acme top', 3],
			['Acme north', 2],
			['Acme south', 1]
		]);
	});

	test('somebody without the role is refused', async () => {
		const { app, org, learner } = await makeHouse();
		await expect(readTeam(app, learner, 'basic', null)).rejects.toMatchObject({
			code: 'forbidden'
		});
		await expect(readTeam(app, learner, 'basic', org.north)).rejects.toMatchObject({
			code: 'forbidden'
		});
	});
});

describe('a reflection', () => {
	const ref = { course: 'basic', module: 'what-is-trauma' };

	test('is read by its writer and by nobody else', async () => {
		const { app, org, learner } = await makeHouse();
		const other = await org.hire('Bo', org.north);
		await keepReflection(
			app.learning,
			learner.person,
			scopeOfModule(ref),
			'thought',
			'Min egen tanke',
			app.now()
		);
		expect(await readReflection(app.learning, learner.person, scopeOfModule(ref), 'thought')).toBe(
			'Min egen tanke'
		);
		expect(
			await readReflection(app.learning, other.person, scopeOfModule(ref), 'thought')
		).toBeNull();
	});

	test('is replaced by a new text and taken away by an empty one', async () => {
		const { app, learner } = await makeHouse();
		const keep = (text: string) =>
			keepReflection(app.learning, learner.person, scopeOfModule(ref), 'thought', text, app.now());
		await keep('first');
		await keep('second');
		expect(await readReflection(app.learning, learner.person, scopeOfModule(ref), 'thought')).toBe(
			'second'
		);
		await keep('  ');
		expect(
			await readReflection(app.learning, learner.person, scopeOfModule(ref), 'thought')
		).toBeNull();
	});
});
