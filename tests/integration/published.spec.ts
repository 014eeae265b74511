import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import {
	insertCourseCompletion,
	insertModuleCompletion
} from '#lib/completion/completions.server.ts';
import { publish, publishAll, publishIfMissing } from '#lib/completion/publish.server.ts';
import {
	readPublishedCounts,
	readPublishedCoverage,
	readPublishedWhole
} from '#lib/completion/published.server.ts';
import { settleAll } from '#lib/completion/stale.server.ts';
import { publishedGroups } from '#lib/completion/tables.server.ts';
import { addDays } from '#lib/time.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';

let app: TestApp;
let org: TestOrganisation;
const today = '2026-03-14';

beforeEach(async () => {
	app = makeApp();
	org = await makeOrganisation(app, 'Acme');
});

async function fill(workplace: string, count: number): Promise<Actor[]> {
	const staff: Actor[] = [];
	for (let index = 0; index < count; index += 1)
		staff.push(await org.hire(`Kim ${index}`, workplace));
	return staff;
}

async function complete({ person }: Actor, day = today) {
	const course = app.library.catalogue.course('basic')!;
	const shared = {
		person,
		course: 'basic',
		version: 'v',
		day,
		source: 'learned' as const,
		cycle: 1
	};
	await app.db.write(async (tx) => {
		for (const { slug } of course.modules)
			await insertModuleCompletion(tx, { ...shared, module: slug });
		await insertCourseCompletion(tx, { ...shared, by: 'course' });
	});
}

/** The night before a day. */
async function publishOn(day: string) {
	app.setNow(new Date(`${day}T02:00:00Z`));
	await settleAll(app);
	await publishAll(app);
}

const countsOf = async (workplace: string) =>
	(await readPublishedCounts(app.db.read, [workplace], 'basic')).get(workplace);

describe('what is published of a house', () => {
	test('is how many have completed, of whom there are', async () => {
		const staff = await fill(org.north, 7);
		for (const one of staff.slice(0, 3)) await complete(one);
		await publishOn(today);
		expect(await countsOf(org.north)).toMatchObject({
			asOf: today,
			isWhole: true,
			counts: { total: 7, valid: 3, byState: { completed: 3, 'not-started': 4 } },
			months: { '2026-03': { valid: 3, total: 7 } }
		});
	});

	test('is nothing where four work', async () => {
		await fill(org.north, 4);
		await publishOn(today);
		expect(await countsOf(org.north)).toBeUndefined();
		expect(await readPublishedCoverage(app.db.read, org.north)).toBeNull();
	});

	test('does not change by the one who finished yesterday, and does after four weeks', async () => {
		const [kim] = await fill(org.north, 7);
		await publishOn(today);
		await complete(kim!, addDays(today, 1));
		for (let day = addDays(today, 1); day < addDays(today, 28); day = addDays(day, 1)) {
			await publishOn(day);
			expect((await countsOf(org.north))?.counts.valid).toBe(0);
		}
		await publishOn(addDays(today, 28));
		expect(await countsOf(org.north)).toMatchObject({
			asOf: addDays(today, 28),
			counts: { valid: 1 },
			months: { '2026-03': { valid: 0 }, '2026-04': { valid: 1 } }
		});
	});

	test('changes after a week where five have finished', async () => {
		const staff = await fill(org.north, 7);
		await publishOn(today);
		for (const one of staff.slice(0, 5)) await complete(one, addDays(today, 1));
		await publishOn(addDays(today, 6));
		expect((await countsOf(org.north))?.counts.valid).toBe(0);
		await publishOn(addDays(today, 7));
		expect((await countsOf(org.north))?.counts.valid).toBe(5);
	});

	test('leaves out a new colleague, and says that somebody is', async () => {
		await fill(org.north, 7);
		await publishOn(today);
		await fill(org.north, 1);
		await publishOn(addDays(today, 30));
		expect(await countsOf(org.north)).toMatchObject({ isWhole: false, counts: { total: 7 } });
	});

	test('is there at once for who asks, and stays for the day', async () => {
		const [kim] = await fill(org.north, 7);
		await settleAll(app);
		await publishIfMissing(app, org.id);
		await complete(kim!);
		await settleAll(app);
		await publishIfMissing(app, org.id);
		expect((await countsOf(org.north))?.counts.valid).toBe(0);
	});
});

test('a whole of several workplaces counts everybody once', async () => {
	await fill(org.north, 7);
	await fill(org.south, 6);
	await publishOn(today);
	const whole = (places: string[]) => readPublishedWhole(app.db.read, org.id, places, 'basic');
	expect((await whole([org.north, org.south]))?.counts.total).toBe(13);
	expect((await whole([org.top, org.south]))?.counts.total).toBe(13);
	expect(await whole([])).toBeNull();
});

test('coverage says in steps how many have completed what teaches an outcome', async () => {
	const staff = await fill(org.north, 10);
	for (const one of staff) await complete(one);
	await publishOn(today);
	const coverage = await readPublishedCoverage(app.db.read, org.north);
	const { outcomes } = app.library.catalogue.framework;
	const share = (id: string, way: 'taught' | 'practised' | 'refreshed') =>
		coverage?.shares[way][outcomes.findIndex((one) => one.id === id)];
	expect(coverage).toMatchObject({ asOf: today, people: 10 });
	// Never all and never none.
	expect(share('TI-K1', 'taught')).toEqual([75, 100]);
	expect(share('TI-K1', 'refreshed')).toEqual([0, 25]);
	expect(share('TS-K1', 'taught')).toEqual([0, 25]);
});

test('doing it twice on a day is doing it once, also at the same time', async () => {
	await fill(org.north, 7);
	await publishOn(today);
	const rows = () => app.db.read.select().from(publishedGroups);
	const before = await rows();
	await Promise.all([publish(app, org.id), publish(app, org.id)]);
	await publish(app, org.id);
	expect(await rows()).toEqual(before);
});
