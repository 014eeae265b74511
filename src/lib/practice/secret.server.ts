import { createHmac, hkdfSync, randomBytes, createCipheriv, createDecipheriv } from 'node:crypto';

/** What `SECRET_KEY` is split into, so that no two purposes share a key (RFC 5869). */
export interface Secret {
	/** Wraps learners' keys. */
	wrapping: Uint8Array;
	/** Makes the pseudonyms of workplaces. */
	houses: Uint8Array;
}

/** Derives the private side's keys from the installation's secret, which must hold 32 bytes or more. */
export function deriveSecret(secretKey: Uint8Array): Secret {
	const derive = (purpose: string) =>
		new Uint8Array(hkdfSync('sha256', secretKey, new Uint8Array(), `holdepunkt ${purpose}`, 32));
	return { wrapping: derive('learner keys'), houses: derive('houses') };
}

/** Seals bytes with AES-256-GCM: 12 bytes of nonce, 16 of tag, then the ciphertext. */
export function seal(key: Uint8Array, plain: Uint8Array, bound: string): Uint8Array {
	const nonce = randomBytes(12);
	const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
	const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
	return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/**
 * Opens what {@link seal} made with the same key and the same `bound` context.
 *
 * @throws {Error} when the key is another one or the bytes were changed.
 */
export function unseal(key: Uint8Array, sealed: Uint8Array, bound: string): Uint8Array {
	const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12))
		.setAAD(Buffer.from(bound))
		.setAuthTag(sealed.subarray(12, 28));
	return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}

/** The pseudonym of a workplace in the private store. */
export function houseOf(secret: Secret, workplace: string): string {
	return createHmac('sha256', secret.houses).update(workplace).digest('base64url');
}
