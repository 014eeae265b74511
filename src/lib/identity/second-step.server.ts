import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import type { Writer } from '#lib/server/db/store.ts';
import {
	hasFactor,
	preparePasskey,
	prepareTotp,
	readFactors,
	tellOfChange,
	type NewFactor
} from './factors.server.ts';
import { usePasskey, verifyPasskey, type PasskeyAnswer } from './passkeys.server.ts';
import { findOrganisationOf, trustAddress } from './people.server.ts';
import { findRecoveryCode, useRecoveryCode } from './recovery-codes.server.ts';
import { isFresh } from './session-limits.ts';
import {
	WaitedNoLonger,
	type Arrival,
	type Awaited,
	type Proof,
	type ShownFactor,
	type Waiting
} from './session-store.server.ts';
import { useTotp } from './totp.server.ts';

export type Stepped =
	| { outcome: 'signed-in'; token: string; expiresAt: Date; person: string }
	/** Wrong, used and made up are one and the same. */
	| { outcome: 'refused' }
	| { outcome: 'slow-down'; seconds: number };

/**
 * What a session of somebody who has shown no second factor waits for: that they show the one they have,
 * or that they set one up where their roles demand it now. In a demonstration nothing is asked, because
 * its accounts are everybody's.
 */
export async function findAwaited(app: App, person: string): Promise<Awaited | null> {
	if (app.demonstration) return null;
	if (hasFactor(await readFactors(app.db.read, person))) return 'factor';
	return (await app.demandsFactor(person)) ? 'setup' : null;
}

/** Somebody who has come as far as the second step, with the token of the session that waits. */
export interface Halfway extends Waiting {
	token: string;
}

/**
 * Who waits behind a token, for as long as it is not long since they came so far; null for nobody. Who
 * was to set a factor up, and has done so elsewhere by now, has to show it.
 */
export async function findHalfway(app: App, token: string): Promise<Halfway | null> {
	const waiting = await app.sessions.readWaiting(token);
	if (!waiting) return null;
	const { begunAt, reauthenticatedAt } = waiting;
	const now = app.now();
	if (!isFresh(begunAt, now) && !isFresh(reauthenticatedAt, now)) return null;
	if (waiting.awaits !== 'setup') return { token, ...waiting };
	if (!hasFactor(await readFactors(app.db.read, waiting.person))) return { token, ...waiting };
	await app.sessions.hold(token, 'factor');
	return { token, ...waiting, awaits: 'factor' };
}

/**
 * When somebody has shown who they are who takes the second step now. A code says little of it where a
 * provider let them through without asking; a passkey asks for finger, face or PIN.
 */
function findShown(app: App, { reauthenticatedAt }: Halfway, factor: ShownFactor): Date {
	const now = app.now();
	return factor === 'passkey' || isFresh(reauthenticatedAt, now) ? now : reauthenticatedAt;
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
	const came = await complete(app, halfway, arrival, proveBy(app, halfway, factor), async (tx) => {
		if (!recovery) return useTotp(tx, app, person, typed);
		if (!(await useRecoveryCode(tx, recovery))) return false;
		await tellOfChange(app, tx, person, 'code-used');
		return true;
	});
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
	const proof = proveBy(app, halfway, 'passkey');
	const came = await complete(app, halfway, arrival, proof, (tx) =>
		usePasskey(tx, shown, app.now())
	);
	if (came.outcome === 'refused') await writeRefused(app, halfway.person, 'passkey');
	return came;
}

/** Signs somebody in by a passkey alone: it is two factors in one, since it asks for finger, face or PIN. */
export async function signInWithPasskey(
	app: App,
	brought: PasskeyAnswer,
	network: string,
	arrival: Arrival
): Promise<Stepped> {
	// By network: ten strangers would else shut out everybody who comes in by a passkey.
	const attempt = { account: `passkey ${network}`, address: network };
	const verdict = await app.signInLimiter.check(attempt);
	if (!verdict.isAllowed) {
		app.log.info({ event: 'sign-in.slowed-down' });
		return { outcome: 'slow-down', seconds: verdict.seconds };
	}
	const shown = await verifyPasskey(app, brought);
	if (!shown) {
		await app.signInLimiter.consume(attempt);
		await writeRefused(app, null, 'passkey');
		return { outcome: 'refused' };
	}
	const coming = { person: shown.person, method: 'passkey' } as const;
	const came = await complete(app, coming, arrival, { factor: 'passkey' }, (tx) =>
		usePasskey(tx, shown, app.now())
	);
	if (came.outcome === 'signed-in') await app.signInLimiter.reward(attempt);
	else {
		await app.signInLimiter.consume(attempt);
		await writeRefused(app, shown.person, 'passkey');
	}
	return came;
}

/** Shows again who one is, by a passkey of one's own. */
export async function showPasskeyAgain(
	app: App,
	{ person, token }: { person: string; token: string },
	brought: PasskeyAnswer
): Promise<boolean> {
	const shown = await verifyPasskey(app, brought);
	const isOwn =
		shown?.person === person && (await app.db.write((tx) => usePasskey(tx, shown, app.now())));
	if (isOwn) await app.sessions.refresh(token);
	else await writeRefused(app, person, 'again');
	return isOwn;
}

export type SetUp<Made> =
	| ({ outcome: 'signed-in'; token: string; expiresAt: Date } & Made)
	/** What they brought is not as it was asked for. */
	| { outcome: 'refused' }
	/** They have set one up elsewhere meanwhile, or come in by this session already. */
	| { outcome: 'too-late' };

/** Sets up an app as the factor that is demanded of somebody, and lets them in; their recovery codes are seen once. */
export async function setUpFirstTotp(
	app: App,
	halfway: Halfway,
	input: { carried: string; code: string },
	arrival: Arrival
): Promise<SetUp<{ codes: readonly string[] }>> {
	const first = await prepareTotp(app, await asWho(app, halfway), input);
	if (!first) return { outcome: 'refused' };
	const came = await finishSetUp(app, halfway, 'totp', first, arrival);
	return came.outcome === 'signed-in' ? { ...came, codes: first.codes } : came;
}

/** Sets up a passkey as the factor that is demanded of somebody, and lets them in. */
export async function setUpFirstPasskey(
	app: App,
	halfway: Halfway,
	input: PasskeyAnswer & { name: string },
	arrival: Arrival
): Promise<SetUp<unknown>> {
	const first = await preparePasskey(app, await asWho(app, halfway), input);
	return first ? finishSetUp(app, halfway, 'passkey', first, arrival) : { outcome: 'refused' };
}

/** Themselves, though they are not in yet. */
async function asWho(app: App, { person }: { person: string }) {
	const organisation = await findOrganisationOf(app.db.read, person);
	return { person, organisation: organisation ?? '' };
}

/** Keeps the first factor and begins the session that was waited for, both or neither. */
async function finishSetUp(
	app: App,
	halfway: Halfway,
	factor: 'totp' | 'passkey',
	{ keep }: NewFactor,
	arrival: Arrival
): Promise<SetUp<unknown>> {
	let isRight = true;
	try {
		return await begin(app, halfway, arrival, proveBy(app, halfway, factor), async (tx) => {
			// Another session may not put its own in the place of what the person has set up.
			if (hasFactor(await readFactors(tx, halfway.person))) throw new UsedMeanwhile();
			isRight = await keep(tx);
			if (!isRight) throw new UsedMeanwhile();
		});
	} catch (thrown) {
		if (thrown instanceof WaitedNoLonger) return { outcome: 'too-late' };
		if (thrown instanceof UsedMeanwhile) return { outcome: isRight ? 'too-late' : 'refused' };
		throw thrown;
	}
}

/** What the session is kept with that is begun instead of the one that waited. */
function proveBy(app: App, halfway: Halfway, factor: ShownFactor): Proof {
	const { token: instead, provider } = halfway;
	return { factor, instead, provider, shownAt: findShown(app, halfway, factor) };
}

/** Begins the session that was waited for, in the transaction that uses up what was shown. */
async function complete(
	app: App,
	coming: Pick<Halfway, 'person' | 'method'>,
	arrival: Arrival,
	proof: Proof,
	use: (tx: Writer) => Promise<boolean>
): Promise<Stepped> {
	try {
		return await begin(app, coming, arrival, proof, async (tx) => {
			if (!(await use(tx))) throw new UsedMeanwhile();
		});
	} catch (thrown) {
		if (thrown instanceof UsedMeanwhile || thrown instanceof WaitedNoLonger)
			return { outcome: 'refused' };
		throw thrown;
	}
}

/** Begins a session that lets in, and says so in the log. */
async function begin(
	app: App,
	{ person, method }: Pick<Halfway, 'person' | 'method'>,
	arrival: Arrival,
	proof: Proof,
	also: (tx: Writer) => Promise<void>
) {
	const who = await asWho(app, { person });
	const begun = await app.sessions.begin(
		person,
		method,
		arrival,
		async (tx) => {
			await also(tx);
			await trustAddress(tx, person);
			await writeAudit(tx, app.now(), {
				event: 'sign-in',
				actor: { ...who, grants: [] },
				subject: person,
				detail: { method, factor: proof.factor ?? null }
			});
		},
		proof
	);
	app.log.info({ event: 'sign-in', method, factor: proof.factor });
	return { outcome: 'signed-in' as const, person, ...begun };
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
