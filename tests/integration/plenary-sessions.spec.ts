import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { newId } from '#lib/id.ts';
import { keepAgreements } from '#lib/plenary/agreements.server.ts';
import type { SessionDraft } from '#lib/plenary/session-plan.ts';
import {
	cancelSession,
	changePlan,
	findLedSession,
	findSession,
	listSessions,
	planSession,
	viewSession
} from '#lib/plenary/sessions.server.ts';
import { agreements } from '#lib/plenary/tables.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';

async function makeHouse() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const kim = await org.hire('Kim Holm', org.north, 'key-staff');
	const una = await org.hire('Una Vang', org.north, 'key-staff');
	const sol = await org.hire('Sol Berg', org.south, 'key-staff');
	const lea = await org.hire('Lea Lund', org.north, 'leader');
	const bo = await org.hire('Bo Bech', org.north);
	const draft: SessionDraft = {
		kind: 'exercise',
		title: 'At the hatch',
		workplace: org.north,
		others: [],
		scenario: 's1-reception',
		modules: ['basis/first-words'],
		runSheet: [{ minutes: 5, heading: 'Frame', words: 'Good that you came.' }],
		startsAt: new Date('2026-03-20T13:00:00Z'),
		minutes: 60,
		place: 'The dining room',
		locale: 'da',
		follows: null,
		helpers: []
	};
	draft.scenario = app.library.scenarios[0]?.slug ?? null;
	const [course] = app.library.catalogue.courses;
	draft.modules = [`${course?.slug}/${course?.modules[0]?.slug}`];
	return { app, org, kim, una, sol, lea, bo, draft };
}

async function plan(world: Awaited<ReturnType<typeof makeHouse>>, change = {}): Promise<string> {
	const planned = await planSession(world.app, world.kim, {
		...world.draft,
		...change,
		id: newId()
	});
	if (planned.fault !== null) throw new Error(planned.fault);
	return planned.id;
}

const refused = (code: string): unknown => expect.objectContaining({ code });

describe('a session of a house', () => {
	test('is planned once, however often the form is sent', async () => {
		const { app, kim, draft } = await makeHouse();
		const id = newId();
		await planSession(app, kim, { ...draft, id });
		await planSession(app, kim, { ...draft, id });
		expect(await listSessions(app, kim)).toMatchObject([
			{ id, state: 'planned', own: 'facilitator', revision: 1 }
		]);
	});

	test('may be led by its facilitator, by key staff of the house and by a co-facilitator', async () => {
		const world = await makeHouse();
		const { app, kim, una, sol } = world;
		const id = await plan(world, { helpers: [{ person: sol.person, role: 'co-facilitator' }] });
		expect((await findLedSession(app, kim, id)).own).toBe('facilitator');
		expect((await findLedSession(app, una, id)).own).toBe('key-staff');
		expect((await findLedSession(app, sol, id)).own).toBe('co-facilitator');
	});

	test('is looked at and not led by an observer', async () => {
		const world = await makeHouse();
		const { app, bo } = world;
		const id = await plan(world, { helpers: [{ person: bo.person, role: 'observer' }] });
		expect((await findSession(app, bo, id)).mayLead).toBe(false);
		expect(await listSessions(app, bo)).toHaveLength(1);
		await expect(findLedSession(app, bo, id)).rejects.toThrow(refused('forbidden'));
		await expect(cancelSession(app, bo, id)).rejects.toThrow(refused('forbidden'));
	});

	test('does not exist for key staff of another house, and is forbidden to everybody else', async () => {
		const world = await makeHouse();
		const { app, sol, lea, bo } = world;
		const id = await plan(world);
		await expect(findSession(app, sol, id)).rejects.toThrow(refused('not-found'));
		await expect(findSession(app, lea, id)).rejects.toThrow(refused('forbidden'));
		await expect(listSessions(app, bo)).rejects.toThrow(refused('forbidden'));
		await expect(planSession(app, sol, { ...world.draft, id: newId() })).rejects.toThrow(
			refused('not-found')
		);
	});

	test('as a rehearsal is its facilitator’s alone', async () => {
		const world = await makeHouse();
		const { app, kim, una } = world;
		const id = await plan(world, { rehearsal: true });
		expect(await findSession(app, kim, id)).toMatchObject({ rehearsal: true, mayLead: true });
		await expect(findSession(app, una, id)).rejects.toThrow(refused('not-found'));
		expect(await listSessions(app, kim)).toEqual([]);
	});

	test('tells who leads, who helps and which houses are asked along', async () => {
		const world = await makeHouse();
		const { app, org, kim, bo } = world;
		const id = await plan(world, {
			others: [org.south],
			helpers: [{ person: bo.person, role: 'observer' }]
		});
		expect(await viewSession(app, kim, id)).toMatchObject({
			house: { name: 'Acme north' },
			facilitatorName: 'Kim Holm',
			others: [{ name: 'Acme south' }],
			helpers: [{ name: 'Bo Bech', role: 'observer' }]
		});
	});

	test('counts a new time as a new revision, and a new heading as none', async () => {
		const world = await makeHouse();
		const { app, kim, draft } = world;
		const id = await plan(world);
		await changePlan(app, kim, id, { ...draft, title: 'First words' });
		expect((await findSession(app, kim, id)).revision).toBe(1);
		await changePlan(app, kim, id, { ...draft, startsAt: new Date('2026-03-21T13:00:00Z') });
		expect((await findSession(app, kim, id)).revision).toBe(2);
	});

	test('keeps who helps and what they told when the plan changes', async () => {
		const world = await makeHouse();
		const { app, kim, bo, una, draft } = world;
		const id = await plan(world, { helpers: [{ person: bo.person, role: 'observer' }] });
		const helpers = [
			{ person: bo.person, role: 'co-facilitator' as const },
			{ person: una.person, role: 'observer' as const }
		];
		await changePlan(app, kim, id, { ...draft, helpers });
		const view = await viewSession(app, kim, id);
		expect(view.helpers.map(({ name, role }) => [name, role]).toSorted()).toEqual([
			['Bo Bech', 'co-facilitator'],
			['Una Vang', 'observer']
		]);
	});

	test('that is called off is not changed any more, and called off once', async () => {
		const world = await makeHouse();
		const { app, kim, draft } = world;
		const id = await plan(world);
		await cancelSession(app, kim, id);
		await cancelSession(app, kim, id);
		expect(await findSession(app, kim, id)).toMatchObject({ state: 'cancelled', revision: 2 });
		await expect(changePlan(app, kim, id, draft)).rejects.toThrow(refused('conflict'));
	});

	test.each([
		['title', { title: ' ' }],
		['minutes', { minutes: 5 }],
		['time', { startsAt: new Date('2020-01-01T12:00:00Z') }],
		['time', { startsAt: new Date(NaN) }],
		['run-sheet', { runSheet: [] }],
		['scenario', { scenario: 'no-such-story' }],
		['modules', { modules: ['basis/no-such-module'] }],
		['helpers', { others: ['no-such-house'] }],
		['helpers', { helpers: [{ person: 'nobody', role: 'observer' as const }] }]
	])('is not planned with a fault in its %s', async (fault, change) => {
		const { app, kim, draft } = await makeHouse();
		expect(await planSession(app, kim, { ...draft, ...change, id: newId() })).toEqual({ fault });
	});

	test('asks along nobody and no house of another organisation', async () => {
		const { app, kim, draft } = await makeHouse();
		const beyond = await makeOrganisation(app, 'Beyond');
		const ida = await beyond.hire('Ida', beyond.north);
		const others = [beyond.north];
		const helpers = [{ person: ida.person, role: 'observer' as const }];
		expect(await planSession(app, kim, { ...draft, others, id: newId() })).toEqual({
			fault: 'helpers'
		});
		expect(await planSession(app, kim, { ...draft, helpers, id: newId() })).toEqual({
			fault: 'helpers'
		});
	});
});

describe('what a room agreed on', () => {
	const agreed = {
		hereWe: ['Here we say our name first', ' ', 'Here we knock and wait'],
		change: { body: 'Mend the lamp', owner: 'Kim', due: '2026-04-01' }
	};

	test('is kept once for the house, in its order, with the change last', async () => {
		const world = await makeHouse();
		const { app, org } = world;
		const id = await plan(world);
		const session = { id, workplace: org.north, rehearsal: false };
		await app.db.write((tx) => keepAgreements(tx, session, agreed, '2026-03-20'));
		await app.db.write((tx) => keepAgreements(tx, session, agreed, '2026-03-20'));
		const rows = await app.db.read
			.select()
			.from(agreements)
			.where(eq(agreements.workplace, org.north))
			.orderBy(agreements.position);
		expect(rows).toMatchObject([
			{ kind: 'here-we', body: 'Here we say our name first', position: 1 },
			{ kind: 'here-we', body: 'Here we knock and wait', position: 2 },
			{ kind: 'change', body: 'Mend the lamp', owner: 'Kim', due: '2026-04-01', position: 3 }
		]);
	});

	test('at a rehearsal is kept for nobody', async () => {
		const world = await makeHouse();
		const { app, org } = world;
		const id = await plan(world, { rehearsal: true });
		const session = { id, workplace: org.north, rehearsal: true };
		await app.db.write((tx) => keepAgreements(tx, session, agreed, '2026-03-20'));
		expect(await app.db.read.select().from(agreements)).toEqual([]);
	});
});
