import type { Actor } from '#lib/access/actor.ts';
import { findPerson } from '#lib/identity/people.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { listGrants } from './tree.server.ts';

/** The person of a live session with the roles they hold, or null where there is no such person. */
export async function findActor(read: Reader, id: string): Promise<Actor | null> {
	const person = await findPerson(read, id);
	if (!person) return null;
	const { organisation, name, locale } = person;
	return {
		person: id,
		organisation,
		name,
		locale: locale === 'da' || locale === 'en' ? locale : null,
		grants: await listGrants(read, id)
	};
}

/** True when the person administers anything: their sessions are shorter. */
export async function isAdministrator(read: Reader, person: string): Promise<boolean> {
	return (await listGrants(read, person)).some(({ role }) => role === 'administrator');
}
