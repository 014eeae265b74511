import { deriveKey, seal, unseal } from '#lib/server/seal.ts';

/** Keys for what is secret about signing in, each for one purpose. */
export interface Sealing {
	/** For the seeds of codes from an app. */
	factors: Uint8Array;
	/** For our own secrets with providers. */
	providers: Uint8Array;
	/** For what a browser carries and brings back. */
	carried: Uint8Array;
}

/** Derives the keys of signing in from the installation's secret, which must hold 32 bytes or more. */
export function deriveSealing(secretKey: Uint8Array): Sealing {
	return {
		factors: deriveKey(secretKey, 'second factors'),
		providers: deriveKey(secretKey, 'providers'),
		carried: deriveKey(secretKey, 'carried by browsers')
	};
}

/** Seals a text; it opens in the same context alone. */
export function sealText(key: Uint8Array, text: string, bound: string): Uint8Array {
	return seal(key, Buffer.from(text), bound);
}

/** The text again; null where the key is another or something was changed. */
export function unsealText(key: Uint8Array, sealed: Uint8Array, bound: string): string | null {
	try {
		return Buffer.from(unseal(key, sealed, bound)).toString('utf8');
	} catch {
		return null;
	}
}
