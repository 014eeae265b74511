import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type * as Y from 'yjs';
import { nothing } from '#lib/authoring/held-documents.server.ts';
import {
	createDocument,
	encodeWithoutDeleted,
	takeUpdate
} from '#lib/authoring/document/document.ts';
import { nameWriter } from '#lib/authoring/updates.server.ts';
import { newId } from '#lib/id.ts';

/** Puts an empty draft, in which these accounts write, into the store of an installation that may be running. */
export function plantDraft(dataDir: string, accounts: readonly string[]): string {
	const id = newId();
	ask(dataDir, (database) => {
		const find = database.prepare('SELECT id, organisation FROM people WHERE email = ?');
		const people = accounts.map((email) => find.get(email) as { id: string; organisation: string });
		database
			.prepare(
				`INSERT INTO drafts (id, organisation, title, created_at, changed_at, updates)
				VALUES (?, ?, '{"da":"","en":""}', ?, ?, 0)`
			)
			.run(id, people[0]?.organisation, Date.now(), Date.now());
		const add = database.prepare('INSERT INTO draft_people (draft, person, role) VALUES (?, ?, ?)');
		for (const [index, person] of people.entries()) {
			add.run(id, person.id, index === 0 ? 'owner' : 'co-author');
		}
	});
	return id;
}

/** What the server calls somebody towards their browser. */
export function nameWriterOf(dataDir: string, account: string, draft: string): string {
	return ask(dataDir, (database) => {
		const row = database.prepare('SELECT id FROM people WHERE email = ?').get(account);
		return nameWriter({ person: (row as { id: string }).id }, draft);
	});
}

/** The ids of all updates of a draft, in their order, and the document they make. */
export function readRows(dataDir: string, draft: string): { ids: string[]; doc: Y.Doc } {
	return ask(dataDir, (database) => {
		const rows = database
			.prepare('SELECT n, id, body FROM draft_updates WHERE draft = ? ORDER BY n')
			.all(draft) as { n: number; id: string; body: Uint8Array }[];
		const sum = database.prepare('SELECT body FROM draft_documents WHERE draft = ?').get(draft) as
			{ body: Uint8Array } | undefined;
		const doc = createDocument();
		if (sum) takeUpdate(doc, new Uint8Array(sum.body));
		for (const { body } of rows) takeUpdate(doc, new Uint8Array(body));
		return { ids: rows.map(({ id }) => id), doc };
	});
}

/** Puts updates into a draft as if they had been sent long ago. */
export function plantUpdates(dataDir: string, draft: string, updates: readonly Uint8Array[]): void {
	ask(dataDir, (database) => {
		const add = database.prepare(
			'INSERT INTO draft_updates (draft, n, id, body, at) VALUES (?, ?, ?, ?, ?)'
		);
		database.transaction(() => {
			for (const [index, body] of updates.entries()) {
				add.run(draft, index + 1, newId(), body, Date.now());
			}
			database.prepare('UPDATE drafts SET updates = ? WHERE id = ?').run(updates.length, draft);
		})();
	});
}

/** Sums up the first updates of a draft, as the server does of itself. */
export function plantSum(dataDir: string, draft: string, updates: readonly Uint8Array[]): void {
	const doc = createDocument();
	for (const update of updates) takeUpdate(doc, update);
	ask(dataDir, (database) => {
		database
			.prepare('INSERT INTO draft_documents (draft, up_to, body) VALUES (?, ?, ?)')
			.run(draft, updates.length, encodeWithoutDeleted(doc));
		database
			.prepare('UPDATE draft_updates SET body = ? WHERE draft = ? AND n <= ?')
			.run(nothing, draft, updates.length);
	});
}

export function checkIntegrity(dataDir: string): unknown {
	return ask(dataDir, (database) => database.pragma('integrity_check'));
}

function ask<T>(dataDir: string, work: (database: SqliteDatabase.Database) => T): T {
	const database = new SqliteDatabase(join(dataDir, 'platform.db'));
	database.pragma('busy_timeout = 5000');
	try {
		return work(database);
	} finally {
		database.close();
	}
}
