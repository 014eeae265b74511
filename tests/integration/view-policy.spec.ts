import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { audit } from '#lib/audit/tables.server.ts';
import {
	insertCourseCompletion,
	insertModuleCompletion
} from '#lib/completion/completions.server.ts';
import { decideViewPolicy } from '#lib/workplaces/view-policies.server.ts';
import { makeApp, type TestApp } from '#tests/support/app.ts';
import { makeEvent } from '#tests/support/event.ts';
import { readTeam, readTeamPeople } from '#tests/support/team.ts';
import { makeOrganisation, type TestOrganisation } from '#tests/support/world.ts';
import { load as loadPeople } from '../../src/routes/team/[workplace]/people/+page.server.ts';
import { GET as getReport } from '../../src/routes/team/[workplace]/report.csv/+server.ts';
import { load as loadTeam } from '../../src/routes/team/+page.server.ts';
import { load as loadHouse } from '../../src/routes/team/[workplace]/+page.server.ts';

type Answering = (event: never) => unknown;

let app: TestApp;
let org: TestOrganisation;
let admin: Actor;
let lea: Actor;

beforeEach(async () => {
	app = makeApp();
	org = await makeOrganisation(app, 'Acme');
	admin = await org.hire('Ada', org.top, 'administrator');
	lea = await org.hire('Lea', org.top, 'leader');
});

/** So many people in a house, of whom some have completed the course. */
async function fill(workplace: string, total: number, completed: number, day = '2026-03-01') {
	const staff: Actor[] = [];
	for (let count = 0; count < total; count += 1) {
		const kim = await org.hire(`Kim ${staff.length} ${workplace}`, workplace);
		staff.push(kim);
		if (count < completed) await complete(kim, day);
	}
	return staff;
}

async function complete({ person }: Actor, day: string) {
	const shared = {
		person,
		course: 'basic',
		version: 'v',
		day,
		source: 'learned' as const,
		cycle: 1,
		by: 'course' as const
	};
	const [module] = app.library.catalogue.course('basic')!.modules;
	await app.db.write(async (tx) => {
		await insertModuleCompletion(tx, { ...shared, module: module!.slug });
		await insertCourseCompletion(tx, shared);
	});
}

const ask = (load: Answering, workplace: string, url = '/team') =>
	Promise.resolve(
		load(makeEvent(app, { actor: lea, params: { workplace }, url }) as never)
	) as Promise<{ team: { counts: { total: number }; workplaces: { id: string }[] } }>;

const on = (day: string) => app.setNow(new Date(`${day}T09:00:00Z`));

describe('where only counts are shown', () => {
	test('no page for leaders holds a name, and those that are of names are refused', async () => {
		await fill(org.north, 6, 3);
		await fill(org.south, 6, 0);
		await fill(org.top, 5, 0);
		await decideViewPolicy(app, admin, 'counts');
		for (const load of [loadTeam, loadHouse]) {
			const team = JSON.stringify(await ask(load as Answering, org.north));
			expect(team).not.toContain('Kim');
			expect(team).toContain('"completed":3');
		}
		for (const load of [loadPeople, getReport])
			await expect(ask(load as Answering, org.north)).rejects.toMatchObject({
				status: 403,
				body: { reason: 'counts-only' }
			});
		await expect(readTeamPeople(app, lea, { workplace: org.north })).rejects.toMatchObject({
			code: 'forbidden'
		});
	});

	test('no filter but the workplace changes what is told', async () => {
		await fill(org.north, 6, 3);
		await fill(org.top, 5, 0);
		await decideViewPolicy(app, admin, 'counts');
		const plain = await ask(loadHouse as Answering, org.north);
		const filtered = await ask(
			loadHouse as Answering,
			org.north,
			'/team?state=completed&sort=state&page=2'
		);
		expect(plain.team.counts.total).toBe(6);
		expect(filtered.team.counts).toEqual(plain.team.counts);
		expect(JSON.stringify(filtered)).not.toContain('Kim');
	});

	test('a house of four is not counted, nor is the rest that would give it away', async () => {
		await fill(org.north, 6, 3);
		await fill(org.south, 4, 1);
		await decideViewPolicy(app, admin, 'counts');
		const whole = await readTeam(app, lea, 'basic', null);
		// Ada and Lea work at the top: 6 + 4 + 2, and less the six of the north six are left.
		expect(whole.units.map(({ id }) => id)).toEqual([org.top, org.north]);
		const south = await readTeam(app, lea, 'basic', org.south);
		expect(south).toMatchObject({ counts: { total: 0 }, units: [], isWhole: false });
	});

	test('two houses that leave three are not both told, wherever one looks from', async () => {
		await fill(org.north, 8, 3);
		await fill(org.south, 7, 1);
		await decideViewPolicy(app, admin, 'counts');
		const sue = await org.hire('Sue', org.south, 'leader');
		const nor = await org.hire('Nor', org.north, 'leader');
		// Ada and Lea work at the top itself.
		const whole = await readTeam(app, lea, 'basic', null);
		const [top, told, ...rest] = whole.units.map(({ id }) => id);
		expect([top, rest]).toEqual([org.top, []]);
		for (const [leader, house] of [
			[nor, org.north],
			[sue, org.south]
		] as const) {
			const isTold = (await readTeam(app, leader, 'basic', house)).counts.total > 0;
			expect(isTold).toBe(house === told);
			expect((await readTeam(app, leader, 'basic', null)).counts.total > 0).toBe(isTold);
		}
	});

	test('8.4.1 a stranger and a leader of another house get none of them', async () => {
		await fill(org.north, 6, 3);
		await decideViewPolicy(app, admin, 'counts');
		const other = await makeOrganisation(app, 'Beta');
		const bea = await other.hire('Bea', other.top, 'leader');
		const sue = await org.hire('Sue', org.south, 'leader');
		for (const actor of [bea, sue])
			await expect(readTeam(app, actor, 'basic', org.north)).rejects.toMatchObject({
				code: 'not-found'
			});
		// What one organisation decides is not decided for another.
		expect((await readTeam(app, bea, 'basic', null)).policy.shows).toBe('names');
	});
});

describe('showing names again', () => {
	test('waits for fourteen days, and then holds onward only', async () => {
		const [before, after] = (await fill(org.north, 6, 1)) as [Actor, Actor];
		await decideViewPolicy(app, admin, 'counts');
		const { next } = await decideViewPolicy(app, admin, 'names');
		expect(next).toMatchObject({ announcedOn: '2026-03-14', effectiveOn: '2026-03-28' });
		on('2026-03-27');
		await expect(readTeamPeople(app, lea, { workplace: org.north })).rejects.toMatchObject({
			code: 'forbidden'
		});

		on('2026-03-28');
		await complete(after, '2026-03-28');
		const report = await readTeam(app, lea, 'basic', org.north);
		expect(report.policy).toMatchObject({ shows: 'names', since: '2026-03-28' });
		const { people } = await readTeamPeople(app, lea, { workplace: org.north });
		const stateOf = ({ person }: Actor) => people.find((one) => one.person === person);
		expect(stateOf(before)).toMatchObject({ state: 'not-started', completedOn: null });
		expect(stateOf(before)).toMatchObject({ modulesCompleted: 0 });
		expect(stateOf(after)).toMatchObject({ state: 'completed', completedOn: '2026-03-28' });
		expect(report.counts).toMatchObject({ total: 6, valid: 1 });
	});

	test('is dropped by deciding otherwise before it holds', async () => {
		await decideViewPolicy(app, admin, 'counts');
		await decideViewPolicy(app, admin, 'names');
		on('2026-03-20');
		expect(await decideViewPolicy(app, admin, 'counts')).toEqual({
			shows: 'counts',
			since: '2026-03-14',
			next: null
		});
		on('2026-04-20');
		expect((await readTeam(app, lea, 'basic', null)).policy.shows).toBe('counts');
		const log = await app.db.read.select().from(audit).where(eq(audit.event, 'policy.decided'));
		expect(log.map(({ detail }) => detail)).toEqual([
			{ shows: 'counts' },
			{ shows: 'names' },
			{ shows: 'counts' }
		]);
	});
});

test('8.4.1 what leaders see is decided by who administers the whole organisation alone', async () => {
	const area = await org.hire('Nor', org.north, 'administrator');
	await expect(decideViewPolicy(app, area, 'counts')).rejects.toMatchObject({ code: 'not-found' });
	for (const role of ['staff', 'leader', 'key-staff', 'editor', 'peer-supporter'] as const) {
		const kim = await org.hire('Kim', org.top, role);
		await expect(decideViewPolicy(app, kim, 'counts')).rejects.toMatchObject({ code: 'forbidden' });
	}
	const other = await makeOrganisation(app, 'Beta');
	await decideViewPolicy(app, await other.hire('Bea', other.top, 'administrator'), 'counts');
	expect((await readTeam(app, lea, 'basic', null)).policy.shows).toBe('names');
});
