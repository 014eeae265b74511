import { inArray } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import {
	findBrokenEntry,
	listAudit,
	type AuditRow,
	type AuditWish
} from '#lib/audit/read.server.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { monthOf } from '#lib/time.ts';
import { findTop } from './places.server.ts';
import { workplaces } from './tables.server.ts';

/** A row of the log with names in place of ids; null for who or what is gone. */
export interface NamedAuditRow extends Omit<AuditRow, 'actor' | 'subject' | 'workplace'> {
	actor: { id: string; name: string | null } | null;
	subject: { id: string; name: string | null } | null;
	workplace: string | null;
}

/**
 * The log of the actor's organisation, newest first.
 *
 * @throws {DomainError} `forbidden` to who does not administer, `not-found` to who administers a part.
 */
export async function readLog(
	app: App,
	actor: Actor,
	wish: AuditWish
): Promise<{ rows: NamedAuditRow[]; isWhole: boolean }> {
	const { read } = app.db;
	authorise(actor, 'audit.read', await findTop(read, actor.organisation));
	const rows = await listAudit(read, actor.organisation, wish);
	const persons = await namePeople(read, rows);
	const places = await namePlaces(read, rows);
	const nameOf = (id: string | null) => (id ? { id, name: persons.get(id) ?? null } : null);
	return {
		rows: rows.map(({ actor: by, subject, workplace, ...rest }) => ({
			...rest,
			actor: nameOf(by),
			subject: nameOf(subject),
			workplace: workplace && (places.get(workplace) ?? null)
		})),
		isWhole: (await findBrokenEntry(read, monthOf(app.now()))) === null
	};
}

async function namePeople(read: Reader, rows: readonly AuditRow[]) {
	const ids = [...new Set(rows.flatMap(({ actor, subject }) => [actor, subject]))];
	const found = await read
		.select({ id: people.id, name: people.name })
		.from(people)
		.where(
			inArray(
				people.id,
				ids.filter((id) => id !== null)
			)
		);
	return new Map(found.map(({ id, name }) => [id, name]));
}

async function namePlaces(read: Reader, rows: readonly AuditRow[]) {
	const ids = [...new Set(rows.map(({ workplace }) => workplace))];
	const found = await read
		.select({ id: workplaces.id, name: workplaces.name })
		.from(workplaces)
		.where(
			inArray(
				workplaces.id,
				ids.filter((id) => id !== null)
			)
		);
	return new Map(found.map(({ id, name }) => [id, name]));
}
