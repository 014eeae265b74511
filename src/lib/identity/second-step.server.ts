import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { hasFactor, readFactors } from './factors.server.ts';
import { usePasskey, verifyPasskey, type PasskeyAnswer } from './passkeys.server.ts';
import { findOrganisationOf, trustAddress } from './people.server.ts';
import { findRecoveryCode, useRecoveryCode } from './recovery-codes.server.ts';
import type { Arrival, Proof, SignInMethod } from './session-store.server.ts';
import { useTotp } from './totp.server.ts';

export type Stepped =
	| { outcome: 'signed-in'; token: string; expiresAt: Date; person: string }
	/** Wrong, used and made up are one and the same. */
	| { outcome: 'refused' }
	| { outcome: 'slow-down'; seconds: number };

/**
 * What a session of somebody who has shown no second factor waits for: `factor` where they have one. In
 * a demonstration nothing is asked, because its accounts are everybody's.
 */
export async function findAwaited(app: App, person: string): Promise<'factor' | null> {
	if (app.demonstration) return null;
	return hasFactor(await readFactors(app.db.read, person)) ? 'factor' : null;
}

/** Somebody who has come as far as the second step. */
export interface Halfway {
	/** The token of the session that waits, which ends as they come in. */
	token: string;
	person: string;
	method: SignInMethod;
}

/** Was used by somebody else a moment before. */
class UsedMeanwhile extends Error {
	override readonly name = 'UsedMeanwhile';
}

/**
 * The second step, by the code of an app or a recovery code. Each works once (ASVS 6.5.1), and guessing
 * is slowed down by person and by network.
 */
export async function stepWithCode(
	app: App,
	halfway: Halfway,
	typed: string,
	network: string,
	arrival: Arrival
): Promise<Stepped> {
	const { person } = halfway;
	const attempt = { account: `factor:${person}`, address: network };
	const verdict = await app.signInLimiter.check(attempt);
	if (!verdict.isAllowed) {
		app.log.info({ event: 'factor.slowed-down' });
		return { outcome: 'slow-down', seconds: verdict.seconds };
	}
	const recovery = await findRecoveryCode(app.db.read, person, typed);
	const factor = recovery ? 'recovery' : 'totp';
	const came = await complete(app, halfway, arrival, { factor }, (tx) =>
		recovery ? useRecoveryCode(tx, recovery) : useTotp(tx, app, person, typed)
	);
	if (came.outcome === 'signed-in') await app.signInLimiter.reward(attempt);
	else {
		await app.signInLimiter.consume(attempt);
		await writeRefused(app, person, 'factor');
	}
	return came;
}

/** The second step, by a passkey of the same person. */
export async function stepWithPasskey(
	app: App,
	halfway: Halfway,
	brought: PasskeyAnswer,
	arrival: Arrival
): Promise<Stepped> {
	const shown = await verifyPasskey(app, brought);
	if (shown?.person !== halfway.person) {
		await writeRefused(app, halfway.person, 'passkey');
		return { outcome: 'refused' };
	}
	return complete(app, halfway, arrival, { factor: 'passkey' }, (tx) =>
		usePasskey(tx, shown, app.now())
	);
}

/** Signs somebody in by a passkey alone: it is two factors in one, since it asks for finger, face or PIN. */
export async function signInWithPasskey(
	app: App,
	brought: PasskeyAnswer,
	network: string,
	arrival: Arrival
): Promise<Stepped> {
	const attempt = { account: 'passkey', address: network };
	const shown = await verifyPasskey(app, brought);
	if (!shown) {
		await app.signInLimiter.consume(attempt);
		await writeRefused(app, null, 'passkey');
		return { outcome: 'refused' };
	}
	const halfway = { token: '', person: shown.person, method: 'passkey' } as const;
	return complete(app, halfway, arrival, { factor: 'passkey' }, (tx) =>
		usePasskey(tx, shown, app.now())
	);
}

/** Shows again who one is, by a passkey of one's own. */
export async function showPasskeyAgain(
	app: App,
	{ person, token }: Pick<Halfway, 'person' | 'token'>,
	brought: PasskeyAnswer
): Promise<boolean> {
	const shown = await verifyPasskey(app, brought);
	const isOwn =
		shown?.person === person && (await app.db.write((tx) => usePasskey(tx, shown, app.now())));
	if (isOwn) await app.sessions.refresh(token);
	else await writeRefused(app, person, 'again');
	return isOwn;
}

/** Lets somebody in who has just set up the factor that was demanded of them. */
export async function finishSetUp(
	app: App,
	halfway: Halfway,
	factor: 'totp' | 'passkey',
	arrival: Arrival
): Promise<{ token: string; expiresAt: Date }> {
	const { token: previous, person, method } = halfway;
	return app.sessions.begin(person, method, { ...arrival, previous }, undefined, { factor });
}

/** Begins the session that was waited for, in the transaction that uses up what was shown. */
async function complete(
	app: App,
	{ token: waiting, person, method }: Halfway,
	arrival: Arrival,
	proof: Proof,
	use: (tx: Writer) => Promise<boolean>
): Promise<Stepped> {
	const organisation = await findOrganisationOf(app.db.read, person);
	const previous = waiting || (arrival.previous ?? null);
	try {
		const begun = await app.sessions.begin(
			person,
			method,
			{ ...arrival, previous },
			async (tx) => {
				if (!(await use(tx))) throw new UsedMeanwhile();
				await trustAddress(tx, person);
				await writeAudit(tx, app.now(), {
					event: 'sign-in',
					actor: { person, organisation: organisation ?? '', grants: [] },
					subject: person,
					detail: { method, factor: proof.factor ?? null }
				});
			},
			proof
		);
		app.log.info({ event: 'sign-in', method, factor: proof.factor });
		return { outcome: 'signed-in', person, ...begun };
	} catch (thrown) {
		if (thrown instanceof UsedMeanwhile) return { outcome: 'refused' };
		throw thrown;
	}
}

async function writeRefused(app: App, person: string | null, method: string): Promise<void> {
	app.log.info({ event: 'sign-in.refused', method });
	const organisation = person && (await findOrganisationOf(app.db.read, person));
	await app.db.write((tx) =>
		writeAudit(tx, app.now(), {
			event: 'sign-in.refused',
			actor: null,
			organisation,
			subject: person,
			detail: { method }
		})
	);
}
