import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Actor } from '#lib/access/actor.ts';
import { givenRoles, permissionToGive, type GivenRole } from '#lib/access/naming.ts';
import { can } from '#lib/access/rights.ts';
import { roles } from '#lib/access/roles.ts';
import type { App } from '#lib/app.ts';
import { newId } from '#lib/id.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';
import { endAccess } from '#lib/workplaces/leaving.server.ts';
import { giveRole, withdrawRole } from '#lib/workplaces/roles.server.ts';
import { grants } from '#lib/workplaces/tables.server.ts';
import { findPlace, grantRole } from '#lib/workplaces/tree.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';

async function openMunicipality() {
	const app = makeApp();
	const org = await makeOrganisation(app, 'Acme');
	const admin = await org.hire('Ada', org.top, 'administrator');
	const lea = await org.hire('Lea', org.north, 'leader');
	const kim = await org.hire('Kim', org.north);
	const other = await makeOrganisation(app, 'Beta');
	return { app, org, admin, lea, kim, other };
}

const renew = async (app: App, { person }: Actor) => (await findActor(app.db.read, person))!;

const grantOf = async (app: App, { person }: Actor) =>
	(await app.db.read.select().from(grants)).find((one) => one.person === person)!.id;

test('a leader names key staff of the own house, and takes the role back', async () => {
	const { app, org, lea, kim } = await openMunicipality();
	await giveRole(app, lea, kim.person, { role: 'key-staff', workplace: org.north });
	await giveRole(app, lea, kim.person, { role: 'key-staff', workplace: org.north });
	expect((await renew(app, kim)).grants).toEqual([{ role: 'key-staff', workplace: org.north }]);
	const grant = await grantOf(app, kim);
	await withdrawRole(app, lea, kim.person, grant);
	await withdrawRole(app, lea, kim.person, grant);
	expect((await renew(app, kim)).grants).toEqual([]);
});

test.each(['leader', 'editor', 'administrator'] as const)(
	'a leader makes nobody %s, not even themself',
	async (role) => {
		const { app, org, lea, kim } = await openMunicipality();
		for (const { person } of [kim, lea])
			await expect(
				giveRole(app, lea, person, { role, workplace: org.north })
			).rejects.toMatchObject({ code: 'forbidden' });
	}
);

test('8.4.1 a role is given to nobody elsewhere, and at no place elsewhere', async () => {
	const { app, org, admin, lea, kim, other } = await openMunicipality();
	const stranger = await other.hire('Bea', other.north, 'key-staff');
	const sam = await org.hire('Sam', org.south);
	const asked = [
		() => giveRole(app, lea, sam.person, { role: 'key-staff', workplace: org.north }),
		() => giveRole(app, lea, kim.person, { role: 'key-staff', workplace: org.south }),
		() => giveRole(app, lea, kim.person, { role: 'key-staff', workplace: org.top }),
		() => giveRole(app, admin, stranger.person, { role: 'leader', workplace: org.north }),
		() => giveRole(app, admin, kim.person, { role: 'leader', workplace: other.north })
	];
	for (const ask of asked) await expect(ask()).rejects.toMatchObject({ code: 'not-found' });
	await expect(
		withdrawRole(app, admin, stranger.person, await grantOf(app, stranger))
	).rejects.toMatchObject({ code: 'not-found' });
	expect((await renew(app, stranger)).grants).toHaveLength(1);
});

describe('the last administrator of an organisation', () => {
	test('keeps the role, and does not leave', async () => {
		const { app, org, admin, kim } = await openMunicipality();
		const grant = await grantOf(app, admin);
		const last = { code: 'conflict', message: 'last-administrator' };
		await expect(withdrawRole(app, admin, admin.person, grant)).rejects.toMatchObject(last);
		await expect(endAccess(app, admin, admin.person, '2026-03-14')).rejects.toMatchObject(last);
		// Who administers a part does not do for the whole.
		await giveRole(app, admin, kim.person, { role: 'administrator', workplace: org.north });
		await expect(withdrawRole(app, admin, admin.person, grant)).rejects.toMatchObject(last);
		await giveRole(app, admin, kim.person, { role: 'administrator', workplace: org.top });
		await withdrawRole(app, admin, admin.person, grant);
		expect((await renew(app, admin)).grants).toEqual([]);
	});

	test('is still there when the two last ones withdraw each other at once', async () => {
		const { app, org, admin } = await openMunicipality();
		const bob = await org.hire('Bob', org.top, 'administrator');
		const [one, two] = [await grantOf(app, admin), await grantOf(app, bob)];
		const done = await Promise.allSettled([
			withdrawRole(app, admin, bob.person, two),
			withdrawRole(app, bob, admin.person, one)
		]);
		expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	});
});

test('whoever holds what, nobody gives a role where they could not, and nobody comes to reach further than who gave', async () => {
	const { app, org, kim, other } = await openMunicipality();
	const places = [org.top, org.north, org.south, other.top, other.north];
	const giving = fc.record({
		held: fc.array(fc.tuple(fc.constantFrom(...roles), fc.nat({ max: 2 })), { maxLength: 3 }),
		role: fc.constantFrom<GivenRole>(...givenRoles),
		at: fc.nat({ max: 4 })
	});
	await fc.assert(
		fc.asyncProperty(giving, async ({ held, role, at }) => {
			const giver = await org.hire('Gry', org.south);
			for (const [each, index] of held)
				await app.db.write((tx) =>
					grantRole(tx, {
						id: newId(),
						person: giver.person,
						role: each,
						workplace: places[index]!
					})
				);
			const actor = await renew(app, giver);
			const workplace = places[at]!;
			const whom = await org.hire('Ny', org.north);
			const place = (await findPlace(app.db.read, workplace))!;
			const mayGive = can(actor, permissionToGive(role), place);
			const reaches = can(actor, 'people.read', { reachedFrom: [org.top, org.north] });
			const done = await giveRole(app, actor, whom.person, { role, workplace }).then(
				() => true,
				() => false
			);
			expect(done).toBe(mayGive && reaches);
			expect((await renew(app, whom)).grants).toEqual(done ? [{ role, workplace }] : []);
		}),
		{ numRuns: 60 }
	);
	expect(kim.grants).toEqual([]);
}, 60_000);
