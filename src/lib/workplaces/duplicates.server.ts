import { and, eq, isNull, like, or } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import { can } from '#lib/access/rights.ts';
import { fold } from '#lib/identity/fold.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { PersonForm } from '#lib/identity/person-form.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { findPersonPlace } from './places.server.ts';

/**
 * Somebody who is there already. `person` and `name` are told only to who reaches them; of people in
 * another organisation nothing is told but that the address or user name cannot be used.
 */
export interface Duplicate {
	field: 'email' | 'username' | 'employeeId' | 'name';
	whose: 'reached' | 'colleague' | 'nobody';
	person: string | null;
	name: string | null;
	hasLeft: boolean;
}

/**
 * Who has this address, user name, number or name already, besides `except`. The first three cannot be
 * had twice; two people may well have one name.
 */
export async function findDuplicates(
	read: Reader,
	actor: Actor,
	form: Pick<PersonForm, 'name' | 'email' | 'username' | 'employeeId'>,
	except: string | null = null
): Promise<Duplicate[]> {
	const found: Duplicate[] = [];
	for (const field of ['email', 'username', 'employeeId', 'name'] as const) {
		if (form[field] === '') continue;
		const others = await findOthers(read, actor.organisation, field, form[field]);
		for (const other of others) {
			if (other.id === except) continue;
			const told = await tell(read, actor, other);
			// A name that somebody out of reach has is nobody's business here.
			if (field === 'name' && told.whose !== 'reached') continue;
			found.push({ field, ...told });
		}
	}
	return found;
}

interface Other {
	id: string;
	organisation: string;
	name: string;
	closedOn: string | null;
}

async function findOthers(
	read: Reader,
	organisation: string,
	field: Duplicate['field'],
	value: string
): Promise<Other[]> {
	const own = eq(people.organisation, organisation);
	const rows = read
		.select({
			id: people.id,
			organisation: people.organisation,
			name: people.name,
			closedOn: people.closedOn
		})
		.from(people);
	if (field === 'email') return rows.where(eq(people.email, value));
	if (field === 'username') return rows.where(eq(people.username, value));
	if (field === 'employeeId') return rows.where(and(own, eq(people.employeeId, value)));
	// The folded name stands first in what is searched; the pattern characters fold to themselves.
	const folded = fold(value).replace(/[%_\\]/g, '');
	if (folded === '') return [];
	const known = await rows.where(
		and(
			own,
			isNull(people.closedOn),
			or(eq(people.searchText, folded), like(people.searchText, `${folded} %`))
		)
	);
	return known.filter(({ name }) => fold(name) === fold(value)).slice(0, 3);
}

async function tell(read: Reader, actor: Actor, other: Other): Promise<Omit<Duplicate, 'field'>> {
	const silent = { person: null, name: null, hasLeft: false };
	if (other.organisation !== actor.organisation) return { whose: 'nobody', ...silent };
	const place = await findPersonPlace(read, other.id);
	if (!place || !can(actor, 'people.read', place)) return { whose: 'colleague', ...silent };
	const hasLeft = other.closedOn !== null;
	return { whose: 'reached', person: other.id, name: other.name, hasLeft };
}
