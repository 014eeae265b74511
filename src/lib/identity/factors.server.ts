import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/access/actor.ts';
import type { App } from '#lib/app.ts';
import { writeAudit } from '#lib/audit/audit.server.ts';
import { newPrivateId } from '#lib/id.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { dayOf } from '#lib/time.ts';
import {
	deletePasskeys,
	keepPasskey,
	listPasskeys,
	renamePasskey,
	verifyNewPasskey,
	type OwnPasskey,
	type PasskeyAnswer
} from './passkeys.server.ts';
import {
	countRecoveryCodes,
	deleteRecoveryCodes,
	keepRecoveryCodes,
	makeRecoveryCodes
} from './recovery-codes.server.ts';
import { deleteSessionsOf } from './sweep.server.ts';
import { totpFactors } from './tables.server.ts';
import { confirmOffer, deleteTotp, keepTotp } from './totp.server.ts';

/** What happened to somebody's factors, as the log tells it. */
type FactorChange =
	'totp-added' | 'totp-removed' | 'passkey-added' | 'passkey-removed' | 'codes-made';

/** What happened to how somebody comes in, as the mail to them tells it. */
export type WayInChange =
	FactorChange | 'reset' | 'code-used' | 'provider-linked' | 'provider-unlinked';

/** Has somebody told by mail that how they come in has changed. */
export function tellOfChange(
	app: App,
	tx: Writer,
	person: string,
	change: WayInChange
): Promise<void> {
	return app.publish(tx, 'factor.changed', { person, change, occasion: newPrivateId() });
}

/** The factors of a person, without anything secret. */
export interface Factors {
	/** The day an app was set up; null where there is none. */
	totpSince: string | null;
	/** How many recovery codes are left. */
	codesLeft: number;
	passkeys: readonly OwnPasskey[];
}

export async function readFactors(read: Reader, person: string): Promise<Factors> {
	const [totp] = await read
		.select({ addedOn: totpFactors.addedOn })
		.from(totpFactors)
		.where(eq(totpFactors.person, person));
	return {
		totpSince: totp?.addedOn ?? null,
		codesLeft: await countRecoveryCodes(read, person),
		passkeys: await listPasskeys(read, person)
	};
}

/** True where somebody has a second factor, which is asked of them from then on. */
export function hasFactor({ totpSince, passkeys }: Factors): boolean {
	return totpSince !== null || passkeys.length > 0;
}

/** Who does it: themselves, also before they are let in, as far as the log needs to know. */
export type Who = Pick<Actor, 'person' | 'organisation'>;

const asActor = ({ person, organisation }: Who) => ({ person, organisation, grants: [] });

async function note(app: App, tx: Writer, who: Who, change: FactorChange): Promise<void> {
	const { person } = who;
	await writeAudit(tx, app.now(), {
		event: 'factor.changed',
		actor: asActor(who),
		subject: person,
		detail: { change }
	});
	await tellOfChange(app, tx, person, change);
}

/** A factor that is confirmed, and kept within what is being written; false where it was brought before. */
export interface NewFactor {
	keep(tx: Writer): Promise<boolean>;
}

/** An app whose first code is right, with its recovery codes; null where the code is not right. */
export async function prepareTotp(
	app: App,
	who: Who,
	input: { carried: string; code: string }
): Promise<(NewFactor & { codes: readonly string[] }) | null> {
	const { person } = who;
	const confirmed = confirmOffer(app, person, input);
	if (!confirmed) return null;
	const { codes, hashes } = await makeRecoveryCodes();
	return {
		codes,
		async keep(tx) {
			await keepTotp(tx, app, { person, ...confirmed, day: dayOf(app.now()) });
			await keepRecoveryCodes(tx, person, hashes);
			await note(app, tx, who, 'totp-added');
			return true;
		}
	};
}

/**
 * Sets up an app that shows codes, once its first code is right; returns recovery codes to keep, which
 * nobody sees again, or null where the code is not right. Ask for a fresh sign-in first.
 */
export async function addTotp(
	app: App,
	who: Who,
	input: { carried: string; code: string }
): Promise<readonly string[] | null> {
	const prepared = await prepareTotp(app, who, input);
	if (!prepared) return null;
	await app.db.write((tx) => prepared.keep(tx));
	return prepared.codes;
}

/** Removes the app; its recovery codes go with it where there is nothing left for them to stand in for. */
export async function removeTotp(app: App, who: Who): Promise<void> {
	await app.db.write(async (tx) => {
		const { totpSince, passkeys } = await readFactors(tx, who.person);
		if (totpSince === null) return;
		await deleteTotp(tx, who.person);
		if (passkeys.length === 0) await deleteRecoveryCodes(tx, who.person);
		await note(app, tx, who, 'totp-removed');
	});
}

/** Makes new recovery codes; those from before work no more. */
export async function renewCodes(app: App, who: Who): Promise<readonly string[]> {
	const { codes, hashes } = await makeRecoveryCodes();
	await app.db.write(async (tx) => {
		await keepRecoveryCodes(tx, who.person, hashes);
		await note(app, tx, who, 'codes-made');
	});
	return codes;
}

/** The longest name of a passkey. */
export const longestPasskeyName = 60;

const tidyName = (name: string) => name.trim().replace(/\s+/g, ' ').slice(0, longestPasskeyName);

/** A passkey as it was asked for; null where what the browser brought is not that. */
export async function preparePasskey(
	app: App,
	who: Who,
	{ name, ...brought }: PasskeyAnswer & { name: string }
): Promise<NewFactor | null> {
	const { person } = who;
	const made = await verifyNewPasskey(app, person, brought);
	if (!made) return null;
	const now = app.now();
	return {
		async keep(tx) {
			const kept = { ...made, person, name: tidyName(name), day: dayOf(now), now };
			if (!(await keepPasskey(tx, kept))) return false;
			await note(app, tx, who, 'passkey-added');
			return true;
		}
	};
}

/** Adds a passkey; false where what the browser brought is not as it was asked for. */
export async function addPasskey(
	app: App,
	who: Who,
	input: PasskeyAnswer & { name: string }
): Promise<boolean> {
	const prepared = await preparePasskey(app, who, input);
	return prepared !== null && app.db.write((tx) => prepared.keep(tx));
}

export async function nameOwnPasskey(app: App, who: Who, id: string, name: string): Promise<void> {
	const tidy = tidyName(name);
	if (tidy === '') return;
	await app.db.write((tx) => renamePasskey(tx, { id, person: who.person, name: tidy }));
}

/** Removes one of one's own passkeys; one that is gone already is gone. */
export async function removePasskey(app: App, who: Who, id: string): Promise<void> {
	await app.db.write(async (tx) => {
		if ((await deletePasskeys(tx, who.person, id)) === 0) return;
		const { totpSince, passkeys } = await readFactors(tx, who.person);
		if (totpSince === null && passkeys.length === 0) await deleteRecoveryCodes(tx, who.person);
		await note(app, tx, who, 'passkey-removed');
	});
}

/**
 * Takes all factors from somebody who has lost them, and ends their sessions. Whether the actor may is
 * asked before, where workplaces are known.
 */
export async function clearFactors(app: App, actor: Actor, person: string): Promise<void> {
	await app.db.write(async (tx) => {
		await deleteTotp(tx, person);
		await deleteRecoveryCodes(tx, person);
		await deletePasskeys(tx, person);
		await deleteSessionsOf(tx, person);
		await writeAudit(tx, app.now(), { event: 'factor.reset', actor, subject: person });
		await tellOfChange(app, tx, person, 'reset');
	});
}
