import type { App } from '#lib/app.ts';
import { isPassword } from './password.server.ts';
import { findCredentials } from './people.server.ts';

export type SignedIn =
	| { outcome: 'signed-in'; token: string; expiresAt: Date }
	/** Wrong password, unknown person and closed account are one and the same. */
	| { outcome: 'refused' }
	| { outcome: 'slow-down'; seconds: number };

/**
 * Signs somebody in with address and password, and ends the session they came with. Neither the
 * answer nor the time it takes tells whether there is such a person. `network` is the address the
 * request came from.
 */
export async function signIn(
	app: App,
	input: { email: string; password: string },
	network: string,
	previous: string | null
): Promise<SignedIn> {
	const attempt = { account: input.email.trim().toLowerCase(), address: network };
	const check = await app.signInLimiter.check(attempt);
	if (!check.isAllowed) return { outcome: 'slow-down', seconds: check.seconds };
	const found = await findCredentials(app.db.read, input.email);
	const matches = await isPassword(input.password, found?.hash ?? null);
	if (!found || !matches || found.closedOn !== null) {
		await app.signInLimiter.consume(attempt);
		app.log.info({ event: 'sign-in.refused' });
		return { outcome: 'refused' };
	}
	await app.signInLimiter.reward(attempt);
	return begin(app, found.person, 'password', previous);
}

/**
 * Signs in as a demonstration account without a password, in a demonstration only.
 */
export async function signInToDemonstration(
	app: App,
	email: string,
	accounts: readonly { email: string }[],
	previous: string | null
): Promise<SignedIn> {
	if (!app.demonstration || !accounts.some((account) => account.email === email))
		return { outcome: 'refused' };
	const found = await findCredentials(app.db.read, email);
	if (!found || found.closedOn !== null) return { outcome: 'refused' };
	return begin(app, found.person, 'demonstration', previous);
}

async function begin(
	app: App,
	person: string,
	method: 'password' | 'demonstration',
	previous: string | null
): Promise<SignedIn> {
	if (previous) await app.sessions.end(previous);
	const { token, expiresAt } = await app.sessions.begin(person, method);
	app.log.info({ event: 'sign-in', method });
	return { outcome: 'signed-in', token, expiresAt };
}
