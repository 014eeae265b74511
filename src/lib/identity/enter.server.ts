import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { newPrivateId } from '#lib/id.ts';
import { findEntry, useEntry, type Entry, type EntrySecret } from './entry-tokens.server.ts';
import { readCode } from './one-time-code.ts';
import { findPasswordFault, type PasswordFault } from './password-rules.ts';
import { hashPassword } from './password.server.ts';
import { setPassword, trustAddress } from './people.server.ts';
import { findAwaited } from './second-step.server.ts';
import type { Arrival } from './session-store.server.ts';
import { deleteSessionsOf } from './sweep.server.ts';

/** Whom a way in is for, as the page shows it to who holds it. */
export interface WayIn {
	name: string;
	organisation: string;
	/** What they sign in with later. */
	signInName: string;
	/** A letter lets in once without a password, where the person has none yet. */
	mayWait: boolean;
	hasPassword: boolean;
}

/** Whom the link of this token is for; null where it does not work any more, or never did. */
export async function findWayIn(app: App, token: string): Promise<WayIn | null> {
	const entry = await findEntry(app.db.read, { token }, app.now());
	return entry && describeWayIn(entry);
}

export type CodeTried =
	| { outcome: 'found'; wayIn: WayIn }
	/** Wrong, used, expired and made up are one and the same. */
	| { outcome: 'refused' }
	| { outcome: 'slow-down'; seconds: number };

/** Whom the letter with this code is for. Wrong codes from one network are slowed down. */
export async function findWayInByCode(
	app: App,
	typed: string,
	network: string
): Promise<CodeTried> {
	const tried = await tryCode(app, typed, network);
	return tried.outcome === 'found'
		? { outcome: 'found', wayIn: describeWayIn(tried.entry) }
		: tried;
}

export type Entered =
	| {
			outcome: 'signed-in';
			token: string;
			expiresAt: Date;
			person: string;
			/**
			 * True where somebody else had this way in made, or changed the address it went to, and so might be
			 * the one who came in by it.
			 */
			isMadeByOther: boolean;
	  }
	| { outcome: 'refused' }
	| { outcome: 'slow-down'; seconds: number }
	| { outcome: 'password'; fault: PasswordFault; wayIn: WayIn };

/**
 * Lets somebody in by what they hold, which is used up, and sets the password they chose. All their
 * other sessions end where it replaces one; so does the session they came with. `null` lets in without
 * a password, once, where {@link WayIn.mayWait} is true.
 */
export async function enter(
	app: App,
	held: { token: string } | { code: string },
	password: string | null,
	network: string,
	arrival: Arrival
): Promise<Entered> {
	const found = await tryHeld(app, held, network);
	if (found.outcome !== 'found') return found;
	const { entry } = found;
	const wayIn = describeWayIn(entry);
	if (password === null && !wayIn.mayWait)
		return { outcome: 'password', fault: 'too-short', wayIn };
	const fault = password === null ? null : findPasswordFault(password, wordsAbout(entry));
	if (fault) return { outcome: 'password', fault, wayIn };
	const hash = password === null ? null : await hashPassword(password);
	try {
		// A new password is no way round a second factor (ASVS 6.4.3).
		const awaits = await findAwaited(app, entry.person);
		const { token, expiresAt } = await app.sessions.begin(
			entry.person,
			'entry',
			arrival,
			(tx) => useUp(app, tx, entry, hash, awaits === null),
			{ awaits }
		);
		app.log.info({ event: awaits ? 'sign-in.halfway' : 'sign-in', method: 'entry', awaits });
		return {
			outcome: 'signed-in',
			token,
			expiresAt,
			person: entry.person,
			isMadeByOther: entry.purpose !== 'reset' || entry.hasNewAddress
		};
	} catch (thrown) {
		if (thrown instanceof UsedMeanwhile) return { outcome: 'refused' };
		throw thrown;
	}
}

/** Two came at once, and the other was quicker. */
class UsedMeanwhile extends Error {
	override readonly name = 'UsedMeanwhile';
}

async function useUp(
	app: App,
	tx: Writer,
	entry: Entry,
	hash: string | null,
	isIn: boolean
): Promise<void> {
	const now = app.now();
	if (!(await useEntry(tx, entry, now))) throw new UsedMeanwhile();
	const { person, organisation } = entry;
	const own = { actor: { person, organisation, grants: [] }, subject: person };
	await writeAudit(tx, now, { ...own, event: 'entry.used', detail: { purpose: entry.purpose } });
	await trustAddress(tx, person);
	if (hash !== null) {
		await setPassword(tx, person, hash);
		await writeAudit(tx, now, { ...own, event: 'password.set' });
	}
	if (hash !== null && entry.hasPassword) {
		await deleteSessionsOf(tx, person);
		await app.publish(tx, 'password.changed', { person, occasion: newPrivateId() });
	}
	if (isIn) await writeAudit(tx, now, { ...own, event: 'sign-in', detail: { method: 'entry' } });
}

type Tried =
	| { outcome: 'found'; entry: Entry }
	| { outcome: 'refused' }
	| { outcome: 'slow-down'; seconds: number };

async function tryHeld(app: App, held: EntrySecret, network: string): Promise<Tried> {
	if ('code' in held) return tryCode(app, held.code, network);
	const entry = await findEntry(app.db.read, held, app.now());
	return entry ? { outcome: 'found', entry } : refuse(app);
}

async function tryCode(app: App, typed: string, network: string): Promise<Tried> {
	const code = readCode(typed);
	const attempt = { account: code ?? typed, address: network };
	const verdict = await app.entryLimits.codes.check(attempt);
	if (!verdict.isAllowed) {
		app.log.info({ event: 'entry.slowed-down' });
		return { outcome: 'slow-down', seconds: verdict.seconds };
	}
	const entry = code && (await findEntry(app.db.read, { code }, app.now()));
	if (entry) {
		await app.entryLimits.codes.reward(attempt);
		return { outcome: 'found', entry };
	}
	await app.entryLimits.codes.consume(attempt);
	return refuse(app);
}

async function refuse(app: App): Promise<{ outcome: 'refused' }> {
	app.log.info({ event: 'entry.refused' });
	await app.db.write((tx) =>
		writeAudit(tx, app.now(), {
			event: 'sign-in.refused',
			actor: null,
			detail: { method: 'entry' }
		})
	);
	return { outcome: 'refused' };
}

function describeWayIn(entry: Entry): WayIn {
	const { name, organisationName, username, email, hasPassword, purpose } = entry;
	return {
		name,
		organisation: organisationName,
		signInName: username ?? email ?? '',
		mayWait: purpose === 'letter' && !hasPassword,
		hasPassword
	};
}

/** What a password may not be made of alone. */
function wordsAbout({ name, email, username, organisationName }: Entry): string[] {
	return [name, email ?? '', username ?? '', organisationName];
}
