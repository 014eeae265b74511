import { hash, verify } from '@node-rs/argon2';

/** argon2id with 19 MiB and 2 passes (OWASP Password Storage). */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash to store for a password. */
export function hashPassword(password: string): Promise<string> {
	return hash(password, cost);
}

let decoy: Promise<string> | undefined;

/**
 * True when the password is the one that was hashed. Where there is no hash, as much work is done
 * and the answer is no, so that the time taken does not tell whether the person exists.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
	decoy ??= hashPassword('nobody has this password');
	const matches = await verify(stored ?? (await decoy), password);
	return matches && stored !== null;
}
