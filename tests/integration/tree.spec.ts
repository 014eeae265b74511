import fc from 'fast-check';
import { asc } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { audit } from '#lib/audit/tables.server.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { addWorkplace, changeWorkplace } from '#lib/workplaces/change-workplace.server.ts';
import { closeWorkplace, reopenWorkplace } from '#lib/workplaces/close-workplace.server.ts';
import { endAccess } from '#lib/workplaces/leaving.server.ts';
import { listTree } from '#lib/workplaces/list-tree.server.ts';
import { moveWorkplace } from '#lib/workplaces/move-workplace.server.ts';
import { readWorkplace } from '#lib/workplaces/read-workplace.server.ts';
import { workplaceReach, workplaces } from '#lib/workplaces/tables.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';

async function openMunicipality() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const admin = await org.hire('Ada', org.top, 'administrator');
	const other = await makeOrganisation(app, 'Beta');
	const stranger = await other.hire('Bea', other.top, 'administrator');
	return { app, org, admin, other, stranger };
}

const add = async (app: App, actor: Actor, parent: string, name = 'Huset') => {
	const id = newId();
	await addWorkplace(app, actor, { id, parent, name, setting: 'shelter' });
	return id;
};

const eventsOf = async (app: App) =>
	(await app.db.read.select().from(audit).orderBy(asc(audit.position))).map(({ event }) => event);

/** Who reaches what, as the parents say it. */
async function closureOf(app: App): Promise<string[]> {
	const rows = await app.db.read.select().from(workplaces);
	const parentOf = new Map(rows.map(({ id, parent }) => [id, parent]));
	return rows
		.flatMap(({ id }) => {
			const pairs: string[] = [];
			for (let at: string | null | undefined = id; at; at = parentOf.get(at)) {
				if (pairs.length > rows.length) throw new Error('the tree runs in a circle');
				pairs.push(`${at} ${id}`);
			}
			return pairs;
		})
		.sort();
}

async function reachOf(app: App): Promise<string[]> {
	const rows = await app.db.read.select().from(workplaceReach);
	return rows.map(({ above, below }) => `${above} ${below}`).sort();
}

test('an administrator builds a tree, and each step is in the log', async () => {
	const { app, org, admin } = await openMunicipality();
	const house = await add(app, admin, org.north, ' Åhuset ');
	expect(await changeWorkplace(app, admin, house, { name: 'Ø-huset', setting: null })).toEqual({
		fault: null
	});
	await moveWorkplace(app, admin, house, org.south);
	expect(await closeWorkplace(app, admin, house)).toBeNull();
	await reopenWorkplace(app, admin, house);
	const found = (await listTree(app, admin)).find(({ id }) => id === house);
	expect(found).toMatchObject({ name: 'Ø-huset', parent: org.south, depth: 2, closedOn: null });
	expect(await eventsOf(app)).toEqual([
		'workplace.added',
		'workplace.changed',
		'workplace.moved',
		'workplace.closed',
		'workplace.changed'
	]);
});

test('asking twice adds one workplace', async () => {
	const { app, org, admin } = await openMunicipality();
	const form = { id: newId(), parent: org.north, name: 'Huset', setting: null };
	await addWorkplace(app, admin, form);
	await addWorkplace(app, admin, form);
	expect(await eventsOf(app)).toEqual(['workplace.added']);
});

test.each([
	['no name', { name: '  ', setting: null }, 'name-missing'],
	['a name without end', { name: 'a'.repeat(121), setting: null }, 'too-long'],
	['a kind nobody knows', { name: 'Huset', setting: 'castle' }, 'setting-unknown']
] as const)('a workplace with %s is not kept', async (_, form, fault) => {
	const { app, org, admin } = await openMunicipality();
	expect(await addWorkplace(app, admin, { id: newId(), parent: org.top, ...form })).toEqual({
		fault
	});
	expect(await changeWorkplace(app, admin, org.north, form)).toEqual({ fault });
	expect(await eventsOf(app)).toEqual([]);
});

test('whatever is moved, who reaches what is as the parents say', async () => {
	const moves = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 });
	const parents = fc.array(fc.nat(), { minLength: 1, maxLength: 8 });
	const { app, org, admin } = await openMunicipality();
	await fc.assert(
		fc.asyncProperty(parents, moves, async (grown, wanted) => {
			const root = await add(app, admin, org.top);
			const all = [root, org.north];
			for (const parent of grown) all.push(await add(app, admin, all[parent % all.length]!));
			for (const [what, where] of wanted) {
				const [moved, under] = [all[what % all.length]!, all[where % all.length]!];
				const isInto = (await closureOf(app)).includes(`${moved} ${under}`);
				const moving = moveWorkplace(app, admin, moved, under);
				if (isInto) await expect(moving).rejects.toMatchObject({ code: 'conflict' });
				else await moving;
			}
			expect(await reachOf(app)).toEqual(await closureOf(app));
		}),
		{ numRuns: 25 }
	);
}, 60_000);

test('two who move two houses into each other at the same moment make no circle', async () => {
	const { app, org, admin } = await openMunicipality();
	const results = await Promise.allSettled([
		moveWorkplace(app, admin, org.north, org.south),
		moveWorkplace(app, admin, org.south, org.north)
	]);
	expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	expect(await reachOf(app)).toEqual(await closureOf(app));
});

test('a leader above the new place sees what was moved, and the old one does not', async () => {
	const { app, org, admin } = await openMunicipality();
	const house = await add(app, admin, org.north);
	const areaAdmin = await org.hire('Nor', org.north, 'administrator');
	await readWorkplace(app, areaAdmin, house);
	await moveWorkplace(app, admin, house, org.south);
	await expect(readWorkplace(app, areaAdmin, house)).rejects.toMatchObject({ code: 'not-found' });
});

describe('a workplace', () => {
	test('where somebody works, or with an open one below, is not closed, and it is told why', async () => {
		const { app, org, admin } = await openMunicipality();
		const house = await add(app, admin, org.north);
		const kim = await org.hire('Kim', org.north);
		expect(await closeWorkplace(app, admin, org.north)).toEqual({ people: 1, below: 1 });
		await endAccess(app, admin, kim.person, '2026-03-14');
		await closeWorkplace(app, admin, house);
		expect(await closeWorkplace(app, admin, org.north)).toBeNull();
		await expect(reopenWorkplace(app, admin, house)).rejects.toMatchObject({
			message: 'closed-above'
		});
	});

	test('takes the roles held there with it', async () => {
		const { app, org, admin } = await openMunicipality();
		const lea = await org.hire('Lea', org.south, 'leader', org.north);
		await closeWorkplace(app, admin, org.north);
		await reopenWorkplace(app, admin, org.north);
		expect((await readWorkplace(app, admin, org.north)).roles).toEqual([]);
		expect(await eventsOf(app)).toContain('role.withdrawn');
		expect(lea.grants).toHaveLength(1);
	});

	test('at the top is neither moved nor closed', async () => {
		const { app, org, admin } = await openMunicipality();
		for (const asked of [
			() => moveWorkplace(app, admin, org.top, org.north),
			() => closeWorkplace(app, admin, org.top)
		])
			await expect(asked()).rejects.toMatchObject({ code: 'conflict', message: 'top' });
	});

	test('is not moved or closed by who administers it alone', async () => {
		const { app, org } = await openMunicipality();
		const areaAdmin = await org.hire('Nor', org.south, 'administrator', org.north);
		for (const asked of [
			() => moveWorkplace(app, areaAdmin, org.north, org.north),
			() => moveWorkplace(app, areaAdmin, org.north, org.south),
			() => closeWorkplace(app, areaAdmin, org.north)
		])
			await expect(asked()).rejects.toMatchObject({ code: 'not-found' });
	});
});

/** Everything that can be done to a tree, with places of an organisation. */
const deeds: readonly [
	name: string,
	(app: App, actor: Actor, at: string, to: string) => unknown
][] = [
	['look at', (app, actor, at) => readWorkplace(app, actor, at)],
	[
		'add below',
		(app, actor, at) =>
			addWorkplace(app, actor, { id: newId(), parent: at, name: 'X', setting: null })
	],
	['rename', (app, actor, at) => changeWorkplace(app, actor, at, { name: 'X', setting: null })],
	['move', (app, actor, at, to) => moveWorkplace(app, actor, at, to)],
	['close', (app, actor, at) => closeWorkplace(app, actor, at)],
	['reopen', (app, actor, at) => reopenWorkplace(app, actor, at)]
];

describe('8.4.1 nobody can', () => {
	test.each(deeds)('%s a workplace of another organisation', async (_, deed) => {
		const { app, org, stranger } = await openMunicipality();
		const before = await app.db.read.select().from(workplaces);
		await expect(deed(app, stranger, org.north, org.south)).rejects.toMatchObject({
			code: 'not-found'
		});
		expect(await app.db.read.select().from(workplaces)).toEqual(before);
	});

	test('move a workplace into another organisation, or take one from there', async () => {
		const { app, org, admin, other } = await openMunicipality();
		for (const [what, where] of [
			[org.north, other.north],
			[other.north, org.north]
		] as const)
			await expect(moveWorkplace(app, admin, what, where)).rejects.toBeInstanceOf(DomainError);
	});

	test.each(['staff', 'key-staff', 'leader', 'peer-supporter', 'editor'] as const)(
		'change the tree as %s',
		async (role) => {
			const { app, org } = await openMunicipality();
			const kim = await org.hire('Kim', org.top, role);
			for (const [, deed] of deeds)
				await expect(deed(app, kim, org.north, org.south)).rejects.toMatchObject({
					code: 'forbidden'
				});
			await expect(listTree(app, kim)).rejects.toMatchObject({ code: 'forbidden' });
		}
	);
});
