import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { DomainError } from '#lib/errors.ts';
import type { Letter } from '#lib/identity/letter.ts';
import { entryTokens, passwords, people, sessions } from '#lib/identity/tables.server.ts';
import { readMany } from '#lib/server/db/insert-many.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { createBreathe } from '#lib/server/slices.ts';
import { beginWork } from './import-works.server.ts';
import { findImport } from './imports.server.ts';
import { importRows } from './tables.server.ts';
import { makeInvitation, makeLetter } from './ways-in.server.ts';

/** Whom an import has brought and who has no way in yet. */
export interface Uninvited {
	/** Who can be invited by mail. */
	byMail: readonly string[];
	/** Who needs a letter. */
	byLetter: readonly string[];
}

/**
 * Whom an applied import has brought and who has neither been here nor been invited.
 *
 * @throws {DomainError} `forbidden` or `not-found`, see `findImport`.
 */
export async function listUninvited(app: App, actor: Actor, id: string): Promise<Uninvited> {
	const found = await findImport(app, actor, id);
	if (found.state !== 'applied' || found.kind !== 'people') return { byMail: [], byLetter: [] };
	const added = await readAdded(app.db.read, id);
	const open = await listWithoutWayIn(app.db.read, actor.organisation, added);
	return {
		byMail: open.filter(({ email }) => email !== null).map((person) => person.id),
		byLetter: open.filter(({ email }) => email === null).map((person) => person.id)
	};
}

async function readAdded(read: Reader, id: string): Promise<string[]> {
	const rows = await read
		.select({ change: importRows.change })
		.from(importRows)
		.where(and(eq(importRows.import, id), eq(importRows.outcome, 'new')));
	return rows.flatMap(({ change }) => (change as { subject: string | null }).subject ?? []); // as written by a preview
}

async function listWithoutWayIn(
	read: Reader,
	organisation: string,
	ids: readonly string[]
): Promise<{ id: string; email: string | null }[]> {
	const found = await readMany(
		ids,
		(some) =>
			read
				.selectDistinct({ id: people.id, email: people.email })
				.from(people)
				.leftJoin(passwords, eq(passwords.person, people.id))
				.leftJoin(sessions, eq(sessions.person, people.id))
				.leftJoin(entryTokens, and(eq(entryTokens.person, people.id), isNull(entryTokens.endedAt)))
				.where(
					and(
						inArray(people.id, some),
						eq(people.organisation, organisation),
						isNull(people.closedOn),
						isNull(passwords.person),
						isNull(sessions.person),
						isNull(entryTokens.person)
					)
				),
		createBreathe()
	);
	return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** How many are invited before others may write. */
const portion = 10;

/**
 * Begins to invite by mail everybody whom an import has brought and who has an address; how many.
 *
 * @throws {DomainError} `conflict` where there is no mail server, or it is being done already.
 */
export async function inviteImported(app: App, actor: Actor, id: string): Promise<number> {
	const { byMail } = await listUninvited(app, actor, id);
	if (app.mailer.kind === 'none') throw new DomainError('conflict', 'no-mail');
	if (byMail.length === 0) return 0;
	beginWork(app, id, 'inviting', async (progress) => {
		const breathe = createBreathe();
		progress.total = byMail.length;
		for (let from = 0; from < byMail.length; from += portion) {
			const some = byMail.slice(from, from + portion);
			await Promise.all(some.map((person) => makeInvitation(app, actor, person)));
			progress.done = from + some.length;
			await breathe();
		}
	});
	return byMail.length;
}

/** How many letters are printed at a time. */
export const lettersAtATime = 50;

/**
 * Makes the next letters for whom an import has brought and who has no address. They are shown once and
 * kept nowhere.
 *
 * @throws {DomainError} `forbidden` or `not-found`.
 */
export async function printImported(
	app: App,
	actor: Actor,
	id: string
): Promise<{ letters: Letter[]; left: number }> {
	const { byLetter } = await listUninvited(app, actor, id);
	const letters: Letter[] = [];
	for (const person of byLetter.slice(0, lettersAtATime))
		letters.push(await makeLetter(app, actor, person));
	return { letters, left: Math.max(0, byLetter.length - letters.length) };
}
