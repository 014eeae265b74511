import { and, eq, isNull } from 'drizzle-orm';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { newId } from '#lib/id.ts';
import { insertEntry } from '#lib/identity/entry-tokens.server.ts';
import { insertOrganisation, insertPerson } from '#lib/identity/people.server.ts';
import { organisations, passwords, people } from '#lib/identity/tables.server.ts';
import type { Reader, Store, Writer } from '#lib/server/db/store.ts';
import { grants, workplaces } from './tables.server.ts';
import { addMember, grantRole, insertWorkplace } from './tree.server.ts';

export type Created =
	| { outcome: 'created'; organisation: string; token: string; expiresAt: Date }
	/** The stores hold the demonstration, which is open to everybody. */
	| { outcome: 'demonstration' }
	/** Somebody administers already and has come in at least once. */
	| { outcome: 'there-is-one' }
	| { outcome: 'other-organisation'; name: string }
	| { outcome: 'closed' };

interface Wanted {
	email: string;
	name: string;
	/** What the organisation is called, where there is none yet. */
	organisation?: string | undefined;
	now: Date;
}

/**
 * Makes the first administrator with a way in that works once, and the organisation where there is
 * none. Asked again before they have come in, it makes a new way in and voids the last.
 */
export async function createAdministrator(db: Store, wanted: Wanted): Promise<Created> {
	return db.write(async (tx) => {
		const [found] = await tx
			.select({
				id: organisations.id,
				name: organisations.name,
				isDemonstration: organisations.isDemonstration
			})
			.from(organisations)
			.limit(1);
		if (found?.isDemonstration) return { outcome: 'demonstration' };
		if (await hasAdministrator(tx, wanted.email)) return { outcome: 'there-is-one' };
		if (found && wanted.organisation && wanted.organisation !== found.name)
			return { outcome: 'other-organisation', name: found.name };
		const organisation = found ?? (await makeOrganisation(tx, wanted));
		const person = await findOrMakePerson(tx, organisation.id, wanted);
		if (person === null) return { outcome: 'closed' };
		await appoint(tx, organisation.id, person, wanted.now);
		const { token, expiresAt } = await insertEntry(tx, {
			person,
			purpose: 'invitation',
			madeBy: null,
			now: wanted.now
		});
		return { outcome: 'created', organisation: organisation.name, token, expiresAt };
	});
}

/** True where somebody administers, whether they have come in yet or not. */
export async function hasAdministrators(read: Reader): Promise<boolean> {
	const [first] = await read
		.select({ person: grants.person })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.person))
		.where(and(eq(grants.role, 'administrator'), isNull(people.closedOn)))
		.limit(1);
	return first !== undefined;
}

/** Whether somebody administers, but for the wanted person as long as they have never come in. */
async function hasAdministrator(tx: Writer, email: string): Promise<boolean> {
	const rows = await tx
		.select({ email: people.email, passwordOf: passwords.person })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.person))
		.leftJoin(passwords, eq(passwords.person, people.id))
		.where(and(eq(grants.role, 'administrator'), isNull(people.closedOn)));
	return rows.some((row) => row.email !== email.toLowerCase() || row.passwordOf !== null);
}

async function makeOrganisation(tx: Writer, { organisation, now }: Wanted) {
	const made = { id: newId(), name: organisation ?? 'Organisation' };
	await insertOrganisation(tx, { ...made, createdAt: now, isDemonstration: false });
	await insertWorkplace(tx, {
		id: newId(),
		organisation: made.id,
		parent: null,
		name: made.name,
		setting: null
	});
	return made;
}

/** The person of that address, who may be there from an import; null where their access has ended. */
async function findOrMakePerson(
	tx: Writer,
	organisation: string,
	{ email, name }: Wanted
): Promise<string | null> {
	const [there] = await tx
		.select({ id: people.id, closedOn: people.closedOn })
		.from(people)
		.where(eq(people.email, email.toLowerCase()));
	if (there) return there.closedOn === null ? there.id : null;
	const id = newId();
	await insertPerson(tx, { id, organisation, name, email, locale: null });
	return id;
}

async function appoint(tx: Writer, organisation: string, person: string, now: Date): Promise<void> {
	const [top] = await tx
		.select({ id: workplaces.id })
		.from(workplaces)
		.where(and(eq(workplaces.organisation, organisation), isNull(workplaces.parent)))
		.limit(1);
	if (!top) throw new Error('the organisation has no workplace at its top');
	await addMember(tx, top.id, person);
	await grantRole(tx, { id: newId(), person, role: 'administrator', workplace: top.id });
	await writeAudit(tx, now, {
		event: 'role.granted',
		actor: null,
		organisation,
		workplace: top.id,
		subject: person,
		detail: { role: 'administrator' }
	});
}
