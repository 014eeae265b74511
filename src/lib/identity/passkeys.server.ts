import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
	type AuthenticationResponseJSON,
	type PublicKeyCredentialCreationOptionsJSON,
	type PublicKeyCredentialRequestOptionsJSON,
	type RegistrationResponseJSON
} from '@simplewebauthn/server';
import { and, asc, eq } from 'drizzle-orm';
import * as v from 'valibot';
import type { App } from '#lib/app.ts';
import type { Reader, Writer } from '#lib/server/db/store.ts';
import { giveAlong, spend, takeBack } from './carried.server.ts';
import { passkeys, people } from './tables.server.ts';

/** A question to a browser, with what it brings back beside the answer. */
export interface PasskeyAsked<Options> {
	options: Options;
	carried: string;
}

/** A passkey as its owner sees it. */
export interface OwnPasskey {
	id: string;
	name: string;
	addedOn: string;
}

/** RS256, ES256 and EdDSA, in the order in which they are wished for. */
const algorithms = [-8, -7, -257];
const carrying = v.strictObject({ challenge: v.string(), person: v.nullable(v.string()) });

/** What a passkey belongs to: the name under which browsers reach the platform. */
const partyOf = (app: App) => new URL(app.origin).hostname;

export async function listPasskeys(read: Reader, person: string): Promise<OwnPasskey[]> {
	return read
		.select({ id: passkeys.id, name: passkeys.name, addedOn: passkeys.addedOn })
		.from(passkeys)
		.where(eq(passkeys.person, person))
		.orderBy(asc(passkeys.addedOn), asc(passkeys.id));
}

/** Asks a browser to make a passkey that is found without a name, and that asks for finger, face or PIN. */
export async function askForNewPasskey(
	app: App,
	person: { id: string; name: string; signInName: string }
): Promise<PasskeyAsked<PublicKeyCredentialCreationOptionsJSON>> {
	const known = await app.db.read
		.select({ id: passkeys.id })
		.from(passkeys)
		.where(eq(passkeys.person, person.id));
	const options = await generateRegistrationOptions({
		rpName: 'Holdepunkt',
		rpID: partyOf(app),
		userName: person.signInName || person.name,
		userDisplayName: person.name,
		userID: new TextEncoder().encode(person.id),
		attestationType: 'none',
		excludeCredentials: known.map(({ id }) => ({ id })),
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
		supportedAlgorithmIDs: algorithms
	});
	const { challenge } = options;
	return { options, carried: giveAlong(app, 'passkey', { challenge, person: person.id }) };
}

/** Asks a browser for any passkey of ours; of one person's alone where one is named. */
export async function askForPasskey(
	app: App,
	person: string | null = null
): Promise<PasskeyAsked<PublicKeyCredentialRequestOptionsJSON>> {
	const known = person === null ? [] : await listKeys(app.db.read, person);
	const options = await generateAuthenticationOptions({
		rpID: partyOf(app),
		userVerification: 'required',
		allowCredentials: known.map(({ id, transports }) => ({ id, transports: [...transports] }))
	});
	return { options, carried: giveAlong(app, 'passkey', { challenge: options.challenge, person }) };
}

function listKeys(read: Reader, person: string) {
	return read
		.select({ id: passkeys.id, transports: passkeys.transports })
		.from(passkeys)
		.where(eq(passkeys.person, person));
}

/** What a browser has brought: the answer as it was made, and what it was given. */
export interface PasskeyAnswer {
	answer: string;
	carried: string;
}

const answerShape = v.looseObject({
	id: v.pipe(v.string(), v.maxLength(1400)),
	rawId: v.string(),
	type: v.literal('public-key'),
	response: v.looseObject({ clientDataJSON: v.string() }),
	clientExtensionResults: v.optional(v.looseObject({}), {})
});

function parseAnswer(text: string): unknown {
	try {
		const found = v.safeParse(answerShape, JSON.parse(text));
		return found.success ? found.output : null;
	} catch {
		return null;
	}
}

/** A new passkey, checked and not yet kept. */
export interface NewPasskey {
	id: string;
	publicKey: Uint8Array;
	counter: number;
	transports: readonly string[];
	challenge: string;
}

/** The passkey that somebody has just made; null where it is not as it was asked for. */
export async function verifyNewPasskey(
	app: App,
	person: string,
	{ answer, carried }: PasskeyAnswer
): Promise<NewPasskey | null> {
	const asked = takeBack(app, 'passkey', carried, carrying);
	const response = parseAnswer(answer);
	if (!response || asked?.person !== person) return null;
	try {
		const { registrationInfo } = await verifyRegistrationResponse({
			response: response as RegistrationResponseJSON, // what else is in it is asked about there
			expectedChallenge: asked.challenge,
			expectedOrigin: app.origin,
			expectedRPID: partyOf(app),
			requireUserVerification: true,
			supportedAlgorithmIDs: algorithms
		});
		if (!registrationInfo) return null;
		const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
		return { id, publicKey, counter, transports, challenge: asked.challenge };
	} catch {
		// The library throws for everything that is not as it should be.
		return null;
	}
}

/** Keeps a passkey; false where it is somebody's already, or was brought before. */
export async function keepPasskey(
	tx: Writer,
	kept: NewPasskey & { person: string; name: string; day: string; now: Date }
): Promise<boolean> {
	const { id, person, publicKey, counter, transports, name, day: addedOn, challenge, now } = kept;
	if (!(await spend(tx, challenge, now))) return false;
	const made = await tx
		.insert(passkeys)
		.values({ id, person, publicKey, counter: String(counter), transports, name, addedOn })
		.onConflictDoNothing()
		.returning({ id: passkeys.id });
	return made.length > 0;
}

/** Who has shown a passkey, to be used up as they come in. */
export interface ShownPasskey {
	id: string;
	person: string;
	organisation: string;
	counter: number;
	counterBefore: string;
	challenge: string;
}

/** Whose passkey it is that was shown; null where anything about it is not right. */
export async function verifyPasskey(
	app: App,
	{ answer, carried }: PasskeyAnswer
): Promise<ShownPasskey | null> {
	const asked = takeBack(app, 'passkey', carried, carrying);
	const response = parseAnswer(answer) as AuthenticationResponseJSON | null; // see `answerShape`
	if (!asked || !response) return null;
	const [kept] = await app.db.read
		.select({
			person: passkeys.person,
			organisation: people.organisation,
			closedOn: people.closedOn,
			publicKey: passkeys.publicKey,
			counter: passkeys.counter
		})
		.from(passkeys)
		.innerJoin(people, eq(people.id, passkeys.person))
		.where(eq(passkeys.id, response.id));
	if (!kept || kept.closedOn !== null) return null;
	if (asked.person !== null && asked.person !== kept.person) return null;
	if (!isHandleOf(response, kept.person)) return null;
	try {
		const { verified, authenticationInfo } = await verifyAuthenticationResponse({
			response,
			expectedChallenge: asked.challenge,
			expectedOrigin: app.origin,
			expectedRPID: partyOf(app),
			requireUserVerification: true,
			credential: {
				id: response.id,
				publicKey: new Uint8Array(kept.publicKey),
				counter: Number(kept.counter)
			}
		});
		if (!verified) return null;
		return {
			id: response.id,
			person: kept.person,
			organisation: kept.organisation,
			counter: authenticationInfo.newCounter,
			counterBefore: kept.counter,
			challenge: asked.challenge
		};
	} catch {
		// The library throws for everything that is not as it should be.
		return null;
	}
}

function isHandleOf({ response }: AuthenticationResponseJSON, person: string): boolean {
	const handle: unknown = response.userHandle;
	if (handle === undefined || handle === null || handle === '') return true;
	return typeof handle === 'string' && Buffer.from(handle, 'base64url').toString('utf8') === person;
}

/** Uses a shown passkey up: its question was answered once, and it counts on. */
export async function usePasskey(tx: Writer, shown: ShownPasskey, now: Date): Promise<boolean> {
	if (!(await spend(tx, shown.challenge, now))) return false;
	const used = await tx
		.update(passkeys)
		.set({ counter: String(shown.counter) })
		.where(and(eq(passkeys.id, shown.id), eq(passkeys.counter, shown.counterBefore)))
		.returning({ id: passkeys.id });
	return used.length > 0;
}

export async function renamePasskey(
	tx: Writer,
	{ id, person, name }: { id: string; person: string; name: string }
): Promise<void> {
	await tx
		.update(passkeys)
		.set({ name })
		.where(and(eq(passkeys.id, id), eq(passkeys.person, person)));
}

/** Removes one of a person's passkeys, or all of them; returns how many. */
export async function deletePasskeys(tx: Writer, person: string, id?: string): Promise<number> {
	const which = id === undefined ? undefined : eq(passkeys.id, id);
	const gone = await tx
		.delete(passkeys)
		.where(and(eq(passkeys.person, person), which))
		.returning({ id: passkeys.id });
	return gone.length;
}
