import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';

const stores = ['platform', 'private', 'keys'] as const;

/** Looks at the files of an app from outside, to tell whether anything in them has changed. */
export class ChangeWatch {
	readonly #files: { name: string; db: Database.Database }[];
	#marks: number[] = [];
	#before = new Map<string, string>();

	constructor(dataDir: string) {
		this.#files = stores.map((name) => ({
			name,
			db: new Database(join(dataDir, `${name}.db`), { readonly: true })
		}));
		this.begin();
	}

	close(): void {
		for (const { db } of this.#files) db.close();
	}

	/** What stands there from now on is what is compared with. */
	begin(): void {
		this.#before = this.#read();
		this.#marks = this.#readMarks();
	}

	/** The tables whose rows are not what they were, `store.table`. */
	changed(): string[] {
		const marks = this.#readMarks();
		// SQLite counts what others have committed: where nobody has, no row needs to be read.
		if (marks.every((mark, at) => mark === this.#marks[at])) return [];
		this.#marks = marks;
		const now = this.#read();
		return [...now].flatMap(([table, rows]) => (this.#before.get(table) === rows ? [] : [table]));
	}

	#readMarks(): number[] {
		return this.#files.map(({ db }) => db.pragma('data_version', { simple: true }) as number); // a number by SQLite's manual
	}

	#read(): Map<string, string> {
		return new Map(
			this.#files.flatMap(({ name, db }) =>
				listTables(db).map((table): [string, string] => [`${name}.${table}`, hashRows(db, table)])
			)
		);
	}
}

/** The tables of a file that hold what people have put there. */
export function listTables(db: Database.Database): string[] {
	const rows = db
		.prepare("select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'")
		.all() as { name: string }[]; // the columns that are asked for
	return rows.map(({ name }) => name).filter((name) => !name.startsWith('__'));
}

function hashRows(db: Database.Database, table: string): string {
	const hash = createHash('sha256');
	const rows = db.prepare(`select * from "${table}"`).raw().all();
	const texts = rows.map((row) => JSON.stringify(row));
	for (const text of texts.sort()) hash.update(text).update('\n');
	return hash.digest('hex');
}
