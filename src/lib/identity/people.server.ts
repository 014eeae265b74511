import { and, eq } from 'drizzle-orm';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { fold } from './fold.ts';
import {
	entryTokens,
	organisations,
	passkeys,
	passwords,
	people,
	providerAccounts,
	recoveryCodes,
	sessions,
	totpFactors
} from './tables.server.ts';

export interface NewPerson {
	id: string;
	organisation: string;
	name: string;
	/** Null for who has no address at work; then they have a user name. */
	email: string | null;
	username?: string | null;
	employeeId?: string | null;
	locale: 'da' | 'en' | null;
}

export async function insertOrganisation(
	tx: Writer,
	organisation: { id: string; name: string; createdAt: Date; isDemonstration: boolean }
): Promise<void> {
	await tx.insert(organisations).values(organisation);
}

/** What kind of installation the store holds. */
export async function findInstallation(
	read: Reader
): Promise<'empty' | 'demonstration' | 'production'> {
	const [first] = await read
		.select({ isDemonstration: organisations.isDemonstration })
		.from(organisations)
		.limit(1);
	if (!first) return 'empty';
	return first.isDemonstration ? 'demonstration' : 'production';
}

export async function insertPerson(tx: Writer, person: NewPerson): Promise<void> {
	const email = person.email?.trim().toLowerCase() ?? null;
	const username = person.username?.trim().toLowerCase() ?? null;
	await tx.insert(people).values({
		...person,
		email,
		username,
		searchText: writeSearchText({ ...person, email, username })
	});
}

/** What a person is found by, folded: name, address, user name and what the employer calls them. */
export function writeSearchText({
	name,
	email,
	username,
	employeeId
}: Pick<NewPerson, 'name' | 'email' | 'username' | 'employeeId'>): string {
	return [name, email, username, employeeId]
		.map((each) => fold(each ?? ''))
		.join(' ')
		.trim();
}

export async function setPassword(tx: Writer, person: string, hash: string): Promise<void> {
	await tx
		.insert(passwords)
		.values({ person, hash })
		.onConflictDoUpdate({ target: passwords.person, set: { hash } });
}

/** Takes the address of a person as theirs: they have shown who they are, or what was private is gone. */
export async function trustAddress(tx: Writer, person: string): Promise<void> {
	await tx
		.update(people)
		.set({ hasNewAddress: null })
		.where(and(eq(people.id, person), eq(people.hasNewAddress, true)));
}

/**
 * Ends a person's access on a day: their sessions end at once, no link or letter lets them in any more,
 * and what only they could come in by is gone. Their completions stay.
 */
export async function closePerson(tx: Writer, person: string, closedOn: string): Promise<void> {
	await tx.update(people).set({ closedOn }).where(eq(people.id, person));
	await tx.delete(sessions).where(eq(sessions.person, person));
	for (const each of [entryTokens, totpFactors, recoveryCodes, passkeys, providerAccounts])
		await tx.delete(each).where(eq(each.person, person));
}

const personById = (read: Reader) =>
	prepared(read, 'person_by_id', (handle) =>
		handle
			.select({
				id: people.id,
				organisation: people.organisation,
				name: people.name,
				email: people.email,
				locale: people.locale
			})
			.from(people)
			.where(eq(people.id, given('id')))
			.prepare('person_by_id')
	);

export async function findPerson(read: Reader, id: string) {
	const [person] = await personById(read).execute({ id });
	return person ?? null;
}

/** The name of a person and of their organisation; null where there is no such person. */
export async function findHolder(
	read: Reader,
	id: string
): Promise<{ name: string; organisation: string } | null> {
	const [row] = await read
		.select({ name: people.name, organisation: organisations.name })
		.from(people)
		.innerJoin(organisations, eq(organisations.id, people.organisation))
		.where(eq(people.id, id));
	return row ?? null;
}

/** Where and in which language somebody who still works here gets mail, and from whom. */
export async function findMailbox(read: Reader, id: string) {
	const [row] = await read
		.select({
			name: people.name,
			email: people.email,
			locale: people.locale,
			organisation: organisations.name,
			organisationLocale: organisations.locale,
			closedOn: people.closedOn,
			hasNewAddress: people.hasNewAddress
		})
		.from(people)
		.innerJoin(organisations, eq(organisations.id, people.organisation))
		.where(eq(people.id, id));
	if (!row || row.closedOn !== null) return null;
	const { name, email, organisation } = row;
	const isEnglish = (row.locale ?? row.organisationLocale) === 'en';
	return {
		name,
		email,
		organisation,
		locale: isEnglish ? ('en' as const) : ('da' as const),
		hasNewAddress: row.hasNewAddress === true
	};
}

/** The organisation of a person; null where there is no such person. */
export async function findOrganisationOf(read: Reader, id: string): Promise<string | null> {
	const [row] = await read
		.select({ organisation: people.organisation })
		.from(people)
		.where(eq(people.id, id));
	return row?.organisation ?? null;
}

/** What sign-in needs of the person with this address or user name; null where there is none. */
export async function findCredentials(read: Reader, name: string) {
	const wanted = name.trim().toLowerCase();
	const [row] = await read
		.select({
			person: people.id,
			organisation: people.organisation,
			closedOn: people.closedOn,
			hash: passwords.hash
		})
		.from(people)
		.leftJoin(passwords, eq(passwords.person, people.id))
		.where(wanted.includes('@') ? eq(people.email, wanted) : eq(people.username, wanted));
	return row ?? null;
}

export async function setLocale(tx: Writer, person: string, locale: 'da' | 'en'): Promise<void> {
	await tx.update(people).set({ locale }).where(eq(people.id, person));
}
