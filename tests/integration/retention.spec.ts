import { expect, test } from 'vitest';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { closePerson, findPerson } from '#lib/identity/people.server.ts';
import { modulesDone } from '#tests/support/completions.ts';
import { recordModule } from '#lib/completion/record.server.ts';
import { keepReflection, readReflection } from '#lib/practice/reflections.server.ts';
import { listStepsBehind, putBehind, scopeOfModule } from '#lib/practice/progress.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';
import { openRefresher, readRefreshers } from '#lib/practice/refreshers.server.ts';
import { progress, refreshers } from '#lib/practice/tables.server.ts';
import { carryOutRetention, eraseOwn, previewRetention } from '../../src/retention.server.ts';

const module = { course: 'basic', module: 'what-is-trauma' };
const scope = scopeOfModule(module);

/** Somebody who has finished a module, with something written for themselves. */
async function makeLearner(app: TestApp) {
	const { north, hire } = await makeOrganisation(app, 'Acme');
	const { person } = await hire('Kim', north);
	await putBehind(app.learning, person, module, ['one', 'two'], app.now());
	await keepReflection(app.learning, person, scope, 'one', 'only mine', app.now());
	await recordModule(app, person, app.library.catalogue.course('basic')!, module.module);
	return person;
}

const after = (days: number) => new Date(Date.UTC(2026, 2, 14 + days, 9));

test('who leaves loses the private side after thirty days, and keeps the completion', async () => {
	const app = makeApp();
	const person = await makeLearner(app);
	await app.db.write((tx) => closePerson(tx, person, '2026-03-14'));
	app.setNow(after(29));
	expect(await carryOutRetention(app)).toMatchObject({ privateAfterLeaving: 0 });
	expect(await readReflection(app.learning, person, scope, 'one')).toBe('only mine');
	app.setNow(after(30));
	expect(await previewRetention(app)).toMatchObject({ privateAfterLeaving: 1 });
	expect(await readReflection(app.learning, person, scope, 'one')).toBe('only mine');
	expect(await carryOutRetention(app)).toMatchObject({ privateAfterLeaving: 1 });
	expect(await readReflection(app.learning, person, scope, 'one')).toBeNull();
	expect((await listStepsBehind(app.learning, person, module)).size).toBe(0);
	expect(await modulesDone(app, person)).toHaveLength(1);
	expect(await carryOutRetention(app)).toMatchObject({ privateAfterLeaving: 0 });
});

test('five years after leaving the person is gone', async () => {
	const app = makeApp();
	const person = await makeLearner(app);
	await app.db.write((tx) => closePerson(tx, person, '2026-03-14'));
	app.setNow(after(1825));
	await carryOutRetention(app);
	expect(await findPerson(app.db.read, person)).not.toBeNull();
	app.setNow(after(1826));
	expect(await carryOutRetention(app)).toMatchObject({ completions: 1 });
	expect(await findPerson(app.db.read, person)).toBeNull();
});

test('what is private goes by its month, also of those who stay', async () => {
	const app = makeApp();
	const person = await makeLearner(app);
	app.setNow(new Date('2027-03-31T09:00:00Z'));
	expect(await carryOutRetention(app)).toMatchObject({ reflections: 0, attempts: 0 });
	app.setNow(new Date('2027-04-05T09:00:00Z'));
	expect(await carryOutRetention(app)).toMatchObject({ reflections: 1, attempts: 0 });
	app.setNow(new Date('2027-05-05T09:00:00Z'));
	expect(await carryOutRetention(app)).toMatchObject({ attempts: 2 });
	expect((await listStepsBehind(app.learning, person, module)).size).toBe(0);
});

test('18.4.1 the log goes by whole months, and keeps the last hash of each', async () => {
	const app = makeApp();
	await app.db.write((tx) =>
		writeAudit(tx, app.now(), { event: 'sign-in', actor: null, organisation: 'acme' })
	);
	app.setNow(new Date('2027-03-20T09:00:00Z'));
	expect(await carryOutRetention(app)).not.toHaveProperty('audit');
	app.setNow(new Date('2027-04-05T09:00:00Z'));
	expect(await carryOutRetention(app)).toMatchObject({ audit: 1 });
	expect(await carryOutRetention(app)).not.toHaveProperty('audit');
});

test('who erases their own private side may go on learning', async () => {
	const app = makeApp();
	const person = await makeLearner(app);
	await eraseOwn(app, person);
	expect(await readReflection(app.learning, person, scope, 'one')).toBeNull();
	await putBehind(app.learning, person, module, ['three'], app.now());
	expect([...(await listStepsBehind(app.learning, person, module))]).toEqual(['three']);
});

test('a refresher that was made for somebody is known for three of them, then gone', async () => {
	const app = makeApp();
	const { learning } = app;
	const person = await makeLearner(app);
	await openRefresher(learning, person, 'basic', ['the-detour'], app.now());
	const seen = async () => (await readRefreshers(learning, person, 'basic')).seen;
	// The third is taken a year after the first.
	app.setNow(new Date('2027-04-13T09:00:00Z'));
	await carryOutRetention(app);
	expect([...(await seen())]).toEqual(['the-detour']);
	app.setNow(new Date('2027-05-05T09:00:00Z'));
	await carryOutRetention(app);
	expect([...(await seen())]).toEqual([]);
});

test('who erases their own private side leaves nothing in the refresher either', async () => {
	const app = makeApp();
	const { learning } = app;
	const person = await makeLearner(app);
	const ref = { course: 'basic', module: 'refresher' };
	await putBehind(learning, person, ref, ['half-a-year-later'], app.now(), 2);
	await openRefresher(learning, person, 'basic', ['the-detour'], app.now());
	await eraseOwn(app, person);
	const left = await Promise.all(
		[progress, refreshers].map((rows) => learning.private.read.select().from(rows))
	);
	expect(left).toEqual([[], []]);
});
