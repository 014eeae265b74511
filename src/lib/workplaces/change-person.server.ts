import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { authorise } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { writeSearchText } from '#lib/identity/people.server.ts';
import { findFaults, tidyPerson, type PersonForm } from '#lib/identity/person-form.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import type { Hindered } from './add-person.server.ts';
import { findDuplicates } from './duplicates.server.ts';
import { findPersonPlace } from './places.server.ts';
import { authoriseOver } from './roles.server.ts';

/** A provider lets in by the number too. */
const signInFields = ['email', 'username', 'employeeId'] as const;

const fields = ['name', 'email', 'username', 'employeeId', 'locale'] as const;

/** What of a person would become another by a form. */
async function findChanged(read: Reader, person: string, input: PersonForm) {
	const form = tidyPerson(input);
	const wanted = {
		name: form.name,
		email: form.email || null,
		username: form.username || null,
		employeeId: form.employeeId || null,
		locale: form.locale
	};
	const [before] = await read
		.select({
			name: people.name,
			email: people.email,
			username: people.username,
			employeeId: people.employeeId,
			locale: people.locale
		})
		.from(people)
		.where(eq(people.id, person));
	const changed = fields.filter((field) => before?.[field] !== wanted[field]);
	const isAboutWayIn = changed.some((field) => signInFields.some((one) => one === field));
	return { form, wanted, changed, isAboutWayIn };
}

/**
 * Whether a form changes how a person gets in; ask for a fresh sign-in first where it does.
 *
 * @throws {DomainError} `forbidden` or `not-found` to who may not change this person at all.
 */
export async function changesWayIn(
	app: App,
	actor: Actor,
	person: string,
	input: PersonForm
): Promise<boolean> {
	authorise(actor, 'people.manage', await findPersonPlace(app.db.read, person));
	return (await findChanged(app.db.read, person, input)).isAboutWayIn;
}

/**
 * Changes who a person is: name, address, user name, number, language. How somebody gets in is changed
 * only by who reaches as far as they do.
 *
 * @throws {DomainError} `forbidden` to who may change nobody, and where the person has roles above the
 * actor's reach; `not-found` for a person out of reach.
 */
export async function changePerson(
	app: App,
	actor: Actor,
	person: string,
	input: PersonForm
): Promise<Hindered | null> {
	authorise(actor, 'people.manage', await findPersonPlace(app.db.read, person));
	const { form, wanted, changed, isAboutWayIn } = await findChanged(app.db.read, person, input);
	const faults = findFaults(form);
	if (form.email === '' && form.username === '') faults.email ??= 'no-way-in';
	if (Object.keys(faults).length > 0) return { faults, duplicates: [] };
	if (changed.length === 0) return null;
	if (isAboutWayIn) await authoriseOver(app.db.read, actor, 'people.manage', person);
	return app.db.write(async (tx) => {
		const found = await findDuplicates(tx, actor, form, person);
		const duplicates = found.filter(({ field }) => field !== 'name');
		if (duplicates.length > 0) return { faults: {}, duplicates };
		const searchText = writeSearchText(wanted);
		await tx
			.update(people)
			.set({ ...wanted, searchText })
			.where(eq(people.id, person));
		await writeAudit(tx, app.now(), {
			event: 'person.changed',
			actor,
			subject: person,
			detail: Object.fromEntries(changed.map((field) => [field, true]))
		});
		return null;
	});
}
