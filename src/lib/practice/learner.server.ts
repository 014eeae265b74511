import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { given, prepared } from '#lib/server/db/prepared.ts';
import type { Reader, Store } from '#lib/server/db/store.ts';
import { learnerKeys } from './key-tables.server.ts';
import { seal, unseal, type Secret } from './secret.server.ts';

/**
 * The private side of the platform. Only `practice` may use it; nothing that serves a leader, an
 * author, a room or an administrator can reach it.
 */
export interface Learning {
	private: Store<'private'>;
	keys: Store<'keys'>;
	secret: Secret;
	/** Keys that were unwrapped lately, so that a page costs no decryption. */
	unwrapped: Map<string, Learner>;
}

/** A person's own private side: everything in it is found, and read, only with their key. */
export interface Learner {
	/** The pseudonym within one scope, such as a module; another scope gives another pseudonym. */
	pseudonym(scope: string): string;
	seal(text: string, bound: string): Uint8Array;
	unseal(sealed: Uint8Array, bound: string): string;
}

/**
 * Keeps no key: for an installation of several processes, one of which may erase a person's while
 * another is at work.
 */
export class NothingUnwrapped extends Map<string, Learner> {
	override set(): this {
		return this;
	}
}

const keptUnwrapped = 5_000;
/** More scopes than there are modules and scenarios; anything beyond is somebody's invention. */
const keptPseudonyms = 200;

function learnerWith(key: Uint8Array): Learner {
	const derive = (purpose: string) => createHmac('sha256', key).update(purpose).digest();
	// As a key of its own it is prepared once; that is most of what a pseudonym costs.
	const naming = createSecretKey(derive('pseudonym'));
	const sealing = derive('text');
	const pseudonyms = new Map<string, string>();
	return {
		pseudonym(scope) {
			const known = pseudonyms.get(scope);
			if (known) return known;
			if (pseudonyms.size >= keptPseudonyms) pseudonyms.clear();
			const made = createHmac('sha256', naming).update(scope).digest('base64url');
			pseudonyms.set(scope, made);
			return made;
		},
		seal: (text, bound) => seal(sealing, new TextEncoder().encode(text), bound),
		unseal: (sealed, bound) => new TextDecoder().decode(unseal(sealing, sealed, bound))
	};
}

const keyByPerson = (read: Reader<'keys'>) =>
	prepared(read, 'key_by_person', (handle) =>
		handle
			.select({ wrapped: learnerKeys.wrapped })
			.from(learnerKeys)
			.where(eq(learnerKeys.person, given('person')))
			.prepare('key_by_person')
	);

async function findKey(learning: Learning, person: string): Promise<Uint8Array | null> {
	const [row] = await keyByPerson(learning.keys.read).execute({ person });
	return row ? unseal(learning.secret.wrapping, row.wrapped, person) : null;
}

/** A new key as it is kept for a person, and their private side under it. */
export function makeLearner(
	secret: Secret,
	person: string
): { wrapped: Uint8Array; learner: Learner } {
	const key = randomBytes(32);
	return { wrapped: seal(secret.wrapping, key, person), learner: learnerWith(key) };
}

async function makeKey(learning: Learning, person: string): Promise<void> {
	const { wrapped } = makeLearner(learning.secret, person);
	await learning.keys.write(async (tx) => {
		await tx.insert(learnerKeys).values({ person, wrapped }).onConflictDoNothing();
	});
}

/** The private side of a person; their key is made the first time it is asked for. */
export async function openLearner(learning: Learning, person: string): Promise<Learner> {
	const known = learning.unwrapped.get(person);
	if (known) return known;
	let key = await findKey(learning, person);
	if (!key) {
		await makeKey(learning, person);
		key = await findKey(learning, person);
	}
	if (!key) throw new Error('a key that was just made cannot be found');
	return keep(learning, person, key);
}

function keep({ unwrapped }: Learning, person: string, key: Uint8Array): Learner {
	if (unwrapped.size >= keptUnwrapped) unwrapped.clear();
	const learner = learnerWith(key);
	unwrapped.set(person, learner);
	return learner;
}

/** The private side of a person who has one, or null: asking makes none. */
export async function findLearner(learning: Learning, person: string): Promise<Learner | null> {
	const known = learning.unwrapped.get(person);
	if (known) return known;
	const key = await findKey(learning, person);
	return key && keep(learning, person, key);
}
