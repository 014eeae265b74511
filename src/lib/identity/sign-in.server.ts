import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import type { Actor } from '#lib/access/actor.ts';
import { isPassword } from './password.server.ts';
import { findAwaited } from './second-step.server.ts';
import { findCredentials, trustAddress } from './people.server.ts';
import type { Arrival, SignInMethod } from './session-store.server.ts';

export type SignedIn =
	| { outcome: 'signed-in'; token: string; expiresAt: Date }
	/** Wrong password, unknown person and closed account are one and the same. */
	| { outcome: 'refused' }
	| { outcome: 'slow-down'; seconds: number };

/**
 * Signs somebody in with address or user name and password, and ends the session they came with.
 * Neither the answer nor the time it takes tells whether there is such a person. `network` is the
 * address the request came from.
 */
export async function signIn(
	app: App,
	input: { name: string; password: string },
	network: string,
	arrival: Arrival
): Promise<SignedIn> {
	// What somebody types is never what another brake counts by, such as a person's second step.
	const attempt = { account: `name:${input.name.trim().toLowerCase()}`, address: network };
	const check = await app.signInLimiter.check(attempt);
	if (!check.isAllowed) {
		app.log.info({ event: 'sign-in.slowed-down' });
		return { outcome: 'slow-down', seconds: check.seconds };
	}
	const found = await findCredentials(app.db.read, input.name);
	const matches = await isPassword(input.password, found?.hash ?? null);
	if (!found || !matches || found.closedOn !== null) {
		await app.signInLimiter.consume(attempt);
		app.log.info({ event: 'sign-in.refused' });
		// What was typed is kept nowhere: it may be a password in the wrong field.
		await app.db.write((tx) =>
			writeAudit(tx, app.now(), {
				event: 'sign-in.refused',
				actor: null,
				organisation: found?.organisation ?? null,
				subject: found?.person ?? null,
				detail: { method: 'password' }
			})
		);
		return { outcome: 'refused' };
	}
	await app.signInLimiter.reward(attempt);
	return begin(app, found, 'password', arrival);
}

/**
 * Signs in as a demonstration account without a password, in a demonstration only.
 */
export async function signInToDemonstration(
	app: App,
	email: string,
	accounts: readonly { email: string }[],
	arrival: Arrival
): Promise<SignedIn> {
	if (!app.demonstration || !accounts.some((account) => account.email === email))
		return { outcome: 'refused' };
	const found = await findCredentials(app.db.read, email);
	if (!found || found.closedOn !== null) return { outcome: 'refused' };
	return begin(app, found, 'demonstration', arrival);
}

async function begin(
	app: App,
	{ person, organisation }: { person: string; organisation: string },
	method: SignInMethod,
	arrival: Arrival
): Promise<SignedIn> {
	const awaits = await findAwaited(app, person);
	const { token, expiresAt } = await app.sessions.begin(
		person,
		method,
		arrival,
		async (tx) => {
			// Whoever has a second factor is in once they have shown it, and not before.
			if (awaits) return;
			await trustAddress(tx, person);
			await writeAudit(tx, app.now(), {
				event: 'sign-in',
				actor: { person, organisation, grants: [] },
				subject: person,
				detail: { method }
			});
		},
		{ awaits }
	);
	app.log.info({ event: awaits ? 'sign-in.halfway' : 'sign-in', method, awaits });
	return { outcome: 'signed-in', token, expiresAt };
}

/** Ends the session of a token, which is gone from then on; ending twice is ending once. */
export async function signOut(app: App, actor: Actor | null, token: string): Promise<void> {
	await app.sessions.end(token, async (tx) => {
		if (actor) await writeAudit(tx, app.now(), { event: 'sign-out', actor, subject: actor.person });
	});
}
