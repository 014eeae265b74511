import { randomInt } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { newPrivateId } from '#lib/id.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { hashPassword, isPassword } from './password.server.ts';
import { recoveryCodes } from './tables.server.ts';

/** So many are made at a time. */
export const recoveryCount = 10;

/** Without letters and digits that look alike: 60 bits in twelve places. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A new set of codes to print, and what is kept of them. */
export interface NewCodes {
	codes: readonly string[];
	hashes: readonly string[];
}

/** Makes a set of codes; hashing them takes a while and is done before anything is written. */
export async function makeRecoveryCodes(): Promise<NewCodes> {
	const codes = Array.from({ length: recoveryCount }, makeCode);
	const hashes: string[] = [];
	for (const code of codes) hashes.push(await hashPassword(tidy(code)));
	return { codes, hashes };
}

function makeCode(): string {
	const places = Array.from({ length: 12 }, () => alphabet[randomInt(alphabet.length)]).join('');
	return places.match(/.{4}/g)?.join('-') ?? places;
}

/** As it is compared: small letters, blanks and dashes make no difference. */
function tidy(typed: string): string {
	return typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
}

/** True for what could be such a code, so that nothing else costs the work of hashing. */
export function looksLikeRecoveryCode(typed: string): boolean {
	return tidy(typed).length === 12;
}

/** Puts a new set in the place of the last. */
export async function keepRecoveryCodes(
	tx: Writer,
	person: string,
	hashes: readonly string[]
): Promise<void> {
	await deleteRecoveryCodes(tx, person);
	await tx
		.insert(recoveryCodes)
		.values(hashes.map((hash) => ({ id: newPrivateId(), person, hash })));
}

export async function countRecoveryCodes(read: Reader, person: string): Promise<number> {
	const rows = await read
		.select({ id: recoveryCodes.id })
		.from(recoveryCodes)
		.where(eq(recoveryCodes.person, person));
	return rows.length;
}

/** The one of a person's codes that this is; null where it is none. */
export async function findRecoveryCode(
	read: Reader,
	person: string,
	typed: string
): Promise<string | null> {
	if (!looksLikeRecoveryCode(typed)) return null;
	const rows = await read
		.select({ id: recoveryCodes.id, hash: recoveryCodes.hash })
		.from(recoveryCodes)
		.where(eq(recoveryCodes.person, person));
	for (const { id, hash } of rows) if (await isPassword(tidy(typed), hash)) return id;
	return null;
}

/** Uses a code up; false where somebody was quicker. */
export async function useRecoveryCode(tx: Writer, id: string): Promise<boolean> {
	const used = await tx
		.delete(recoveryCodes)
		.where(eq(recoveryCodes.id, id))
		.returning({ id: recoveryCodes.id });
	return used.length > 0;
}

export async function deleteRecoveryCodes(tx: Writer, person: string): Promise<void> {
	await tx.delete(recoveryCodes).where(eq(recoveryCodes.person, person));
}
