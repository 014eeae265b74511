import { randomBytes } from 'node:crypto';
import { and, eq, lt } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import * as v from 'valibot';
import type { App } from '#lib/app.ts';
import type { Writer } from '#lib/server/db/store.ts';
import { giveAlong, takeBack } from './carried.server.ts';
import { drawQr, type QrCode } from './qr.server.ts';
import { sealText, unsealText } from './sealing.server.ts';
import { totpFactors } from './tables.server.ts';

const period = 30;
/** RFC 6238 recommends one step of delay; one ahead for a phone whose clock runs fast. */
const window = 1;

/** A seed to be taken over by an app, before anything of it is kept. */
export interface TotpOffer {
	qr: QrCode;
	/** The same to be typed, in groups of four. */
	seed: string;
	/** The address of the seed, for an app on the same phone. */
	link: string;
	/** Comes back with the first code. */
	carried: string;
}

const totpOf = (seed: string, label?: { issuer: string; name: string }) =>
	new TOTP({
		...(label && { issuer: label.issuer, label: label.name }),
		algorithm: 'SHA1', // the only one that every app knows
		digits: 6,
		period,
		secret: Secret.fromBase32(seed)
	});

/** Makes a seed of 160 bits, or shows again the one that was carried. */
export function offerTotp(
	app: App,
	person: string,
	label: { issuer: string; name: string },
	carried?: string
): TotpOffer {
	const seed =
		readOffer(app, person, carried) ??
		new Secret({ buffer: new Uint8Array(randomBytes(20)).buffer }).base32;
	const link = totpOf(seed, label).toString();
	return {
		qr: drawQr(link),
		seed: seed.match(/.{1,4}/g)?.join(' ') ?? seed,
		link,
		carried: giveAlong(app, 'totp', { person, seed })
	};
}

const offered = v.strictObject({ person: v.string(), seed: v.string() });

function readOffer(app: App, person: string, carried: string | undefined): string | null {
	const offer = takeBack(app, 'totp', carried, offered);
	return offer?.person === person ? offer.seed : null;
}

/** The step whose code this is, now or one step off; null for any other. */
function findStep(seed: string, code: string, now: Date): number | null {
	const token = code.replace(/\s/g, '');
	if (!/^\d{6}$/.test(token)) return null;
	const timestamp = now.getTime();
	const delta = totpOf(seed).validate({ token, timestamp, window });
	return delta === null ? null : Math.floor(timestamp / 1000 / period) + delta;
}

/** The seed that is offered, where this is a code of it. */
export function confirmOffer(
	app: App,
	person: string,
	{ carried, code }: { carried: string; code: string }
): { seed: string; step: number } | null {
	const seed = readOffer(app, person, carried);
	const step = seed && findStep(seed, code, app.now());
	return seed && typeof step === 'number' ? { seed, step } : null;
}

/** Keeps a seed, sealed and bound to its person; one that was there before is void. */
export async function keepTotp(
	tx: Writer,
	app: App,
	kept: { person: string; seed: string; step: number; day: string }
): Promise<void> {
	const { person, step: lastStep, day: addedOn } = kept;
	const seed = sealText(app.sealing.factors, kept.seed, person);
	await tx
		.insert(totpFactors)
		.values({ person, seed, lastStep, addedOn })
		.onConflictDoUpdate({ target: totpFactors.person, set: { seed, lastStep, addedOn } });
}

/** Uses a code up: each works once, and none that is older than the last. */
export async function useTotp(
	tx: Writer,
	app: App,
	person: string,
	code: string
): Promise<boolean> {
	const [kept] = await tx
		.select({ seed: totpFactors.seed })
		.from(totpFactors)
		.where(eq(totpFactors.person, person));
	if (!kept) return false;
	const seed = unsealText(app.sealing.factors, kept.seed, person);
	const step = seed === null ? null : findStep(seed, code, app.now());
	if (step === null) return false;
	const used = await tx
		.update(totpFactors)
		.set({ lastStep: step })
		.where(and(eq(totpFactors.person, person), lt(totpFactors.lastStep, step)))
		.returning({ person: totpFactors.person });
	return used.length > 0;
}

export async function deleteTotp(tx: Writer, person: string): Promise<void> {
	await tx.delete(totpFactors).where(eq(totpFactors.person, person));
}
