import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { dataClasses, dataClassNames, type DataClass } from '#lib/access/data-classes.ts';
import { retention } from '#lib/access/retention.ts';
import { makeApp } from '#tests/support/app.ts';
import { listTables } from '#tests/support/changes.ts';

const stores = ['platform', 'private', 'keys'] as const;
const classes: readonly DataClass[] = dataClassNames.map((name) => dataClasses[name]);

test('18.5.2 every table of the stores is in one class, and every class is of tables that are there', () => {
	const { dataDir } = makeApp();
	for (const store of stores) {
		const db = new Database(join(dataDir, `${store}.db`), { readonly: true });
		// What was done to the tables themselves is told of nobody.
		const there = listTables(db).filter((name) => name !== 'migrations');
		const told = classes
			.filter((one) => one.store === store)
			.flatMap(({ tables }) => Object.keys(tables));
		db.close();
		expect(told.toSorted(), store).toEqual(there.toSorted());
	}
});

test('18.5.2 every column that names a person is told, and every one that tells when is there', () => {
	const { dataDir } = makeApp();
	for (const store of stores) {
		const db = new Database(join(dataDir, `${store}.db`), { readonly: true });
		for (const { tables } of classes.filter((one) => one.store === store))
			for (const [table, { people, when }] of Object.entries(tables)) {
				const columns = db.pragma(`table_info("${table}")`) as { name: string }[]; // as SQLite's manual says
				const keys = db.pragma(`foreign_key_list("${table}")`) as { table: string; from: string }[];
				const names = columns.map(({ name }) => name);
				const ofPeople = keys.filter((key) => key.table === 'people').map(({ from }) => from);
				for (const column of ofPeople) expect(people, `${table}.${column}`).toContain(column);
				for (const column of [...people, ...(when ? [when] : [])])
					expect(names, `${table}.${column}`).toContain(column);
			}
		db.close();
	}
});

test('18.5.2 every time that is carried out belongs to a class', () => {
	const kept = new Set(classes.map((one) => one.kept));
	const missing = Object.keys(retention).filter(
		(name) => !kept.has(name as keyof typeof retention)
	);
	expect(missing).toEqual([]);
});
