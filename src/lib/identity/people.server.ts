import { eq } from 'drizzle-orm';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { fold } from './fold.ts';
import { organisations, passwords, people } from './tables.server.ts';

export interface NewPerson {
	id: string;
	organisation: string;
	name: string;
	email: string;
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
	const email = person.email.trim().toLowerCase();
	await tx.insert(people).values({
		...person,
		email,
		searchText: `${fold(person.name)} ${fold(email)}`
	});
}

export async function setPassword(tx: Writer, person: string, hash: string): Promise<void> {
	await tx
		.insert(passwords)
		.values({ person, hash })
		.onConflictDoUpdate({ target: passwords.person, set: { hash } });
}

/** Ends a person's access on a day; their completions stay. */
export async function closePerson(tx: Writer, person: string, closedOn: string): Promise<void> {
	await tx.update(people).set({ closedOn }).where(eq(people.id, person));
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

/** What sign-in needs of the person with this address; null where there is none. */
export async function findCredentials(read: Reader, email: string) {
	const [row] = await read
		.select({ person: people.id, closedOn: people.closedOn, hash: passwords.hash })
		.from(people)
		.leftJoin(passwords, eq(passwords.person, people.id))
		.where(eq(people.email, email.trim().toLowerCase()));
	return row ?? null;
}

export async function setLocale(tx: Writer, person: string, locale: 'da' | 'en'): Promise<void> {
	await tx.update(people).set({ locale }).where(eq(people.id, person));
}
