import { eq } from 'drizzle-orm';
import type { Actor, Grant } from '#lib/access/actor.ts';
import { namedRoles } from '#lib/access/naming.ts';
import { authorise, can, canAnywhere } from '#lib/access/rights.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { DomainError } from '#lib/errors.ts';
import { newPrivateId } from '#lib/id.ts';
import type { Letter } from '#lib/identity/letter.ts';
import { writeLetter, type Addressee } from '#lib/identity/letter.server.ts';
import { people } from '#lib/identity/tables.server.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { findPlace, listGrants, listMemberships } from './tree.server.ts';

/** What came of inviting somebody by mail. */
export type Invited =
	| 'on-its-way'
	/** The person has no address at work: print a letter. */
	| 'no-address'
	/** The platform has no mail server: print a letter. */
	| 'no-mail';

/**
 * Invites somebody by mail: a link that works once, for 14 days. It is made as the mail is sent; the
 * job holds ids alone. Whoever may add people where the person works may, see {@link authoriseWayIn}.
 *
 * @throws {DomainError} `forbidden` or `not-found`.
 */
export async function makeInvitation(app: App, actor: Actor, person: string): Promise<Invited> {
	const to = await authoriseWayIn(app.db.read, actor, person);
	if (!to.email) return 'no-address';
	if (app.mailer.kind === 'none') return 'no-mail';
	await app.db.write(async (tx) => {
		await writeAudit(tx, app.now(), {
			event: 'invitation.made',
			actor,
			workplace: to.workplace.id,
			subject: person
		});
		// Each one is an occasion of its own, also for the same person.
		const occasion = newPrivateId();
		await app.publish(tx, 'invitation.made', { person, madeBy: actor.person, occasion });
	});
	return 'on-its-way';
}

/**
 * Makes a letter to print: a link as a QR code and a code to type, which work once and for 30 days. The
 * last one is void from now on. What is returned is shown once and kept nowhere, so a page gets it from
 * a form that is posted.
 *
 * @throws {DomainError} `forbidden` or `not-found`.
 */
export async function makeLetter(app: App, actor: Actor, person: string): Promise<Letter> {
	return writeLetter(app, actor, await authoriseWayIn(app.db.read, actor, person));
}

/** True when the actor may invite the person or print their letter, for pages that offer it. */
export async function mayMakeWayIn(read: Reader, actor: Actor, person: string): Promise<boolean> {
	try {
		await authoriseWayIn(read, actor, person);
		return true;
	} catch (thrown) {
		if (thrown instanceof DomainError) return false;
		throw thrown;
	}
}

/**
 * Lets pass who may add people at a workplace of this person, unless the person may do what the actor
 * may not give: whoever holds a way in could come in as them.
 *
 * @throws {DomainError} `forbidden` or `not-found`.
 */
async function authoriseWayIn(read: Reader, actor: Actor, person: string): Promise<Addressee> {
	if (!canAnywhere(actor, 'people.add')) throw new DomainError('forbidden', 'people.add');
	const to = await findOpenPerson(read, person);
	if (!to || to.organisation !== actor.organisation)
		throw new DomainError('not-found', 'people.add');
	const workplace = await findWorkplace(read, actor, person);
	authorise(actor, 'people.add', workplace && { reachedFrom: workplace.reachedFrom });
	if (!workplace) throw new DomainError('not-found', 'people.add');
	for (const grant of await listGrants(read, person)) {
		if (!(await mayGive(read, actor, grant))) throw new DomainError('forbidden', 'more-rights');
	}
	const { id, name } = workplace.workplace;
	return { ...to, person, workplace: { id, name } };
}

/** The first workplace of the person at which the actor may add people, else any. */
async function findWorkplace(read: Reader, actor: Actor, person: string) {
	const places = await Promise.all(
		(await listMemberships(read, person)).map(({ id }) => findPlace(read, id))
	);
	const open = places.filter((place) => place !== null);
	return open.find((place) => can(actor, 'people.add', place)) ?? open[0] ?? null;
}

const named: readonly string[] = namedRoles;

/** A role the actor could give, or holds at that place or above it themself. */
async function mayGive(read: Reader, actor: Actor, { role, workplace }: Grant): Promise<boolean> {
	const place = await findPlace(read, workplace);
	if (!place) return canAnywhere(actor, 'roles.grant');
	if (can(actor, 'roles.grant', place)) return true;
	if (named.includes(role) && can(actor, 'roles.name', place)) return true;
	return actor.grants.some(
		(held) => held.role === role && place.reachedFrom.includes(held.workplace)
	);
}

async function findOpenPerson(read: Reader, id: string) {
	const [row] = await read
		.select({
			organisation: people.organisation,
			name: people.name,
			email: people.email,
			username: people.username,
			locale: people.locale,
			closedOn: people.closedOn
		})
		.from(people)
		.where(eq(people.id, id));
	return row && row.closedOn === null ? row : null;
}
