import { createHmac } from 'node:crypto';
import { deriveKey } from '#lib/server/seal.ts';

export { seal, unseal } from '#lib/server/seal.ts';

/** What `SECRET_KEY` is split into, so that no two purposes share a key (RFC 5869). */
export interface Secret {
	/** Wraps learners' keys. */
	wrapping: Uint8Array;
	/** Makes the pseudonyms of workplaces. */
	houses: Uint8Array;
}

/** Derives the private side's keys from the installation's secret, which must hold 32 bytes or more. */
export function deriveSecret(secretKey: Uint8Array): Secret {
	return {
		wrapping: deriveKey(secretKey, 'learner keys'),
		houses: deriveKey(secretKey, 'houses')
	};
}

/** The pseudonym of a workplace in the private store. */
export function houseOf(secret: Secret, workplace: string): string {
	return createHmac('sha256', secret.houses).update(workplace).digest('base64url');
}
