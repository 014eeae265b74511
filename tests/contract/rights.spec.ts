import fc from 'fast-check';
import { expect, test } from 'vitest';
import { can } from '#lib/access/rights.ts';
import { roles, rolesThatMay, type Permission } from '#lib/access/roles.ts';
import { newId } from '#lib/id.ts';
import { insertOrganisation, insertPerson } from '#lib/identity/people.server.ts';
import { findActor } from '#lib/workplaces/actor.server.ts';
import {
	findPlace,
	grantRole,
	insertWorkplace,
	listWorkplacesWhere
} from '#lib/workplaces/tree.server.ts';
import { makeApp } from '#tests/support/app.ts';
import { isPglite } from '#tests/support/stores.ts';

const permissions = Object.keys(rolesThatMay) as Permission[]; // the table names each

/** Two organisations as lists of parents (each an earlier workplace, or the top), and grants by index. */
const world = fc.record({
	trees: fc.tuple(
		...[0, 1].map(() => fc.array(fc.nat({ max: 8 }), { minLength: 1, maxLength: 9 }))
	),
	grants: fc.array(fc.tuple(fc.constantFrom(...roles), fc.nat({ max: 17 })), { maxLength: 5 })
});

test('what a person may see in boolean form is what they find in query form', async () => {
	const app = makeApp();
	await fc.assert(
		fc.asyncProperty(world, async ({ trees, grants }) => {
			const all: string[] = [];
			const person = newId();
			await app.db.write(async (tx) => {
				for (const [index, parents] of trees.entries()) {
					const organisation = newId();
					await insertOrganisation(tx, {
						id: organisation,
						name: `organisation ${index}`,
						createdAt: app.now(),
						isDemonstration: false
					});
					const own: string[] = [];
					for (const parent of parents) {
						const id = newId();
						const above = own.length > 0 ? own[parent % own.length]! : null;
						await insertWorkplace(tx, { id, organisation, parent: above, name: id, setting: null });
						own.push(id);
					}
					all.push(...own);
					if (index > 0) continue;
					const email = `${person}@acme.example`;
					await insertPerson(tx, { id: person, organisation, name: 'Kim', email, locale: null });
				}
				for (const [role, index] of grants) {
					const workplace = all[index % all.length]!;
					await grantRole(tx, { id: newId(), person, role, workplace });
				}
			});
			const actor = (await findActor(app.db.read, person))!;
			for (const permission of permissions) {
				const found = await listWorkplacesWhere(app.db.read, actor, permission);
				const allowed: string[] = [];
				for (const id of all) {
					const place = (await findPlace(app.db.read, id))!;
					if (can(actor, permission, place)) allowed.push(id);
				}
				expect(found.map(({ id }) => id).sort()).toEqual(allowed.sort());
			}
		}),
		// The same queries each time; how often says nothing more of the engine, and this one is slow.
		{ numRuns: isPglite ? 15 : 60 }
	);
});
