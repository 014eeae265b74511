import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { makeApp } from '#tests/support/app.ts';

interface Row {
	name: string;
	from: string;
	seqno: number;
}

/**
 * Deleting a row looks for what hangs on it in every table that refers to it; without an index on the
 * column that refers, that is a walk through the whole table for each row.
 */
test('what refers to something else is found by an index', () => {
	const { dataDir } = makeApp();
	const missing: string[] = [];
	for (const store of ['platform', 'private', 'keys']) {
		const database = new Database(join(dataDir, `${store}.db`), { readonly: true });
		const ask = (text: string, ...values: string[]) =>
			database.prepare<string[], Row>(text).all(...values);
		for (const { name: table } of ask(`SELECT name FROM sqlite_schema WHERE type = 'table'`)) {
			const indexed = ask(
				`SELECT info.name FROM pragma_index_list(?) AS list
				JOIN pragma_index_info(list.name) AS info WHERE info.seqno = 0`,
				table
			).map(({ name }) => name);
			for (const { from } of ask(`SELECT "from" FROM pragma_foreign_key_list(?)`, table))
				if (!indexed.includes(from)) missing.push(`${table}.${from}`);
		}
		database.close();
	}
	expect(missing).toEqual([]);
});
