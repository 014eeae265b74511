import { eq, like } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { GivenRole } from '#lib/access/naming.ts';
import { permissionToGive } from '#lib/access/naming.ts';
import { authorise, findRight } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { newId } from '#lib/id.ts';
import { insertPerson } from '#lib/identity/people.server.ts';
import {
	findFaults,
	tidyPerson,
	type PersonFaults,
	type PersonForm
} from '#lib/identity/person-form.ts';
import { people } from '#lib/identity/tables.server.ts';
import { nextFree, proposeUsername } from '#lib/identity/username.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { findDuplicates, type Duplicate } from './duplicates.server.ts';
import { addMember, findPlace, grantRole } from './tree.server.ts';

export interface NewColleague extends PersonForm {
	/** Made by who asks, so that asking twice adds one. */
	id: string;
	workplace: string;
	/** Besides being staff; null for nothing more. */
	role: GivenRole | null;
	/** Said after seeing that there is somebody of the same name: this is another. */
	isAnother: boolean;
}

/** What hinders keeping a person: fields to put right, and people who are there already. */
export interface Hindered {
	faults: PersonFaults;
	duplicates: Duplicate[];
}

/**
 * Adds a person to a workplace. Who has no address gets a user name made from their name, unless one is
 * given. Nothing is kept where a field is wrong, where the address, user name or number is somebody's
 * already, or where somebody of the same name is there and it has not been said that this is another.
 *
 * @throws {DomainError} `forbidden` to who may add nobody or not give this role, `not-found` for a
 * workplace out of reach.
 */
export async function addPerson(
	app: App,
	actor: Actor,
	input: NewColleague
): Promise<{ added: string } | Hindered> {
	const { id, workplace, role } = input;
	const place = await findPlace(app.db.read, workplace);
	authorise(actor, 'people.add', place);
	if (role) authorise(actor, permissionToGive(role), place);
	const form = tidyPerson(input);
	const faults = findFaults(form);
	if (Object.keys(faults).length > 0) return { faults, duplicates: [] };
	const right = place && findRight(actor, 'people.add', place);
	return app.db.write(async (tx) => {
		const [known] = await tx
			.select({ organisation: people.organisation })
			.from(people)
			.where(eq(people.id, id));
		if (known?.organisation === actor.organisation) return { added: id };
		if (known || !(await findPlace(tx, workplace))) throw new DomainError('conflict', 'moved-on');
		const duplicates = await findDuplicates(tx, actor, form);
		const hindering = duplicates.filter(({ field }) => field !== 'name' || !input.isAnother);
		if (hindering.length > 0) return { faults: {}, duplicates: hindering };
		const username = form.username || (form.email ? null : await makeUsername(tx, form.name));
		await insertPerson(tx, {
			id,
			organisation: actor.organisation,
			name: form.name,
			email: form.email || null,
			username,
			employeeId: form.employeeId || null,
			locale: form.locale
		});
		await addMember(tx, workplace, id);
		const shared = { actor, subject: id, workplace, role: right?.role ?? null };
		await writeAudit(tx, app.now(), { event: 'person.added', ...shared });
		if (role) {
			await grantRole(tx, { id: newId(), person: id, role, workplace });
			await writeAudit(tx, app.now(), { event: 'role.granted', ...shared, detail: { role } });
		}
		return { added: id };
	});
}

/** A user name that nobody has, made from a name. */
export async function makeUsername(read: Reader, name: string): Promise<string> {
	const wanted = proposeUsername(name);
	const taken = await read
		.select({ username: people.username })
		.from(people)
		.where(like(people.username, `${wanted}%`));
	return nextFree(wanted, new Set(taken.flatMap(({ username }) => username ?? [])));
}
