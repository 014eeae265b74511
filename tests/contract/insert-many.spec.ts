import { expect, test } from 'vitest';
import { insertOrganisation } from '#lib/identity/people.server.ts';
import { headcounts } from '#lib/completion/tables.server.ts';
import { people } from '#lib/identity/tables.server.ts';
import { imports, importRows } from '#lib/workplaces/tables.server.ts';
import { insertMany, readMany, upsertMany } from '#lib/server/db/insert-many.ts';
import { inArray } from 'drizzle-orm';
import { makeApp } from '#tests/support/app.ts';
import { makeOrganisation } from '#tests/support/world.ts';

const acme = { id: 'acme', name: 'Acme', createdAt: new Date(0), isDemonstration: false };

const person = (index: number) => ({
	id: `person ${index}`,
	organisation: 'acme',
	name: `Person ${index}`,
	email: index % 3 === 0 ? null : `${index}@acme.example`,
	searchText: '',
	...(index % 2 === 0 && { username: `user-${index}` })
});

test.each([0, 1, 99, 1234])('of %i rows each is there as it was given', async (count) => {
	const { db } = makeApp();
	const rows = Array.from({ length: count }, (_, index) => person(index));
	await db.write(async (tx) => {
		await insertOrganisation(tx, acme);
		await insertMany(tx, people, rows);
	});
	const found = await readMany(
		rows.map(({ id }) => id),
		(ids) => db.read.select().from(people).where(inArray(people.id, ids))
	);
	const nothing = {
		username: null,
		employeeId: null,
		locale: null,
		closedOn: null,
		erasedOn: null,
		hasNewAddress: null
	};
	expect(new Set(found.map((row) => JSON.stringify(Object.entries(row).sort())))).toEqual(
		new Set(rows.map((row) => JSON.stringify(Object.entries({ ...nothing, ...row }).sort())))
	);
});

test('values of other kinds than text come back as they were', async () => {
	const { db } = makeApp();
	const change = { name: 'Åse', list: [1, null, 'x'] };
	await db.write(async (tx) => {
		await insertOrganisation(tx, acme);
		const madeAt = new Date(5);
		const shared = { organisation: 'acme', kind: 'people', state: 'reading', counts: {}, madeAt };
		await insertMany(tx, imports, [{ ...shared, id: 'one', madeBy: null }]);
		await insertMany(tx, importRows, [
			{ import: 'one', position: 1, line: 2, outcome: 'new', change },
			{ import: 'one', position: 2, line: 3, outcome: 'changed', change, before: change }
		]);
	});
	expect((await db.read.select().from(imports))[0]?.madeAt).toEqual(new Date(5));
	const rows = await db.read.select().from(importRows);
	expect(rows.map(({ change, before }) => ({ change, before }))).toEqual([
		{ change, before: null },
		{ change, before: change }
	]);
});

test('what is there already is replaced, or added to, and the rest comes new', async () => {
	const app = makeApp();
	const { db } = app;
	const { north } = await makeOrganisation(app, 'Acme');
	const roles = Array.from({ length: 300 }, (_, index) => `role ${index}`);
	const rowsOf = (people: number, some = roles) =>
		some.map((role) => ({ workplace: north, role, people }));
	await db.write(async (tx) => {
		await upsertMany(tx, headcounts, rowsOf(1), ['workplace', 'role'], 'add');
		await upsertMany(tx, headcounts, rowsOf(2), ['workplace', 'role'], 'add');
		await upsertMany(
			tx,
			headcounts,
			rowsOf(7, ['role 5', 'new']),
			['workplace', 'role'],
			'replace'
		);
	});
	const found = await db.read.select().from(headcounts);
	expect(found).toHaveLength(301);
	expect(found.filter(({ people }) => people === 3)).toHaveLength(299);
	const replaced = found.filter(({ people }) => people === 7);
	expect(replaced.map(({ role }) => role).sort()).toEqual(['new', 'role 5']);
});
