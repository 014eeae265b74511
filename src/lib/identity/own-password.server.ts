import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { newPrivateId } from '#lib/id.ts';
import type { Reader } from '#lib/server/db/store.ts';
import { findPasswordFault, type PasswordFault } from './password-rules.ts';
import { hashPassword, isPassword } from './password.server.ts';
import { setPassword } from './people.server.ts';
import { organisations, passwords, people } from './tables.server.ts';

async function findOwn(read: Reader, person: string) {
	const [row] = await read
		.select({
			name: people.name,
			email: people.email,
			username: people.username,
			organisation: organisations.name,
			hash: passwords.hash
		})
		.from(people)
		.innerJoin(organisations, eq(organisations.id, people.organisation))
		.leftJoin(passwords, eq(passwords.person, people.id))
		.where(eq(people.id, person));
	return row ?? null;
}

/** True where somebody has a password; who came in by a letter may have none yet. */
export async function hasPassword(read: Reader, person: string): Promise<boolean> {
	return typeof (await findOwn(read, person))?.hash === 'string';
}

/** What one signs in with: one's user name, else one's address. */
export async function findSignInName(read: Reader, person: string): Promise<string> {
	const own = await findOwn(read, person);
	return own?.username ?? own?.email ?? '';
}

/**
 * Sets the actor's own password, which ends all their sessions but the one of the handle `here`. Ask for
 * a fresh sign-in first. Returns why the password is not taken, or null where it is set.
 */
export async function setOwnPassword(
	app: App,
	actor: Actor,
	password: string,
	here: string
): Promise<PasswordFault | null> {
	const own = await findOwn(app.db.read, actor.person);
	const about = [own?.name, own?.email, own?.username, own?.organisation];
	const fault = findPasswordFault(
		password,
		about.map((each) => each ?? '')
	);
	if (fault) return fault;
	const hash = await hashPassword(password);
	const { person } = actor;
	await app.db.write(async (tx) => {
		await setPassword(tx, person, hash);
		await writeAudit(tx, app.now(), { event: 'password.set', actor, subject: person });
		await app.publish(tx, 'password.changed', { person, occasion: newPrivateId() });
	});
	await app.sessions.endAllOf(person, here);
	return null;
}

export type Reauthenticated =
	{ outcome: 'fresh' } | { outcome: 'refused' } | { outcome: 'slow-down'; seconds: number };

/**
 * Lets the actor show again who they are, by their password, or in a demonstration by pressing alone.
 * `session` is the token of the session that is fresh from now on.
 */
export async function reauthenticate(
	app: App,
	actor: Actor,
	password: string | null,
	session: string,
	network: string
): Promise<Reauthenticated> {
	if (app.demonstration && password === null) {
		await app.sessions.refresh(session);
		return { outcome: 'fresh' };
	}
	const attempt = { account: `again:${actor.person}`, address: network };
	const verdict = await app.signInLimiter.check(attempt);
	if (!verdict.isAllowed) return { outcome: 'slow-down', seconds: verdict.seconds };
	const own = await findOwn(app.db.read, actor.person);
	if (!(await isPassword(password ?? '', own?.hash ?? null))) {
		await app.signInLimiter.consume(attempt);
		await app.db.write((tx) =>
			writeAudit(tx, app.now(), {
				event: 'sign-in.refused',
				actor,
				subject: actor.person,
				detail: { method: 'again' }
			})
		);
		return { outcome: 'refused' };
	}
	await app.signInLimiter.reward(attempt);
	await app.sessions.refresh(session);
	return { outcome: 'fresh' };
}
