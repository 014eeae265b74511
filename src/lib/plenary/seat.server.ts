import { createHmac, randomBytes } from 'node:crypto';

/** The secret that a phone keeps, and nobody else; 128 bits. */
export function makeSecret(): string {
	return randomBytes(16).toString('base64url');
}

/** Whether a text can be a secret of ours. */
export function isSecret(text: string): boolean {
	return /^[\w-]{22}$/.test(text);
}

/** What a room knows a phone by: that it is there. */
export function seatOf(secret: string, session: string): string {
	return derive(secret, `seat ${session}`);
}

/** What a room knows a phone by in one round; nothing joins it with the seat, or with another round. */
export function voterOf(secret: string, session: string, round: number): string {
	return derive(secret, `vote ${session} ${round}`);
}

/** The same for backing one suggestion. */
export function backerOf(secret: string, session: string, suggestion: string): string {
	return derive(secret, `back ${session} ${suggestion}`);
}

function derive(secret: string, purpose: string): string {
	return createHmac('sha256', secret).update(purpose).digest('base64url');
}
