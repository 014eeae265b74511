import { createHash, randomBytes } from 'node:crypto';
import { and, eq, gt, isNull } from 'drizzle-orm';
import { newId } from '#lib/id.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { codeFrom } from './one-time-code.ts';
import { entryTokens, organisations, passwords, people } from './tables.server.ts';

/** What a way in that works once was made for. */
export type EntryPurpose = 'invitation' | 'letter' | 'reset';

const hour = 60 * 60_000;

/** For how long each lasts, in milliseconds. */
export const entryLasts: Readonly<Record<EntryPurpose, number>> = {
	invitation: 14 * 24 * hour,
	letter: 30 * 24 * hour,
	reset: hour / 2
};

/** What is told of a way in once, as it is made, and kept nowhere. */
export interface NewEntry {
	/** 160 bits, for an address. */
	token: string;
	/** To be typed; for a letter only. */
	code: string | null;
	expiresAt: Date;
}

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');

/** Makes a way in, and voids the last one of the same purpose. */
export async function insertEntry(
	tx: Writer,
	entry: { person: string; purpose: EntryPurpose; madeBy: string | null; now: Date }
): Promise<NewEntry> {
	const { person, purpose, madeBy, now } = entry;
	await tx
		.update(entryTokens)
		.set({ endedAt: now })
		.where(
			and(
				eq(entryTokens.person, person),
				eq(entryTokens.purpose, purpose),
				isNull(entryTokens.endedAt)
			)
		);
	const token = randomBytes(20).toString('base64url');
	const code = purpose === 'letter' ? codeFrom(randomBytes(12)) : null;
	const expiresAt = new Date(now.getTime() + entryLasts[purpose]);
	await tx.insert(entryTokens).values({
		id: newId(),
		person,
		purpose,
		tokenHash: hashOf(token),
		codeHash: code && hashOf(code),
		madeAt: now,
		expiresAt,
		endedAt: null,
		madeBy
	});
	return { token, code, expiresAt };
}

/** What somebody holds: the token of an address, or the code of a letter as {@link codeFrom} makes it. */
export type EntrySecret = { token: string } | { code: string };

/** A way in that still works, with whom it is for. */
export interface Entry {
	id: string;
	purpose: EntryPurpose;
	madeBy: string | null;
	person: string;
	name: string;
	email: string | null;
	username: string | null;
	locale: string | null;
	organisation: string;
	organisationName: string;
	hasPassword: boolean;
	/** Whether somebody else has changed the address that a link for a new password goes to. */
	hasNewAddress: boolean;
}

/** The way in that a secret opens, or null: expired, used, void and made up are one and the same. */
export async function findEntry(
	read: Reader,
	secret: EntrySecret,
	now: Date
): Promise<Entry | null> {
	const isIt =
		'token' in secret
			? eq(entryTokens.tokenHash, hashOf(secret.token))
			: eq(entryTokens.codeHash, hashOf(secret.code));
	const [row] = await read
		.select({
			id: entryTokens.id,
			purpose: entryTokens.purpose,
			madeBy: entryTokens.madeBy,
			person: people.id,
			name: people.name,
			email: people.email,
			username: people.username,
			locale: people.locale,
			organisation: people.organisation,
			organisationName: organisations.name,
			passwordOf: passwords.person,
			hasNewAddress: people.hasNewAddress
		})
		.from(entryTokens)
		.innerJoin(people, eq(people.id, entryTokens.person))
		.innerJoin(organisations, eq(organisations.id, people.organisation))
		.leftJoin(passwords, eq(passwords.person, people.id))
		.where(
			and(
				isIt,
				isNull(entryTokens.endedAt),
				gt(entryTokens.expiresAt, now),
				isNull(people.closedOn)
			)
		);
	if (!row) return null;
	const { passwordOf, purpose, ...rest } = row;
	return {
		...rest,
		purpose: purpose as EntryPurpose, // only written above
		hasPassword: passwordOf !== null,
		hasNewAddress: rest.hasNewAddress === true
	};
}

/** Uses a way in up, and every other of that person; false where somebody was quicker. */
export async function useEntry(tx: Writer, entry: Entry, now: Date): Promise<boolean> {
	const used = await tx
		.update(entryTokens)
		.set({ endedAt: now })
		.where(
			and(eq(entryTokens.id, entry.id), isNull(entryTokens.endedAt), gt(entryTokens.expiresAt, now))
		)
		.returning({ id: entryTokens.id });
	if (used.length === 0) return false;
	await tx
		.update(entryTokens)
		.set({ endedAt: now })
		.where(and(eq(entryTokens.person, entry.person), isNull(entryTokens.endedAt)));
	return true;
}
