import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** Splits a secret by purpose, so that no two purposes share a key (RFC 5869). */
export function deriveKey(secretKey: Uint8Array, purpose: string): Uint8Array {
	return new Uint8Array(
		hkdfSync('sha256', secretKey, new Uint8Array(), `holdepunkt ${purpose}`, 32)
	);
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
	const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), {
		// A shorter tag would be a guess away.
		authTagLength: 16
	})
		.setAAD(Buffer.from(bound))
		.setAuthTag(sealed.subarray(12, 28));
	return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
}

/** What a secret is looked up by: 256 bits, and no way back. */
export function hashSecret(secret: string): string {
	return createHash('sha256').update(secret).digest('hex');
}
